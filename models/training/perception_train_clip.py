"""Train CLIP and the tagger together: symmetric InfoNCE on captions plus one sigmoid a tag, over a shared image trunk.

    python perception_train_clip.py --data DATA/train --tokenizer TOKENIZER --steps 2000 --edits DATA/train-edits

With `--edits` half of each batch is scenes before and after an edit, so that pictures and captions which differ in one
thing only must be told apart.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from perception_common import arguments, disturb, half_size, halved, low_precision, pick_one, to_pixels, train
from perception_models import ClipAndTagger
from perception_text import ClipTokenizer
from storybook_data import StorybookData

MAX_LENGTH = 64
PAIRS = 32


def tag_names(data: StorybookData) -> list[str]:
    """Nouns as the scenes name them, then the dataset's other tags (places, seasons, ...) in its order."""
    occurring = {tag for scene in data.scenes for tag in scene["tags"]}
    nouns = sorted({thing["noun"] for scene in data.scenes for thing in scene["objects"]})
    return nouns + [tag for tag in data.meta["tags"] if tag in occurring and tag not in nouns]


def tag_targets(data: StorybookData, tags: list[str]) -> np.ndarray:
    """[N,K] float32, 1 where the scene carries the tag."""
    index = {tag: column for column, tag in enumerate(tags)}
    table = np.zeros((len(data.scenes), len(tags)), dtype=np.float32)
    for row, scene in enumerate(data.scenes):
        for tag in scene["tags"]:
            if tag in index:
                table[row, index[tag]] = 1
    return table


class EditPairs:
    """Half-size pictures before and after an edit, with their captions, where the captions differ."""

    def __init__(self, folder: Path) -> None:
        self.data = StorybookData(folder)
        self.usable = [n for n, edit in enumerate(self.data.edits) if edit["sourceCaption"] != edit["targetCaption"]]

    def draw(self, count: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
        """`count` pairs as 2·count pictures and captions, all those before first."""
        chosen = np.sort(rng.choice(self.usable, size=count, replace=False))
        texts = [self.data.edits[n][side] for side in ("sourceCaption", "targetCaption") for n in chosen]
        return halved(np.concatenate([self.data.images[chosen], self.data.targets[chosen]])), texts


def main() -> None:
    options = arguments(__doc__ or "", steps=2000, batch=128, rate=1.2e-3)
    data = StorybookData(options.data)
    tokenizer = ClipTokenizer(options.tokenizer, MAX_LENGTH)
    tags = tag_names(data)
    nouns = {thing["noun"] for scene in data.scenes for thing in scene["objects"]}
    (options.work / "tags.json").write_text(json.dumps(tags))
    half = half_size(data.images, data.root.name, options.work)
    targets = tag_targets(data, tags)
    captions = [scene["captions"] for scene in data.scenes]
    pairs = EditPairs(options.edits) if options.edits else None
    model = ClipAndTagger(tokenizer.size, tokenizer.eos, len(tags), MAX_LENGTH).to(memory_format=torch.channels_last)

    def step_loss(indices: np.ndarray, rng: np.random.Generator, step: int) -> tuple[Tensor, dict[str, float]]:
        images, texts = half[indices], [captions[i][rng.integers(len(captions[i]))] for i in indices]
        if pairs:
            before_and_after, both = pairs.draw(PAIRS, rng)
            images, texts = np.concatenate([images[: -2 * PAIRS], before_and_after]), texts[: -2 * PAIRS] + both
        # No mirroring: captions name things from left to right.
        pixels = disturb(to_pixels(images), rng)
        ids, _ = tokenizer(texts)
        with low_precision():
            image, text, tag = model(pixels, torch.from_numpy(ids))
        scale = model.scale.clamp(max=np.log(100.0)).exp()
        logits = F.normalize(image.float(), dim=1) @ F.normalize(text.float(), dim=1).T * scale
        same = torch.arange(len(indices))
        contrast = (F.cross_entropy(logits, same) + F.cross_entropy(logits.T, same)) / 2
        tagged = len(indices) - (2 * PAIRS if pairs else 0)
        tagging = F.binary_cross_entropy_with_logits(tag[:tagged].float(), torch.from_numpy(targets[indices[:tagged]]))
        # A sigmoid a noun learns slowly, most being absent; which of the nouns it is, is learnt faster as a choice.
        choice = pick_one(tag[:tagged, : len(nouns)].float(), torch.from_numpy(targets[indices[:tagged], : len(nouns)]))
        hits = (logits.detach().argmax(0) == same).float().mean()
        return contrast + 20 * tagging + choice, {"contrast": contrast.item(), "tags": tagging.item(), "choice": choice.item(), "hit": hits.item()}

    train("clip", options, model, len(data), step_loss, average=0.99)


if __name__ == "__main__":
    main()
