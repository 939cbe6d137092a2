"""Measure the exported perception models on held-out compositions; write `logs/perception.json` and `logs/perception.md`.

    python perception_evaluate.py --data DATA/heldout --train DATA/train --pack models/storybook [--only clip tagger dino detector segmenter]

Only the ONNX files are run, one thread, so the numbers are those of what ships. `--train` serves the k-NN bank and the detector's threshold.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from perception_prompts import Prompts, inside_point, jittered_box
from perception_text import ClipTokenizer
from perception_train_clip import tag_targets
from storybook_data import StorybookData, to_unit_range

Report = dict[str, Any]


class Model:
    """One ONNX file on one thread, which keeps the time of its last call in milliseconds."""

    def __init__(self, path: Path) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
        self.times: list[float] = []

    def __call__(self, **inputs: np.ndarray) -> list[np.ndarray]:
        start = time.perf_counter()
        found = self.session.run(None, inputs)
        self.times.append((time.perf_counter() - start) * 1000)
        return found

    @property
    def milliseconds(self) -> float:
        return round(float(np.median(self.times)), 1)


def image_rows(model: Model, data: StorybookData, indices: np.ndarray) -> np.ndarray:
    rows = [model(pixel_values=to_unit_range(data.images[indices[at : at + 1]]))[0] for at in range(len(indices))]
    return np.concatenate(rows)


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def measure_clip(pack: Path, section: Report, data: StorybookData, edits: StorybookData | None) -> Report:
    rng = np.random.default_rng(11)
    image, text = Model(pack / section["image"]), Model(pack / section["text"])
    tokenizer = ClipTokenizer(pack / "tokenizer", section["tokenizer"]["maxLength"])
    images = unit(image_rows(image, data, np.arange(len(data.scenes))))
    captions = [scene["captions"][rng.integers(len(scene["captions"]))] for scene in data.scenes]
    full = [scene["captions"][0] for scene in data.scenes]
    report: Report = {}
    for name, chosen in (("anyCaption", captions), ("fullCaption", full)):
        ids, _ = tokenizer(chosen, fixed=True)
        texts = unit(np.concatenate([text(input_ids=ids[at : at + 50])[0] for at in range(0, len(ids), 50)]))
        to_image, to_text = [], []
        for _ in range(50):
            # Scenes of one draw have different captions, so every caption has one right answer by its words.
            draw: list[int] = []
            for at in rng.permutation(len(data.scenes)):
                if chosen[at] not in {chosen[other] for other in draw}:
                    draw.append(int(at))
                if len(draw) == 100:
                    break
            scores = texts[draw] @ images[draw].T
            to_image.append(float((scores.argmax(1) == np.arange(100)).mean()))
            to_text.append(float((scores.argmax(0) == np.arange(100)).mean()))
        paired = float((texts * images).sum(1).mean())
        report[name] = {
            "captionToImageR1of100": round(float(np.mean(to_image)), 3), "lowestDraw": round(min(to_image), 3),
            "imageToCaptionR1of100": round(float(np.mean(to_text)), 3), "meanCosineOfPairs": round(paired, 3),
            "meanCosineOfStrangers": round(float((texts @ np.roll(images, 1, 0).T).diagonal().mean()), 3),
        }  # fmt: skip
    # One word changed: does the true caption beat the same caption with another colour of the object named?
    colours = data.meta["colours"]
    pairs = []
    for row, scene in enumerate(data.scenes):
        thing = next((t for t in scene["objects"] if t["colour"] and f"{t['colour']} " in full[row]), None)
        if thing:
            other = str(rng.choice([c for c in colours if c != thing["colour"]]))
            pairs.append((row, full[row], full[row].replace(f"{thing['colour']} ", f"{other} ", 1)))
    sides = []
    for side in (1, 2):
        ids, _ = tokenizer([pair[side] for pair in pairs], fixed=True)
        sides.append(unit(np.concatenate([text(input_ids=ids[at : at + 50])[0] for at in range(0, len(ids), 50)])))
    at = np.array([pair[0] for pair in pairs])
    wins = (images[at] * sides[0]).sum(1) > (images[at] * sides[1]).sum(1)
    report["trueColourBeatsWrong"] = round(float(wins.mean()), 3)
    if edits:
        report["edits"] = measure_edits(image, text, tokenizer, edits)
    return {**report, "imageMs": image.milliseconds}


def measure_edits(image: Model, text: Model, tokenizer: ClipTokenizer, data: StorybookData) -> Report:
    """Exact pairs before and after an edit: does CLIP see which picture the target caption tells of, and which way it changed?"""
    rows = [n for n, edit in enumerate(data.edits) if edit["sourceCaption"] != edit["targetCaption"]][:300]
    pictures = [unit(np.concatenate([image(pixel_values=to_unit_range(of[n : n + 1]))[0] for n in rows])) for of in (data.images, data.targets)]
    texts = []
    for side in ("sourceCaption", "targetCaption"):
        ids, _ = tokenizer([data.edits[n][side] for n in rows], fixed=True)
        texts.append(unit(np.concatenate([text(input_ids=ids[at : at + 50])[0] for at in range(0, len(ids), 50)])))
    direction = (unit(pictures[1] - pictures[0] + 1e-9) * unit(texts[1] - texts[0] + 1e-9)).sum(1)
    wins = (texts[1] * (pictures[1] - pictures[0])).sum(1) > 0
    kinds = sorted({data.edits[n]["editType"] for n in rows})
    by_kind = {kind: [k for k, n in enumerate(rows) if data.edits[n]["editType"] == kind] for kind in kinds}
    return {
        "pairs": len(rows),
        "targetCaptionPrefersTarget": round(float(wins.mean()), 3),
        "meanDirection": round(float(direction.mean()), 3),
        "meanDirectionByType": {kind: round(float(direction[at].mean()), 3) for kind, at in by_kind.items()},
    }


def average_precision(truth: np.ndarray, scores: np.ndarray) -> float:
    order = np.argsort(-scores)
    hits = truth[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / hits.sum())


def measure_tagger(pack: Path, section: Report, data: StorybookData) -> Report:
    model = Model(pack / section["file"])
    tags = json.loads((pack / section["tags"]).read_text())
    truth = tag_targets(data, tags)
    scores = 1 / (1 + np.exp(-image_rows(model, data, np.arange(len(data.scenes)))))
    present = [k for k in range(len(tags)) if truth[:, k].any()]
    said = scores >= section["threshold"]
    both = (said * truth).sum(0)
    f1 = 2 * both / np.maximum(1, said.sum(0) + truth.sum(0))
    nouns = {t["noun"] for s in data.scenes for t in s["objects"]}
    of = [k for k in present if tags[k] in nouns]
    return {
        "tags": len(tags),
        "meanAveragePrecision": round(float(np.mean([average_precision(truth[:, k], scores[:, k]) for k in present])), 3),
        "nounMeanAveragePrecision": round(float(np.mean([average_precision(truth[:, k], scores[:, k]) for k in of])), 3),
        "microF1": round(float(2 * both.sum() / (said.sum() + truth.sum())), 3),
        "macroF1": round(float(np.mean(f1[present])), 3),
        "weakest": {tags[k]: round(float(f1[k]), 3) for k in sorted(present, key=lambda k: f1[k])[:5]},
        "ms": model.milliseconds,
    }


def measure_dino(pack: Path, section: Report, data: StorybookData, bank: StorybookData) -> Report:
    model = Model(pack / section["file"])
    indices = np.sort(np.random.default_rng(3).permutation(len(bank))[:1500])
    known, asked = image_rows(model, bank, indices), image_rows(model, data, np.arange(len(data.scenes)))

    def facts(scene: Report) -> dict[str, str]:
        main = max(scene["objects"], key=lambda thing: thing["area"])
        return {"mainNoun": main["noun"], **{key: scene[key] for key in ("style", "place", "season", "time", "weather")}}

    of_bank, of_data = [facts(bank.scenes[i]) for i in indices], [facts(scene) for scene in data.scenes]
    # Plain colours as a yardstick: what a mean colour over an 8×8 grid would answer.
    grid = lambda d, at: np.stack([d.images[i].reshape(8, 32, 8, 32, 3).mean((1, 3)).reshape(-1) for i in at])  # noqa: E731
    spaces = {"embedding": (known, asked), "pixels": (grid(bank, indices), grid(data, np.arange(len(data.scenes))))}
    report: Report = {}
    for name, (these, those) in spaces.items():
        centre = these.mean(0)
        near = np.argsort(-(unit(those - centre) @ unit(these - centre).T), axis=1)[:, :10]
        accuracy = {}
        for key in of_data[0]:
            votes = np.array([row[key] for row in of_bank])[near]
            answers = [max(set(row), key=list(row).count) for row in votes.tolist()]
            accuracy[key] = round(float(np.mean([a == row[key] for a, row in zip(answers, of_data)])), 3)
        report[name] = accuracy
    spectrum = np.linalg.svd(unit(asked) - unit(asked).mean(0), compute_uv=False) ** 2
    share = spectrum / spectrum.sum()
    cosine = unit(asked) @ unit(asked).T
    return {
        "knn10": report["embedding"],
        "knn10OfMeanColours": report["pixels"],
        "chance": {key: round(1 / len({row[key] for row in of_bank}), 3) for key in of_data[0]},
        "effectiveRank": round(float(np.exp(-(share * np.log(share + 1e-12)).sum())), 1),
        "meanCosineOfStrangers": round(float((cosine.sum() - len(cosine)) / (len(cosine) * (len(cosine) - 1))), 3),
        "ms": model.milliseconds,
    }


def suppress(boxes: np.ndarray, scores: np.ndarray, most: int = 20, limit: float = 0.5) -> list[int]:
    """Greedy non-maximum suppression of corner boxes at IoU `limit`; indices by falling score."""
    order = [int(i) for i in np.argsort(-scores)]
    kept: list[int] = []
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for i in order:
        if len(kept) == most:
            break
        if kept:
            low, high = np.maximum(boxes[kept, :2], boxes[i, :2]), np.minimum(boxes[kept, 2:], boxes[i, 2:])
            common = np.prod(np.maximum(0, high - low), axis=1)
            if (common / (area[kept] + area[i] - common + 1e-9) > limit).any():
                continue
        kept.append(i)
    return kept


def detections(model: Model, tokens: tuple[np.ndarray, np.ndarray], data: StorybookData, indices: np.ndarray, floor: float) -> list[Report]:
    """COCO result rows, `category_id` the query's number, boxes in pixels."""
    rows = []
    for n in indices:
        logits, boxes = model(pixel_values=to_unit_range(data.images[n : n + 1]), input_ids=tokens[0], attention_mask=tokens[1])
        scores = 1 / (1 + np.exp(-logits[0]))
        corners = np.concatenate([boxes[0, :, :2] - boxes[0, :, 2:] / 2, boxes[0, :, :2] + boxes[0, :, 2:] / 2], 1) * data.size
        for query in np.flatnonzero(scores.max(0) >= floor):
            able = np.flatnonzero(scores[:, query] >= floor)
            able = able[np.argsort(-scores[able, query])[:100]]
            for k in suppress(corners[able], scores[able, query]):
                x0, y0, x1, y1 = corners[able[k]].tolist()
                row = {"image_id": int(n), "category_id": int(query), "bbox": [x0, y0, x1 - x0, y1 - y0]}
                rows.append({**row, "score": float(scores[able[k], query])})
    return rows


