"""Writes the tiny packs that the tests run: python -m models.exporter.make_tiny_packs [--out test/fixtures/packs]

Random weights and a vocabulary of our own in the layouts of SD1.5 and SDXL with both storages, CLIP, DINOv2, SAM
and OWLv2 beside SDXL, and `<layout>.reference.json.gz`: inputs and what PyTorch computes from them.
"""

import argparse
import gzip
import json
import shutil
import tempfile
from pathlib import Path

import torch

from .export_pack import PackSettings, PackSources, PackText, export_pack
from .reference_outputs import perception_cases, pipeline_cases
from .store_as_half import store_as_half
from .tiny_checkpoints import write_tiny_perception, write_tiny_pipeline

CONTROL = {"cross_maps_resolution": 8, "self_gate_max_tokens": 16}
"""Gates the inner self-attention only and records the outer cross-attention, so that tests tell the two apart."""

SUMMARY = "Random weights in the real layout, for tests: it makes noise, not pictures."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("test/fixtures/packs"))
    parser.add_argument("--only", choices=["sd15", "sdxl"])
    args = parser.parse_args()
    for kind in [args.only] if args.only else ["sdxl", "sd15"]:
        with tempfile.TemporaryDirectory() as folder:
            make(kind, Path(folder), args.out)


def make(kind: str, checkpoints: Path, out: Path) -> None:
    torch.manual_seed(20240707)
    write_tiny_pipeline(kind, checkpoints / "pipeline")
    sources = PackSources(generator=checkpoints / "pipeline")
    with torch.no_grad():
        cases = pipeline_cases(checkpoints / "pipeline", **CONTROL)
        if kind == "sdxl":
            write_tiny_perception(checkpoints)
            cases += perception_cases(checkpoints)
            named = {role: checkpoints / role for role in ("clip", "dino", "segmenter", "detector")}
            sources = PackSources(generator=checkpoints / "pipeline", **named)
    out.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(json.dumps({"cases": cases}).encode(), mtime=0)
    (out / f"tiny-{kind}.reference.json.gz").write_bytes(packed)
    full, half = out / f"tiny-{kind}", out / f"tiny-{kind}-fp16"
    for folder in (full, half):
        shutil.rmtree(folder, ignore_errors=True)
    text = PackText(full.name, title=f"Tiny {kind}", summary=SUMMARY, licence="Apache-2.0")
    export_pack(sources, full, text, PackSettings(storage="fp32", generator=CONTROL))
    store_as_half(full, half, {"name": half.name, "title": f"Tiny {kind}, float16 storage"})


if __name__ == "__main__":
    main()
