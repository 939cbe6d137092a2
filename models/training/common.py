"""Shared by the generator's trainers: the dataset on disk, checkpoints, weight averages and the committed log tables."""

import copy
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch

TRAINING = Path(__file__).resolve().parent
PACK = TRAINING.parent / "storybook"
LOGS = TRAINING / "logs"
# A compiled graph must follow a change of the thread count.
os.environ.setdefault("TORCHINDUCTOR_CPP_DYNAMIC_THREADS", "1")


class Dataset:
    """A folder written by `scripts/storybook-dataset.ts`. Arrays stay on disk (memory-mapped)."""

    def __init__(self, folder):
        folder = Path(folder)
        self.folder = folder
        self.meta = json.loads((folder / "meta.json").read_text())
        count, size = self.meta["count"], self.meta["size"]
        self.images = np.memmap(folder / "images.u8", np.uint8, "r", shape=(count, size, size, 3))
        self.labels = np.memmap(folder / "labels.u8", np.uint8, "r", shape=(count, size, size))
        self.scenes = _lines(folder / "scenes.jsonl")
        self.edits = _lines(folder / "edits.jsonl") if (folder / "edits.jsonl").exists() else None
        if self.edits is not None:
            self.targets = np.memmap(folder / "targets.u8", np.uint8, "r", shape=(count, size, size, 3))
            self.masks = np.memmap(folder / "masks.u8", np.uint8, "r", shape=(count, size, size))

    def __len__(self):
        return self.meta["count"]


def _lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def to_pixels(images: np.ndarray) -> torch.Tensor:
    """uint8 [B,H,W,3] -> float32 [B,3,H,W] in [-1,1], channels last in memory."""
    return torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


class Ema:
    """Exponential moving average of a module's parameters and buffers, with a warm-up so that early steps count less."""

    def __init__(self, module, decay):
        self.module = copy.deepcopy(module).eval().requires_grad_(False)
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, module):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        mine, theirs = list(self.module.parameters()), [p.detach() for p in module.parameters()]
        torch._foreach_lerp_(mine, theirs, 1 - decay)
        for own, other in zip(self.module.buffers(), module.buffers()):
            own.copy_(other)


class Schedule:
    """Progress, learning rate and the end of a run. The end is a wall-clock budget or a number of steps, whichever is given.

    The learning rate warms up, then falls along a cosine of the progress, so that a run with a time budget
    anneals completely however fast the machine is.
    """

    def __init__(self, peak, minutes=None, steps=None, warmup=200, floor=0.02):
        if (minutes is None) == (steps is None):
            raise ValueError("give either --minutes or --steps")
        self.peak, self.minutes, self.steps, self.warmup, self.floor = peak, minutes, steps, warmup, floor
        self.step = 0
        self.spent = 0.0  # seconds of earlier, interrupted runs
        self.started = time.time()

    @property
    def seconds(self):
        return self.spent + time.time() - self.started

    @property
    def progress(self):
        return min(1.0, self.seconds / (60 * self.minutes) if self.minutes is not None else self.step / self.steps)

    def rate(self):
        cosine = self.floor + (1 - self.floor) * 0.5 * (1 + math.cos(math.pi * self.progress))
        return self.peak * min(1.0, (self.step + 1) / self.warmup) * cosine


def save(path, state):
    """Writes a checkpoint so that an interruption never leaves half a file."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


class LogTable:
    """A Markdown table under logs/, one row per report; the rows of an interrupted run are kept on resume."""

    def __init__(self, name, title, columns, resume):
        self.path = LOGS / f"{name}.md"
        self.columns = columns
        if not (resume and self.path.exists()):
            LOGS.mkdir(exist_ok=True)
            head = f"# {title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
            self.path.write_text(head, encoding="utf-8")

    def row(self, **values):
        cells = [f"{values[c]:.4g}" if isinstance(values[c], float) else str(values[c]) for c in self.columns]
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(f"| {' | '.join(cells)} |\n")
        print("  ".join(f"{c}={v}" for c, v in zip(self.columns, cells)), flush=True)


class ThreadTuner:
    """Picks one or two threads by measured speed: on a shared machine two threads that wait for each other can be slower than one."""

    def __init__(self, choices, every=400, trial=12):
        self.choices, self.every, self.trial = choices, every, trial
        self.times = {}
        self.active = choices[0]
        torch.set_num_threads(self.active)

    def tick(self, step, seconds):
        if len(self.choices) < 2:
            return
        phase = step % self.every
        if phase < self.trial * len(self.choices):
            choice = self.choices[phase // self.trial]
            if choice != self.active:
                torch.set_num_threads(choice)
                self.active = choice
            else:
                self.times.setdefault(choice, []).append(seconds)
        elif phase == self.trial * len(self.choices):
            self.active = min(self.times, key=lambda c: float(np.median(self.times[c])))
            torch.set_num_threads(self.active)
            self.times = {}
