"""Simulated prompts for the segmenter, in training and in evaluation: jittered boxes, clicks inside, clicks on errors."""

from __future__ import annotations

import numpy as np

POINTS = 6


def inside_point(mask: np.ndarray, rng: np.random.Generator, central: bool = False) -> tuple[float, float] | None:
    """(x, y) in pixels of a true pixel of `mask` [H,W]; `central` takes the pixel nearest to the mask's own middle."""
    ys, xs = np.nonzero(mask)
    if len(ys) == 0:
        return None
    if central:
        pick = int(np.argmin((ys - ys.mean()) ** 2 + (xs - xs.mean()) ** 2))
    else:
        pick = int(rng.integers(len(ys)))
    return float(xs[pick]) + 0.5, float(ys[pick]) + 0.5


def jittered_box(box: list[float], size: int, rng: np.random.Generator, share: float = 0.08, pixels: float = 3) -> np.ndarray:
    """[x, y, w, h] → corners [[x0, y0], [x1, y1]] in pixels, each side moved by a share of the extent and some pixels."""
    x, y, w, h = box
    spread = np.minimum(np.array([w, h, w, h]) * share + pixels * rng.random(), 20)
    corners = np.array([x, y, x + w, y + h]) + rng.normal(size=4) * spread * 0.5
    corners = np.clip(corners, 0, size)
    return np.array([[corners[0], corners[1]], [max(corners[2], corners[0] + 1), max(corners[3], corners[1] + 1)]])


class Prompts:
    """Points [M,POINTS,2] and labels [M,POINTS], −1 where unused."""

    def __init__(self, count: int) -> None:
        self.points = np.zeros((count, POINTS, 2), dtype=np.float32)
        self.labels = np.full((count, POINTS), -1, dtype=np.int64)

    def add(self, row: int, point: tuple[float, float] | np.ndarray | None, label: int) -> None:
        free = np.flatnonzero(self.labels[row] == -1)
        if point is None or len(free) == 0:
            return
        self.points[row, free[0]] = point
        self.labels[row, free[0]] = label

    def add_box(self, row: int, corners: np.ndarray) -> None:
        self.add(row, corners[0], 2)
        self.add(row, corners[1], 3)

    def add_correction(self, row: int, truth: np.ndarray, guess: np.ndarray, scale: float, rng: np.random.Generator) -> None:
        """A click where the guess is wrong (bool maps [h,w] of the same size): foreground if missed, background if spilled."""
        missed, spilled = truth & ~guess, guess & ~truth
        foreground = rng.random() * (missed.sum() + spilled.sum()) < missed.sum()
        point = inside_point(missed if foreground else spilled, rng)
        if point is not None:
            self.add(row, (point[0] * scale, point[1] * scale), 1 if foreground else 0)
