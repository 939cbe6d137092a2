"""Exports the generator to ONNX: python export_generator.py --vae vae.pt --generator generator.pt [--decoder decoder.pt]

Writes the graphs and their float16 weights to --out (default ../storybook) and `generator.json`, the manifest's
`generator`, which assemble_pack.py puts into pack.json.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from torch.export import Dim

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.exporter.export_text_encoder import export_text_encoder  # noqa: E402
from models.exporter.export_unet import export_unet  # noqa: E402
from models.exporter.onnx_graph import trace  # noqa: E402
from models.exporter.onnx_weights import save_with_shared_weights  # noqa: E402

from common import PACK  # noqa: E402
from evaluate_generator import load_generator, load_vae  # noqa: E402
from generator import SCHEDULER  # noqa: E402
from train_tokenizer import BOS, EOS, MAX_LENGTH  # noqa: E402
from train_tokenizer import load as load_tokenizer  # noqa: E402
from vae import FACTOR, LATENT_CHANNELS, fold_norm  # noqa: E402

# Compared on edits of training scenes; the model card has held-out numbers at two strengths.
DEFAULTS = {"steps": [4, 6, 10], "strength": 0.9, "guidance": 3.0, "controlThreshold": [0.1, 0.9], "blendThreshold": 0.2}


def export_vae(vae, out):
    fold_norm(vae.encoder)
    batch, rows, columns = Dim("batch"), Dim("rows"), Dim("columns")
    pixels, latents = torch.rand(2, 3, 256, 256) * 2 - 1, torch.randn(2, LATENT_CHANNELS, 16, 16)
    graphs = {
        "vae.encoder.onnx": trace(Named(vae.encoder, "pixels"), {"pixels": pixels}, ["mean"], {"pixels": {0: batch, 2: FACTOR * rows, 3: FACTOR * columns}}),
        "vae.decoder.onnx": trace(Named(vae.decoder, "latents"), {"latents": latents}, ["pixels"], {"latents": {0: batch, 2: rows, 3: columns}}),
    }
    save_with_shared_weights(graphs, out, "vae", "fp16")
    return {
        "encoder": "vae.encoder.onnx", "decoder": "vae.decoder.onnx", "factor": FACTOR,
        "latentChannels": LATENT_CHANNELS, "scalingFactor": 1, "shiftFactor": 0,
    }


class Named(torch.nn.Module):
    """A module of one input, under the name that the pack's graphs give it."""

    def __init__(self, module, name):
        super().__init__()
        self.module = module
        self.forward = self._pixels if name == "pixels" else self._latents

    def _pixels(self, pixels):
        return self.module(pixels)

    def _latents(self, latents):
        return self.module(latents)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vae", required=True)
    parser.add_argument("--decoder")
    parser.add_argument("--generator", required=True)
    parser.add_argument("--out", default=str(PACK))
    args = parser.parse_args()
    out = Path(args.out)
    tokenizer = load_tokenizer(out / "tokenizer")
    vae = load_vae(args.vae, args.decoder)
    unet, text = load_generator(args.generator, tokenizer)
    generator = {
        "tokenizers": [
            {
                "kind": "clip-bpe", "vocab": "tokenizer/vocab.json", "merges": "tokenizer/merges.txt",
                "maxLength": MAX_LENGTH, "bosToken": BOS, "eosToken": EOS, "padToken": EOS,
            }
        ],
        "textEncoders": [export_text_encoder(text, out, pooled=True)],
        "unet": export_unet(unet, out, tokens=MAX_LENGTH, cross_maps_resolution=16),
        "vae": export_vae(vae, out),
        "scheduler": SCHEDULER,
        "sizes": [[256, 256]],
        "defaults": DEFAULTS,
    }
    (out / "generator.json").write_text(json.dumps(generator, indent=2) + "\n", encoding="utf-8")
    for path in sorted(out.rglob("*")):
        if path.is_file():
            print(f"{path.relative_to(out)}  {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