def coco_scores(found: list[Report], truth: list[Report], images: np.ndarray, queries: list[str]) -> tuple[float, float, dict[str, float]]:
    """AP at IoU 0.5, AP over 0.5:0.95, and AP50 by query."""
    if not found:
        return 0.0, 0.0, {}
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = {
            "images": [{"id": int(n)} for n in images],
            "categories": [{"id": k, "name": name} for k, name in enumerate(queries)],
            "annotations": [{**row, "id": k + 1, "iscrowd": 0, "area": row["bbox"][2] * row["bbox"][3]} for k, row in enumerate(truth)],
        }
        coco.createIndex()
        judge = COCOeval(coco, coco.loadRes(found), "bbox")
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    by_query = judge.eval["precision"][0, :, :, 0, -1].mean(0)
    return float(judge.stats[1]), float(judge.stats[0]), {name: float(by_query[k]) for k, name in enumerate(queries) if by_query[k] >= 0}


def threshold_scores(found: list[Report], truth: list[Report], threshold: float) -> tuple[float, float]:
    """Precision and recall at IoU 0.5 of detections that reach the threshold."""
    unmatched: dict[tuple[int, int], list[list[float]]] = {}
    for row in truth:
        unmatched.setdefault((row["image_id"], row["category_id"]), []).append(row["bbox"])
    kept = sorted((row for row in found if row["score"] >= threshold), key=lambda row: -row["score"])
    hits = 0
    for row in kept:
        x, y, w, h = row["bbox"]
        for box in unmatched.get((row["image_id"], row["category_id"]), []):
            common = max(0, min(x + w, box[0] + box[2]) - max(x, box[0])) * max(0, min(y + h, box[1] + box[3]) - max(y, box[1]))
            if common / (w * h + box[2] * box[3] - common) >= 0.5:
                unmatched[(row["image_id"], row["category_id"])].remove(box)
                hits += 1
                break
    return hits / max(1, len(kept)), hits / len(truth)


