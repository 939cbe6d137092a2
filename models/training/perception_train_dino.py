"""Train the self-supervised encoder by self-distillation with multi-crop (DINO, Caron et al. 2021); no labels are read.

    python perception_train_dino.py --data DATA/train --steps 1500
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from perception_common import arguments, grain, half_size, low_precision, to_pixels, train
from perception_models import SelfSupervised
from storybook_data import StorybookData

GLOBAL, LOCAL = 96, 48
LOCALS = 2
STUDENT_TEMPERATURE, TEACHER_TEMPERATURE = 0.1, 0.04
CENTRE_MOMENTUM, TEACHER_MOMENTUM = 0.9, 0.98


def crop(pixels: Tensor, side: int, areas: tuple[float, float], rng: np.random.Generator) -> Tensor:
    """A random square crop of each image, its share of the area drawn from `areas`, flipped half of the time, recoloured."""
    batch = len(pixels)
    extent = np.sqrt(rng.uniform(*areas, size=batch))
    shift = rng.uniform(-1, 1, size=(batch, 2)) * (1 - extent)[:, None]
    mirror = np.where(rng.random(batch) < 0.5, -1.0, 1.0)
    theta = np.zeros((batch, 2, 3), dtype=np.float32)
    theta[:, 0, 0], theta[:, 1, 1], theta[:, :, 2] = extent * mirror, extent, shift
    grid = F.affine_grid(torch.from_numpy(theta), [batch, 3, side, side], align_corners=False)
    view = F.grid_sample(pixels, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    gain = torch.from_numpy(rng.uniform(0.6, 1.4, size=(batch, 3, 1, 1)).astype(np.float32))
    level = torch.from_numpy(rng.uniform(-0.3, 0.3, size=(batch, 1, 1, 1)).astype(np.float32))
    view = view * gain + level
    if rng.random() < 0.5:
        view = F.interpolate(F.avg_pool2d(view, 2), scale_factor=2, mode="bilinear")
    return (view + grain(view, rng) * 0.03).clamp(-1, 1).contiguous(memory_format=torch.channels_last)


class Distilled(SelfSupervised):
    """The student, with the teacher and the centre as state that is saved but not optimised."""

    def __init__(self) -> None:
        super().__init__()
        self.teacher = copy.deepcopy(SelfSupervised())
        self.teacher.load_state_dict({k: v for k, v in self.state_dict().items() if not k.startswith("teacher.")})
        self.teacher.requires_grad_(False)
        self.register_buffer("centre", torch.zeros(self.prototypes.shape[0]))


def main() -> None:
    options = arguments(__doc__ or "", steps=1500, batch=128, rate=1e-3)
    data = StorybookData(options.data)
    half = half_size(data.images, data.root.name, options.work)
    model = Distilled().to(memory_format=torch.channels_last)

    def step_loss(indices: np.ndarray, rng: np.random.Generator, step: int) -> tuple[Tensor, dict[str, float]]:
        pixels = to_pixels(half[indices])
        views = [crop(pixels, GLOBAL, (0.4, 1.0), rng) for _ in range(2)] + [crop(pixels, LOCAL, (0.1, 0.4), rng) for _ in range(LOCALS)]
        temperature = TEACHER_TEMPERATURE
        with low_precision():
            with torch.no_grad():
                taught = [model.teacher(view).float() for view in views[:2]]
            learnt = [model(torch.cat(views[:2])), model(torch.cat(views[2:]))]
        students = [part.float() for both in learnt for part in both.chunk(2)]
        targets = [((part - model.centre) / temperature).softmax(1) for part in taught]
        losses = [
            -(target * (student / STUDENT_TEMPERATURE).log_softmax(1)).sum(1).mean()
            for t, target in enumerate(targets)
            for s, student in enumerate(students)
            if s != t
        ]
        model.centre.lerp_(torch.cat(taught).mean(0), 1 - CENTRE_MOMENTUM)
        loss = torch.stack(losses).mean()
        mean = torch.cat(targets).mean(0)
        used = float(torch.exp(-(mean * (mean + 1e-9).log()).sum()))
        sharp = float(torch.exp(-(targets[0] * (targets[0] + 1e-9).log()).sum(1).mean()))
        return loss, {"prototypes_used": used, "prototypes_each": sharp}

    @torch.no_grad()
    def follow(step: int) -> None:
        momentum = min(TEACHER_MOMENTUM, (1 + step) / (10 + step))
        student = dict(model.named_parameters())
        for name, mine in model.teacher.named_parameters():
            mine.lerp_(student[name], 1 - momentum)

    train("dino", options, model, len(data), step_loss, after_step=follow, average=0.998)


if __name__ == "__main__":
    main()
