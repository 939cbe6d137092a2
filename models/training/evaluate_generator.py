"""Measures the generator on held-out edits: python evaluate_generator.py --data DIR --vae vae.pt --generator generator.pt

For each edit: img2img from the scene under its source caption, the target by prompt-to-prompt, same noise, three times:
with attention control and local blending, with attention control alone, and without control. An edit succeeds if, over the pixels the exact edit may change, the target is closer to the exact target than
to the scene it started from (mean CIE LAB distance). Outside change: mean absolute difference of the two generated
pictures over the pixels the exact edit leaves alone, in [0,1]. With --pack also by its models: `clip`, the share of
targets that the target caption fits better than the source caption does; `clip_direction`, the mean CLIP direction;
`dino_outside`, 1 - the cosine of the source and of the target with the source put back where the edit may change.
"""

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image
from skimage.color import rgb2lab

from common import Dataset, to_pixels
from generator import make_text_encoder, make_unet
from perception_text import ClipTokenizer
from sampling import Sampler
from train_tokenizer import load as load_tokenizer
from train_vae import psnr
from vae import Vae

TYPES = ["change-color", "replace", "add", "remove", "turn", "change-local", "change-global", "transform-local", "transform-global"]


def load_generator(path, tokenizer):
    """UNet and text encoder of a training run: generator.pt, or the weight average in its checkpoint.pt."""
    state = torch.load(path, weights_only=True)["ema"]
    unet, text = make_unet(), make_text_encoder(tokenizer)
    for prefix, module in (("unet.", unet), ("text.", text)):
        module.load_state_dict({k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)})
    return unet.eval(), text.eval()


def load_vae(path, decoder=None):
    vae = Vae()
    vae.load_state_dict(torch.load(path, weights_only=True))
    if decoder:
        vae.decoder.load_state_dict(torch.load(decoder, weights_only=True))
    return vae.eval()


def blend_words(scene, edit):
    """The words whose places may change, in the source caption and in the target's; None for edits of the whole picture."""
    if not edit["region"]:
        return None
    before, after = edit["objectIndex"], edit["targetIndex"]
    source = [] if before is None else [scene["objects"][before]["noun"]]
    target = [] if after is None else [edit["target"]["objects"][after]["noun"]]
    return source, target


def to_images(latents, vae):
    with torch.inference_mode():
        return ((torch.cat([vae.decode(part) for part in latents.split(8)]).clamp(-1, 1).permute(0, 2, 3, 1) + 1) / 2).numpy()


def judge(image, scene, target, mask):
    """True if `image` is closer to `target` than to `scene` where `mask`; all [H,W,3] in [0,1]."""
    lab = rgb2lab(np.stack([image, scene, target]))
    to_scene, to_target = (np.linalg.norm(lab[0] - lab[k], axis=-1)[mask].mean() for k in (1, 2))
    return bool(to_target < to_scene)


class Judges:
    """CLIP and the DINO-style encoder of a pack. Images are [H,W,3] in [0,1] at 256 px; embeddings of unit length."""

    def __init__(self, pack):
        sections = json.loads((pack / "perception.json").read_text())
        names = {"image": sections["clip"]["image"], "text": sections["clip"]["text"], "dino": sections["selfSupervised"]["file"]}
        self.models = {name: onnxruntime.InferenceSession(pack / file) for name, file in names.items()}
        self.tokenizer = ClipTokenizer(pack / "tokenizer", sections["clip"]["tokenizer"]["maxLength"])

    def see(self, model, image):
        pixels = (image.astype(np.float32) * 2 - 1).transpose(2, 0, 1)[None]
        return unit(self.models[model].run(None, {"pixel_values": pixels})[0][0])

    def read(self, caption):
        ids, _ = self.tokenizer([caption], fixed=True)
        return unit(self.models["text"].run(None, {"input_ids": ids})[0][0])

    def marks(self, source, target, mask, edit):
        before, after = self.read(edit["sourceCaption"]), self.read(edit["targetCaption"])
        seen = self.see("image", target)
        marks = {"clip": float(after @ seen > before @ seen), "clip_direction": float(unit(after - before) @ unit(seen - self.see("image", source)))}
        if edit["region"]:
            marks["dino_outside"] = 1 - float(self.see("dino", source) @ self.see("dino", np.where(mask[..., None], source, target)))
        return marks


