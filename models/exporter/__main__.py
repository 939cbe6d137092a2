"""python -m models.exporter --generator FOLDER [--clip FOLDER] [--dino FOLDER] [--segmenter FOLDER] [--detector FOLDER] --out models/NAME

Makes a model pack from local diffusers and transformers checkpoints. See models/README.md.
"""

import argparse
from pathlib import Path

from .export_pack import PackSettings, PackSources, PackText, export_pack


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m models.exporter", description=__doc__)
    parser.add_argument("--generator", type=Path, help="diffusers folder: SD1.x, SDXL or SDXL-Turbo")
    parser.add_argument("--clip", type=Path, help="transformers CLIP folder")
    parser.add_argument("--dino", type=Path, help="transformers DINOv2 folder, with registers or without")
    parser.add_argument("--segmenter", type=Path, help="transformers SAM folder")
    parser.add_argument("--detector", type=Path, help="transformers OWLv2 folder")
    parser.add_argument("--out", type=Path, required=True, help="new folder; its name is the pack's name")
    parser.add_argument("--storage", choices=["fp16", "fp32"], default="fp16")
    parser.add_argument("--title")
    parser.add_argument("--summary", help="one honest sentence shown next to everything the pack makes")
    parser.add_argument("--licence", default="LicenseRef-see-model-card", help="SPDX identifier")
    parser.add_argument("--version", default="1")
    parser.add_argument("--size", type=int, help="native image side in pixels")
    parser.add_argument("--scheduler", choices=["euler-ancestral", "euler", "ddim", "lcm"])
    parser.add_argument("--steps", type=int, nargs="+", help="scheduler steps to draw from")
    parser.add_argument("--guidance", type=float, help="classifier-free guidance scale; 1 means none")
    parser.add_argument("--cross-maps-resolution", type=int, help="token grid side of the LocalBlend maps")
    parser.add_argument("--self-gate-max-tokens", type=int, help="self-attention is gated up to so many tokens")
    parser.add_argument("--box-threshold", type=float, default=0.3)
    parser.add_argument("--shard-mb", type=float, default=1000, help="largest weight file, unless one tensor is larger")
    args = parser.parse_args()

    sources = PackSources(args.generator, args.clip, args.dino, args.segmenter, args.detector)
    text = PackText(args.out.resolve().name, args.version, args.title, args.summary, args.licence)
    chosen = {
        "scheduler": args.scheduler,
        "size": args.size,
        "steps": args.steps,
        "guidance": args.guidance,
        "cross_maps_resolution": args.cross_maps_resolution,
        "self_gate_max_tokens": args.self_gate_max_tokens,
    }
    settings = PackSettings(args.storage, int(args.shard_mb * 1e6), args.box_threshold, chosen)
    try:
        export_pack(sources, args.out, text, settings)
    except (ValueError, FileNotFoundError) as error:
        parser.exit(1, f"{error}\n")
    print(f"wrote {args.out}: check it with `npx pentimento pack verify {args.out}`")


if __name__ == "__main__":
    main()