def measure_detector(pack: Path, section: Report, data: StorybookData, bank: StorybookData) -> Report:
    model = Model(pack / section["file"])
    tokenizer = ClipTokenizer(pack / "tokenizer", section["tokenizer"]["maxLength"])
    nouns = sorted({t["noun"] for s in bank.scenes for t in s["objects"]})
    coloured = sorted({f"{t['colour']} {t['noun']}" for s in data.scenes for t in s["objects"] if t["colour"]})
    seen = {f"{t['colour']} {t['noun']}" for s in bank.scenes for t in s["objects"] if t["colour"]}

    def truth(of: StorybookData, indices: np.ndarray, queries: list[str]) -> list[Report]:
        index = {name: k for k, name in enumerate(queries)}
        return [
            {"image_id": int(n), "category_id": index[name], "bbox": thing["box"]}
            for n in indices
            for thing in of.scenes[n]["objects"]
            for name in (thing["noun"], f"{thing['colour']} {thing['noun']}")
            if name in index and thing["area"] > 0
        ]

    everything = np.arange(len(data.scenes))
    by_noun = detections(model, tokenizer(nouns, fixed=True), data, everything, 0.02)
    nouns_truth = truth(data, everything, nouns)
    ap50, ap, each = coco_scores(by_noun, nouns_truth, everything, nouns)
    per_call = model.milliseconds
    by_colour = detections(model, tokenizer(coloured, fixed=True), data, everything, 0.02)
    colour_ap50, _, colour_each = coco_scores(by_colour, truth(data, everything, coloured), everything, coloured)
    new = [score for name, score in colour_each.items() if name not in seen]
    some = np.sort(np.random.default_rng(5).permutation(len(bank))[:60])
    tuning, tuning_truth = detections(model, tokenizer(nouns, fixed=True), bank, some, 0.05), truth(bank, some, nouns)

    def f1(threshold: float) -> float:
        precision, recall = threshold_scores(tuning, tuning_truth, threshold)
        return 2 * precision * recall / max(1e-9, precision + recall)

    best = max((round(0.1 + 0.05 * k, 2) for k in range(15)), key=f1)
    precision, recall = threshold_scores(by_noun, nouns_truth, section["boxThreshold"])
    return {
        "nouns": len(nouns),
        "AP50": round(ap50, 3),
        "AP": round(ap, 3),
        "weakest": {name: round(each[name], 3) for name in sorted(each, key=each.__getitem__)[:5]},
        "colouredNounAP50": round(colour_ap50, 3),
        "unseenColouredNounAP50": round(float(np.mean(new)), 3),
        "unseenColouredNouns": len(new),
        "bestThresholdOnTrain": best,
        "atThreshold": {"threshold": section["boxThreshold"], "precision": round(precision, 3), "recall": round(recall, 3)},
        "suppressionIoU": 0.5,
        "ms": per_call,
    }


