"""Reader of the Storybook dataset on disk, as `scripts/storybook-dataset.ts` writes it.

Arrays are memory-mapped, so a training process holds only the pages it touches. Shared by all trainers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np


@dataclass
class StorybookData:
    """One split.

    `images` uint8 [N,S,S,3] RGB; `labels` uint8 [N,S,S], 0 = background, i + 1 = visible pixels of
    `scenes[n]["objects"][i]`. With edits also `targets` uint8 [N,S,S,3] and `masks` uint8 [N,S,S] (255 = may change).
    """

    root: Path
    meta: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.root = Path(self.root)
        meta_file = self.root / "meta.json"
        if not meta_file.exists():
            raise SystemExit(f"{meta_file} is missing: write the dataset with scripts/storybook-dataset.ts first")
        self.meta = json.loads(meta_file.read_text())

    def __len__(self) -> int:
        return int(self.meta["count"])

    @property
    def size(self) -> int:
        return int(self.meta["size"])

    def _map(self, name: str, *tail: int) -> np.ndarray:
        return np.memmap(self.root / name, dtype=np.uint8, mode="r", shape=(len(self), self.size, self.size, *tail))

    @cached_property
    def images(self) -> np.ndarray:
        return self._map("images.u8", 3)

    @cached_property
    def labels(self) -> np.ndarray:
        return self._map("labels.u8")

    @cached_property
    def targets(self) -> np.ndarray:
        return self._map("targets.u8", 3)

    @cached_property
    def masks(self) -> np.ndarray:
        return self._map("masks.u8")

    @cached_property
    def scenes(self) -> list[dict[str, Any]]:
        return self._lines("scenes.jsonl")

    @cached_property
    def edits(self) -> list[dict[str, Any]]:
        return self._lines("edits.jsonl")

    @property
    def has_edits(self) -> bool:
        return (self.root / "edits.jsonl").exists()

    def _lines(self, name: str) -> list[dict[str, Any]]:
        with (self.root / name).open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        if len(rows) != len(self):
            raise SystemExit(f"{self.root / name} has {len(rows)} lines, meta.json says {len(self)}: write the dataset again")
        return rows


def to_unit_range(pixels: np.ndarray) -> np.ndarray:
    """uint8 [..., H, W, 3] → float32 [..., 3, H, W] in [-1, 1]: the preprocessing (mean 0.5, std 0.5) of every Storybook model."""
    moved = np.moveaxis(pixels, -1, -3)
    return moved.astype(np.float32) / 127.5 - 1.0
