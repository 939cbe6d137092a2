"""Encodes a data set once: python encode_latents.py --data DIR --vae vae.pt --out DIR

Writes latents.npy [N,16,16,16] (fp16), objects.npy [N,16,16] (share of object pixels a cell, uint8) and, for a data set
with edits, target_latents.npy and target_objects.npy, where an edit's own region counts as object too.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from common import Dataset, to_pixels
from vae import FACTOR, Vae


def cells(masks: np.ndarray) -> np.ndarray:
    """Boolean [B,H,W] -> share of true pixels in each latent cell, [B,H/16,W/16] in 0..255."""
    b, h, w = masks.shape
    share = masks.reshape(b, h // FACTOR, FACTOR, w // FACTOR, FACTOR).mean(axis=(2, 4))
    return np.round(share * 255).astype(np.uint8)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--vae", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--limit", type=int, help="encode only so many scenes")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    data = Dataset(args.data)
    vae = Vae()
    vae.load_state_dict(torch.load(args.vae, weights_only=True))
    encoder = vae.encoder.eval().to(memory_format=torch.channels_last)

    def encode(images):
        out = np.empty((len(images), 16, 16, 16), np.float16)
        began = time.time()
        for start in range(0, len(images), args.batch):
            pixels = to_pixels(images[start : start + args.batch]).contiguous(memory_format=torch.channels_last)
            with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
                out[start : start + args.batch] = encoder(pixels).float().numpy()
            if start % (args.batch * 50) == 0:
                print(f"{start} of {len(images)}, {time.time() - began:.0f} s", flush=True)
        return out

    def occupied(labels, extra=None):
        out = np.empty((len(labels), 16, 16), np.uint8)
        for start in range(0, len(labels), 256):
            rows = slice(start, start + 256)
            out[rows] = cells((labels[rows] > 0) if extra is None else (labels[rows] > 0) | extra[rows])
        return out

    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    if data.edits is None:
        np.save(out / "objects.npy", occupied(data.labels[: args.limit]))
    else:
        if args.limit:
            raise SystemExit("--limit is for data without edits")
        # A whole-picture edit has a full mask: then only the objects count.
        regional = np.array([edit["region"] for edit in data.edits])[:, None, None]
        np.save(out / "objects.npy", occupied(data.labels, (np.asarray(data.masks) > 0) & regional))
        np.save(out / "target_latents.npy", encode(data.targets[: args.limit]))
    np.save(out / "latents.npy", encode(data.images[: args.limit]))


if __name__ == "__main__":
    main()