def enlarge(logits: np.ndarray, size: int) -> np.ndarray:
    """Mask logits [m,m] to [size,size], bilinear with half-pixel centres."""
    m = len(logits)
    at = np.clip((np.arange(size) + 0.5) * m / size - 0.5, 0, m - 1)
    low = np.floor(at).astype(int)
    high, part = np.minimum(low + 1, m - 1), at - low
    rows = logits[low] * (1 - part)[:, None] + logits[high] * part[:, None]
    return rows[:, low] * (1 - part) + rows[:, high] * part


def measure_segmenter(pack: Path, section: Report, data: StorybookData) -> Report:
    rng = np.random.default_rng(9)
    encoder, decoder = Model(pack / section["encoder"]), Model(pack / section["decoder"])
    scores: dict[str, list[float]] = {}
    said: list[tuple[float, float]] = []

    def decode(embeddings: np.ndarray, prompts: Prompts, mask: np.ndarray | None = None) -> tuple[float, np.ndarray]:
        used = prompts.labels[0] != -1
        quality, masks = decoder(
            image_embeddings=embeddings, input_points=prompts.points[None, :, used], input_labels=prompts.labels[None, :, used],
            mask_input=np.zeros((1, 1, 128, 128), np.float32) if mask is None else mask[None, None],
            has_mask_input=np.array([mask is not None], dtype=np.float32),
        )  # fmt: skip
        return float(quality[0, 0, 0]), masks[0, 0, 0]

    def iou(logits: np.ndarray, whole: np.ndarray) -> float:
        guess = enlarge(logits, data.size) > 0
        return float((guess & whole).sum() / max(1, (guess | whole).sum()))

    for n in range(len(data.scenes)):
        (embeddings,) = encoder(pixel_values=to_unit_range(data.images[n : n + 1]))
        for number, thing in enumerate(data.scenes[n]["objects"]):
            whole = data.labels[n] == number + 1
            if thing["area"] == 0:
                continue
            exact = np.array([thing["box"][:2], [thing["box"][0] + thing["box"][2], thing["box"][1] + thing["box"][3]]])
            for name, corners in (("box", exact), ("looseBox", jittered_box(thing["box"], data.size, rng))):
                prompts = Prompts(1)
                prompts.add_box(0, corners)
                quality, logits = decode(embeddings, prompts)
                scores.setdefault(name, []).append(iou(logits, whole))
                said.append((quality, scores[name][-1]))
            prompts = Prompts(1)
            prompts.add(0, inside_point(whole, rng), 1)
            for clicks in range(1, 6):
                quality, logits = decode(embeddings, prompts, None if clicks == 1 else logits)
                value = iou(logits, whole)
                if clicks in (1, 2, 3, 5):
                    scores.setdefault(f"clicks{clicks}", []).append(value)
                prompts.add_correction(0, whole, enlarge(logits, data.size) > 0, 1, rng)
    predicted, real = np.array(said).T
    return {
        "meanIoU": {name: round(float(np.mean(values)), 3) for name, values in scores.items()},
        "boxIoUBelow0.7": round(float(np.mean(np.array(scores["box"]) < 0.7)), 4),
        "meanErrorOfPredictedIoU": round(float(np.abs(predicted - real).mean()), 3),
        "objects": len(scores["box"]),
        "encoderMs": encoder.milliseconds,
        "decoderMs": decoder.milliseconds,
    }