def unit(row):
    return row / (np.linalg.norm(row) + 1e-12)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="held-out scenes with edits")
    parser.add_argument("--vae", required=True)
    parser.add_argument("--decoder")
    parser.add_argument("--generator", required=True)
    parser.add_argument("--tokenizer", default=str(Path(__file__).resolve().parents[1] / "storybook" / "tokenizer"))
    parser.add_argument("--each", type=int, default=30, help="edits of each type")
    parser.add_argument("--types", nargs="+", default=TYPES)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--strength", type=float, default=0.9)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--cross", type=float, default=0.4)
    parser.add_argument("--self", type=float, default=0.4, dest="self_")
    parser.add_argument("--threshold", type=float, default=0.2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sheet", help="PNG: per edit scene, exact target, source, target with control, target without")
    parser.add_argument("--pack", type=Path, help="folder of the pack whose CLIP and DINO judge too")
    parser.add_argument("--out", help="JSON with the numbers")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    data = Dataset(args.data)
    tokenizer = load_tokenizer(args.tokenizer)
    vae = load_vae(args.vae, args.decoder)
    sampler = Sampler(*load_generator(args.generator, tokenizer), tokenizer)
    numbers = {"vae_psnr": psnr(vae, data)}
    print(f"VAE PSNR {numbers['vae_psnr']:.2f} dB", flush=True)

    judges = Judges(args.pack) if args.pack else None
    tally = defaultdict(lambda: defaultdict(list))
    strips = []
    for kind in args.types:
        chosen = [i for i, edit in enumerate(data.edits) if edit["editType"] == kind][: args.each]
        edits, scenes = [data.edits[i] for i in chosen], [data.scenes[i] for i in chosen]
        with torch.inference_mode():
            anchors = torch.cat([vae.encode(to_pixels(data.images[i : i + 1])) for i in chosen])
        common = dict(steps=args.steps, strength=args.strength, guidance=args.guidance, seeds=chosen)
        captions = [e["sourceCaption"] for e in edits], [e["targetCaption"] for e in edits]
        words = [blend_words(s, e) for s, e in zip(scenes, edits)]
        began = time.time()
        on = sampler.pairs(anchors, *captions, cross=args.cross, self_=args.self_, words=words, blend_threshold=args.threshold, **common)
        tally[kind]["seconds"].append((time.time() - began) / len(chosen))
        alone = sampler.pairs(anchors, *captions, cross=args.cross, self_=args.self_, **common)
        off = sampler.pairs(anchors, *captions, cross=0, self_=0, **common)
        source, with_control, attention, without = (to_images(x, vae) for x in (on[0], on[1], alone[1], off[1]))
        for k, i in enumerate(chosen):
            scene, target, mask = data.images[i] / 255, data.targets[i] / 255, np.asarray(data.masks[i]) > 127
            tally[kind]["success"].append(judge(with_control[k], scene, target, mask))
            tally[kind]["success_attention"].append(judge(attention[k], scene, target, mask))
            tally[kind]["success_off"].append(judge(without[k], scene, target, mask))
            tally[kind]["anchor"].append(np.abs(source[k] - scene).mean())
            if edits[k]["region"]:
                tally[kind]["outside"].append(np.abs(with_control[k] - source[k])[~mask].mean())
                tally[kind]["outside_attention"].append(np.abs(attention[k] - source[k])[~mask].mean())
                tally[kind]["outside_off"].append(np.abs(without[k] - source[k])[~mask].mean())
            if judges:
                for suffix, image in (("", with_control), ("_attention", attention), ("_off", without)):
                    for name, mark in judges.marks(source[k], image[k], mask, edits[k]).items():
                        tally[kind][name + suffix].append(mark)
            if k < 8:
                strips.append(np.concatenate([scene, target, source[k], with_control[k], without[k]], axis=0))
        numbers[kind] = {name: float(np.mean(values)) for name, values in tally[kind].items()}
        print(kind, {name: round(value, 4) for name, value in numbers[kind].items()}, flush=True)
        if args.sheet:
            rows = [np.concatenate(strips[r : r + 8], axis=1) for r in range(0, len(strips) - 7, 8)]
            sheet = Image.fromarray((np.concatenate(rows, axis=0) * 255).round().astype(np.uint8))
            sheet.resize((sheet.width // 2, sheet.height // 2)).save(args.sheet)
    if args.out:
        numbers["settings"] = {k: v for k, v in vars(args).items() if k not in ("sheet", "out", "pack")}
        Path(args.out).write_text(json.dumps(numbers, indent=1) + "\n")


if __name__ == "__main__":
    main()
