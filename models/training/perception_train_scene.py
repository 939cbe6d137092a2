"""Train the detector and the segmenter together over one convolutional pyramid at 256 px, whose trunk starts as CLIP's.

Needs the checkpoint of `perception_train_clip.py` in `--work`.

    python perception_train_scene.py --data DATA/train --tokenizer TOKENIZER --steps 3000
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from perception_common import arguments, disturb, low_precision, pick_one, to_pixels, train
from perception_models import DetectAndSegment
from perception_prompts import Prompts, inside_point, jittered_box
from perception_text import ClipTokenizer
from storybook_data import StorybookData

MAX_LENGTH = 16
GRID = 32
SEGMENTED = 2
SMALLEST = 40
TEMPLATES = ("{}", "{}", "{}", "a {}", "the {}", "a photo of a {}")

Row = dict[str, Any]


def names_of(thing: Row) -> list[str]:
    """What an object answers to: "car", "red car", "spotted car", "red spotted car", "golden car"."""
    kinds = [thing["colour"], thing.get("material"), None if thing.get("pattern") == "plain" else thing.get("pattern")]
    words = [word for word in kinds if word]
    return sorted({" ".join([*some, thing["noun"]]) for some in ([], *([word] for word in words), words)})


def flipped(box: list[float], size: int) -> list[float]:
    return [size - box[0] - box[2], *box[1:]]


def assign(objects: list[Row], size: int) -> np.ndarray:
    """[GRID·GRID] object number for each cell, −1 for none. A cell belongs to the smallest object whose central 40 % holds it (FCOS's centre sampling)."""
    cells = np.full((GRID, GRID), -1, dtype=np.int64)
    for number in sorted(range(len(objects)), key=lambda n: -objects[n]["box"][2] * objects[n]["box"][3]):
        x, y, w, h = (value / size * GRID for value in objects[number]["box"])
        cx, cy = x + w / 2, y + h / 2
        columns = slice(int(np.ceil(cx - 0.2 * w - 0.5)), int(np.floor(cx + 0.2 * w - 0.5)) + 1)
        rows = slice(int(np.ceil(cy - 0.2 * h - 0.5)), int(np.floor(cy + 0.2 * h - 0.5)) + 1)
        cells[rows, columns] = number
        cells[min(GRID - 1, int(cy)), min(GRID - 1, int(cx))] = number
    return cells.reshape(-1)


def overlap(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and generalised IoU (Rezatofighi et al. 2019) of boxes [K,4] as corners."""
    area = lambda box: (box[:, 2] - box[:, 0]).clamp(min=0) * (box[:, 3] - box[:, 1]).clamp(min=0)  # noqa: E731
    common = area(torch.cat([torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])], 1))
    hull = area(torch.cat([torch.minimum(a[:, :2], b[:, :2]), torch.maximum(a[:, 2:], b[:, 2:])], 1))
    union = area(a) + area(b) - common
    iou = common / (union + 1e-7)
    return iou, iou - (hull - union) / (hull + 1e-7)


def start_from_clip(model: DetectAndSegment, path: Path) -> None:
    if not path.exists():
        raise SystemExit(f"{path} is missing: run perception_train_clip.py first, the detector's trunk starts from it")
    learnt = torch.load(path, map_location="cpu", weights_only=True)["averaged"]
    model.pyramid.trunk.load_state_dict({key.removeprefix("trunk."): value for key, value in learnt.items() if key.startswith("trunk.")})


def main() -> None:
    options = arguments(__doc__ or "", steps=3000, batch=24, rate=2e-3)
    data = StorybookData(options.data)
    tokenizer = ClipTokenizer(options.tokenizer, MAX_LENGTH)
    for scene in data.scenes:
        for number, thing in enumerate(scene["objects"]):
            thing["names"], thing["label"] = names_of(thing), number + 1
    every = {name for scene in data.scenes for thing in scene["objects"] for name in thing["names"]}
    nouns = sorted({thing["noun"] for scene in data.scenes for thing in scene["objects"]})
    (options.work / "nouns.json").write_text(json.dumps(nouns))
    described = sorted(every - set(nouns))
    others = sorted({tag for scene in data.scenes for tag in scene["tags"]} - every)
    size = data.size
    model = DetectAndSegment(tokenizer.size, tokenizer.eos, MAX_LENGTH).to(memory_format=torch.channels_last)
    start_from_clip(model, options.work / "clip.pt")

    def queries(scenes: list[list[Row]], rng: np.random.Generator) -> tuple[list[str], dict[str, int]]:
        """Every noun, the described objects present, and as negatives other descriptions and tags drawn at random."""
        present = {name for things in scenes for thing in things for name in thing["names"]} - set(nouns)
        present.update(described[i] for i in rng.integers(len(described), size=24))
        names = nouns + sorted(present) + [str(tag) for tag in rng.choice(others, size=min(8, len(others)), replace=False)]
        return [TEMPLATES[rng.integers(len(TEMPLATES))].format(name) for name in names], {name: i for i, name in enumerate(names)}

    def detection_loss(s8: Tensor, scenes: list[list[Row]], rng: np.random.Generator) -> tuple[Tensor, Tensor, dict[str, float]]:
        embedded, boxes = model.detector.cells(s8)
        texts, column = queries(scenes, rng)
        ids, mask = tokenizer(texts)
        asked = model.detector.queries(torch.from_numpy(ids), torch.from_numpy(mask))
        logits = model.detector.logits(embedded, asked).float()
        owners = np.stack([assign(things, size) for things in scenes])
        image, cell = np.nonzero(owners >= 0)
        things = [scenes[i][owners[i, c]] for i, c in zip(image, cell)]
        truth = torch.tensor([[t["box"][0], t["box"][1], t["box"][0] + t["box"][2], t["box"][1] + t["box"][3]] for t in things]) / size
        at = (torch.from_numpy(image), torch.from_numpy(cell))
        found = boxes[at]
        iou, generalised = overlap(found, truth)
        quality = iou.detach().clamp(0, 1)
        target = torch.zeros_like(logits)
        claims = [(k, column[name]) for k, thing in enumerate(things) for name in thing["names"]]
        k, named = torch.tensor(claims).T
        target[at[0][k], at[1][k], named] = quality[k]
        # Quality focal loss (Li et al. 2020): the score learns the box's IoU, so suppression keeps the best box.
        gap = (target - logits.detach().sigmoid()).abs().square()
        classes = (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * gap).sum() / len(things)
        # Which name it is, asked as a choice at the objects' cells: nouns among nouns, descriptions among descriptions.
        here = logits[at]
        wanted = torch.zeros_like(here)
        wanted[k, named] = 1
        choice = pick_one(here[:, : len(nouns)], wanted[:, : len(nouns)]) + pick_one(here[:, len(nouns) :], wanted[:, len(nouns) :])
        classes = classes + 0.5 * choice
        box_loss = (1 - generalised).mean() + (found - truth).abs().sum(1).mean()
        return classes, box_loss, {"box_iou": quality.mean().item(), "choice": choice.item()}

    def segment_loss(
        maps: tuple[Tensor, Tensor], scenes: list[list[Row]], labels: Tensor, rng: np.random.Generator
    ) -> tuple[Tensor, float]:
        chosen = [
            (row, number)
            for row, things in enumerate(scenes)
            for number in rng.permutation([n for n, t in enumerate(things) if t["area"] >= SMALLEST])[:SEGMENTED]
        ]
        rows = torch.tensor([row for row, _ in chosen])
        # Object labels are told apart before halving; a pixel of the mask is the share of its 2×2 pixels.
        numbers = torch.tensor([scenes[row][number]["label"] for row, number in chosen], dtype=torch.uint8)
        whole = labels[rows] == numbers[:, None, None]
        truth = F.avg_pool2d(whole[:, None].float(), 2)
        hard = whole.numpy()
        prompts = Prompts(len(chosen))
        for k, (row, number) in enumerate(chosen):
            kind = rng.random()
            if kind < 0.6:
                prompts.add_box(k, jittered_box(scenes[row][number]["box"], size, rng))
            if kind > 0.5:
                prompts.add(k, inside_point(hard[k], rng, central=rng.random() < 0.3), 1)
        embeddings = model.neck(*maps)
        earlier, given = torch.zeros(len(chosen), 1, 128, 128), torch.zeros(len(chosen))
        total, mean = torch.zeros(()), 0.0
        again = rng.random() < 0.4
        for turn in range(2 if again else 1):
            points, kinds = torch.from_numpy(prompts.points), torch.from_numpy(prompts.labels)
            if turn == 0:
                quality, logits = model.decoder(embeddings[rows], points, kinds, earlier, given)
                picked = truth
            else:
                keep = torch.from_numpy(rng.permutation(len(chosen))[: len(chosen) // 2])
                quality, logits = model.decoder(embeddings[rows[keep]], points[keep], kinds[keep], earlier[keep], given[keep])
                picked = truth[keep]
            share = logits.sigmoid()
            cross = F.binary_cross_entropy_with_logits(logits, picked, reduction="none")
            # Half the weight near the object (mask and surroundings count alike), half over the whole picture.
            near = F.max_pool2d(F.max_pool2d((picked > 0.5).float(), (9, 1), 1, (4, 0)), (1, 9), 1, (0, 4))
            cross = (cross * near).sum((1, 2, 3)) / near.sum((1, 2, 3)).clamp(min=16) + cross.mean((1, 2, 3))
            dice = 1 - (2 * (share * picked).sum((1, 2, 3)) + 1) / (share.sum((1, 2, 3)) + picked.sum((1, 2, 3)) + 1)
            guess, real = logits.detach() > 0, picked > 0.5
            iou = (guess & real).sum((1, 2, 3)) / (guess | real).sum((1, 2, 3)).clamp(min=1)
            total = total + (cross + dice + 2 * (quality - iou).square()).mean()
            if turn == 0:
                mean = float(iou.mean())
                if again:
                    earlier, given = logits.detach(), torch.from_numpy((rng.random(len(chosen)) < 0.7).astype(np.float32))
                    real_maps, guess_maps = (truth > 0.5)[:, 0].numpy(), guess[:, 0].numpy()
                    for k in range(len(chosen)):
                        for _ in range(int(rng.integers(1, 3))):
                            prompts.add_correction(k, real_maps[k], guess_maps[k], size / 128, rng)
                        if given[k] and rng.random() < 0.15:
                            prompts.labels[k] = -1
        return total, mean

    def step_loss(indices: np.ndarray, rng: np.random.Generator, step: int) -> tuple[Tensor, dict[str, float]]:
        pixels = disturb(to_pixels(data.images[indices]), rng)
        labels = torch.from_numpy(data.labels[indices])
        flip = rng.random() < 0.5
        if flip:
            pixels, labels = pixels.flip(3), labels.flip(2)
        scenes = [
            [
                {**thing, "box": flipped(thing["box"], size) if flip else thing["box"]}
                for thing in data.scenes[i]["objects"]
                if thing["area"] > 0
            ]
            for i in indices
        ]
        with low_precision():
            maps = model.pyramid(pixels)
            classes, boxes, shown = detection_loss(maps[1], scenes, rng)
            masks, iou = segment_loss(maps, scenes, labels, rng)
        parts = {"class": classes.item(), "box": boxes.item(), **shown, "mask": masks.item(), "mask_iou": iou}
        return classes + 2 * boxes + masks, parts

    train("scene", options, model, len(data), step_loss, average=0.997)


if __name__ == "__main__":
    main()