def table(report: Report) -> str:
    lines = ["# Perception models of the Storybook pack", "", "Held-out compositions, ONNX files as shipped, one CPU thread."]
    for name, values in report.items():
        lines += ["", f"## {name}", "", "| measure | value |", "| --- | --- |"]
        for key, value in values.items():
            if isinstance(value, dict):
                value = ", ".join(f"{k} {v}" for k, v in value.items())
            lines.append(f"| {key} | {value} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    roles = ["clip", "tagger", "dino", "detector", "segmenter"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--edits", type=Path, help="folder of held-out pairs before and after an edit")
    parser.add_argument("--pack", type=Path, default=Path(__file__).parent.parent / "storybook")
    parser.add_argument("--logs", type=Path, default=Path(__file__).parent / "logs")
    parser.add_argument("--scenes", type=int, help="measure on the first so many held-out scenes only")
    parser.add_argument("--only", nargs="+", choices=roles, default=roles)
    options = parser.parse_args()
    data, bank = StorybookData(options.data), StorybookData(options.train)
    if options.scenes:
        data.scenes = data.scenes[: options.scenes]
    sections = json.loads((options.pack / "perception.json").read_text())
    options.logs.mkdir(parents=True, exist_ok=True)
    path: Path = options.logs / "perception.json"
    report: Report = json.loads(path.read_text()) if path.exists() else {}
    measures = {
        "clip": lambda: measure_clip(options.pack, sections["clip"], data, StorybookData(options.edits) if options.edits else None),
        "tagger": lambda: measure_tagger(options.pack, sections["tagger"], data),
        "dino": lambda: measure_dino(options.pack, sections["selfSupervised"], data, bank),
        "detector": lambda: measure_detector(options.pack, sections["detector"], data, bank),
        "segmenter": lambda: measure_segmenter(options.pack, sections["segmenter"], data),
    }
    for role in options.only:
        report[role] = {"heldOutScenes": len(data.scenes), **measures[role]()}
        print(role, json.dumps(report[role]), flush=True)
        ordered = {name: report[name] for name in roles if name in report}
        path.write_text(json.dumps(ordered, indent=2) + "\n")
        (options.logs / "perception.md").write_text(table(ordered))


if __name__ == "__main__":
    main()
