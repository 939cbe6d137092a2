"""Replace the self-supervised encoder's last layer by a whitening of its trunk's features; no labels are read.

    python perception_whiten.py --data DATA/train

A short DINO training leaves most of the variance in one direction (how light the picture is), which a cosine then
measures alone. Whitening on training pictures (principal components scaled to equal variance, the small ones shrunk)
gives every direction its weight. Reads and rewrites `dino.pt` in `--work`, averaged weights only.
"""

from __future__ import annotations

import os

import numpy as np
import torch

from perception_common import arguments, half_size, low_precision, to_pixels
from perception_models import EMBEDDING, SelfSupervised
from storybook_data import StorybookData

PICTURES = 2048
SHRINK = 0.02


def main() -> None:
    options = arguments(__doc__ or "", steps=1, batch=64, rate=0)
    data = StorybookData(options.data)
    half = half_size(data.images, data.root.name, options.work)
    path = options.work / "dino.pt"
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = SelfSupervised().eval()
    model.load_state_dict(state["averaged"], strict=False)
    chosen = np.sort(np.random.default_rng(options.seed).permutation(len(data))[:PICTURES])
    with torch.no_grad(), low_precision():
        rows = torch.cat([model.trunk(to_pixels(half[part])).float() for part in np.array_split(chosen, PICTURES // options.batch)]).double()
    mean, spread = rows.mean(0), rows.std(0) + 1e-4
    scaled = (rows - mean) / spread
    values, vectors = torch.linalg.eigh(scaled.T @ scaled / len(scaled))
    values, vectors = values[-EMBEDDING:], vectors[:, -EMBEDDING:]
    weight = vectors.T / torch.sqrt(values + SHRINK * values.mean())[:, None] / spread
    state["averaged"]["embed.weight"] = weight.float()
    state["averaged"]["embed.bias"] = -(weight @ mean).float()
    torch.save(state, path.with_suffix(".partial"))
    os.replace(path.with_suffix(".partial"), path)
    share = values / values.sum()
    print(f"effective rank of the trunk's features {float(torch.exp(-(share * share.clamp(min=1e-12).log()).sum())):.1f}")


if __name__ == "__main__":
    main()
