"""Trains the UNet and the text encoder together: python train_generator.py --data DIR --latents DIR --edits DIR
--edit-latents DIR --minutes 60 [--resume]

Two kinds of rows make a batch:
- plain rows: a scene's latents, noise, one of its captions (empty in one of ten, for classifier-free guidance);
- pairs: a scene and its exact edit. Both share timestep and noise, so what differs is what the words say. The second row
  starts from the first row's noisy picture: img2img from a picture that contradicts the caption, which is what an edit
  is. With DDIM that leaves, at every later timestep, noise that holds a fixed share of (source - target); the model
  learns to follow the words and to remove that share. Derivation: x_t = a x_0 + s n; if the model changes its mind from
  source to target at t0, n becomes n + (a(t0) / s(t0)) (source - target) and stays so.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common import Ema, LogTable, Schedule, ThreadTuner, _lines, save
from generator import TEXT_SIZE, TIMESTEPS, cumulative_alphas, encode_text, make_text_encoder, make_unet, predict
from grounding import OBJECTS, PhraseFinder, RecordingAttention, grounding_loss, object_cells
from train_tokenizer import encode as tokenize
from train_tokenizer import load as load_tokenizer


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="scenes of the training split")
    parser.add_argument("--latents", required=True, help="what encode_latents.py made of --data")
    parser.add_argument("--edits", required=True, nargs="+", help="scenes of the training split with edits")
    parser.add_argument("--edit-latents", required=True, nargs="+", help="what encode_latents.py made of each of --edits")
    parser.add_argument("--tokenizer", default=str(Path(__file__).resolve().parents[1] / "storybook" / "tokenizer"))
    parser.add_argument("--work", default=str(Path(__file__).resolve().parents[1] / ".work" / "generator"))
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--plain", type=int, default=16, help="plain rows in a batch")
    parser.add_argument("--pairs", type=int, default=8, help="pairs (two rows each) in a batch")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


class Captions:
    """The token ids, tags and object words of every caption, computed once."""

    def __init__(self, tokenizer, finder, records, vocabulary):
        self.counts = np.array([len(r["captions"]) for r in records])
        self.starts = np.concatenate([[0], np.cumsum(self.counts)[:-1]])
        self.ids = tokenize(tokenizer, [c for r in records for c in r["captions"]])
        self.tags = torch.zeros(len(records), len(vocabulary))
        for row, record in enumerate(records):
            for tag in record["tags"]:
                if tag in vocabulary:
                    self.tags[row, vocabulary[tag]] = 1
        self.cells = np.stack([object_cells(r["objects"]) for r in records])
        objects = [r["objects"] for r in records for _ in r["captions"]]
        self.spans = np.stack([finder.spans(ids, o) for ids, o in zip(self.ids[:, :40].tolist(), objects)])

    def draw(self, rng, index, kind=None):
        """Token ids [77] and the object's words [OBJECTS,77] of one caption of a scene."""
        kind = rng.integers(self.counts[index]) if kind is None else kind % self.counts[index]
        at = self.starts[index] + kind
        words = torch.zeros(OBJECTS, self.ids.shape[1])
        for row, (start, end) in zip(words, self.spans[at]):
            row[start:end] = 1
        return self.ids[at], words


class Batches:
    def __init__(self, args, tokenizer):
        scenes = _lines(Path(args.data) / "scenes.jsonl")
        before = [scene for folder in args.edits for scene in _lines(Path(folder) / "scenes.jsonl")]
        after = [edit["target"] for folder in args.edits for edit in _lines(Path(folder) / "edits.jsonl")]
        tags = sorted({tag for record in scenes for tag in record["tags"]})
        vocabulary = {tag: index for index, tag in enumerate(tags)}
        self.tag_count = len(tags)
        self.plain, self.pairs = args.plain, args.pairs
        scenes = scenes[: len(np.load(Path(args.latents) / "latents.npy", mmap_mode="r"))]
        finder = PhraseFinder(tokenizer, json.loads((Path(args.data) / "meta.json").read_text()))
        self.scenes, self.before, self.after = (Captions(tokenizer, finder, r, vocabulary) for r in (scenes, before, after))
        self.latents = np.load(Path(args.latents) / "latents.npy")
        self.objects = np.load(Path(args.latents) / "objects.npy")
        encoded = [Path(folder) for folder in args.edit_latents]
        self.sources, self.targets, self.regions = (
            np.concatenate([np.load(folder / name) for folder in encoded])
            for name in ("latents.npy", "target_latents.npy", "objects.npy")
        )
        if not len(before) == len(after) == len(self.sources):
            raise SystemExit(f"--edits holds {len(before)} pairs and --edit-latents {len(self.sources)}: give them in the same order")
        self.empty = tokenize(tokenizer, [""])[0]
        alphas = cumulative_alphas()
        self.signal, self.noise = alphas.sqrt(), (1 - alphas).sqrt()

    def draw(self, rng, generator):
        """Latents [B,16,16,16], their noisy versions, v targets, timesteps, token ids, object words and cells, tags, cell weights, tag weights."""
        clean, texts, boxes, tags, cells, tagged, contradicted = [], [], [], [], [], [], []
        for index in rng.integers(len(self.latents), size=self.plain):
            dropped = rng.random() < 0.1
            clean.append(self.latents[index])
            texts.append((self.empty, torch.zeros(OBJECTS, 77)) if dropped else self.scenes.draw(rng, index))
            boxes.append(self.scenes.cells[index])
            tags.append(self.scenes.tags[index])
            cells.append(self.objects[index])
            tagged.append(0.0 if dropped else 1.0)
            contradicted.append(np.zeros((16, 16, 16), np.float32))
        for index in rng.integers(len(self.sources), size=self.pairs):
            rows = [(self.sources[index], self.before), (self.targets[index], self.after)]
            if rng.random() < 0.5:
                rows.reverse()
            kind = rng.integers(6)
            difference = rows[0][0].astype(np.float32) - rows[1][0].astype(np.float32)
            for (latent, captions), share in zip(rows, (np.zeros_like(difference), difference)):
                clean.append(latent)
                texts.append(captions.draw(rng, index, kind))
                boxes.append(captions.cells[index])
                tags.append(captions.tags[index])
                cells.append(self.regions[index])
                tagged.append(1.0)
                contradicted.append(share)
        count = len(clean)
        clean = torch.from_numpy(np.stack(clean).astype(np.float32))
        # Logit-normal times, leaning to the upper middle, where img2img begins and the words decide.
        times = torch.sigmoid(torch.randn(count, generator=generator) * 1.1 + 0.4)
        noise = torch.randn(clean.shape, generator=generator)
        starts = times.clone()
        for first in range(self.plain, count, 2):
            times[first + 1], noise[first + 1] = times[first], noise[first]
            # Half of the edits are seen at their first step, half at a later one.
            low = max(float(times[first]), 0.45)
            starts[first + 1] = low if rng.random() < 0.5 else rng.uniform(low, max(low, 0.97))
        timesteps = (times * TIMESTEPS).long().clamp(0, TIMESTEPS - 1)
        starts = (starts * TIMESTEPS).long().clamp(0, TIMESTEPS - 1)
        share = (self.signal[starts] / self.noise[starts])[:, None, None, None]
        noise = noise + share * torch.from_numpy(np.stack(contradicted))
        signal, sigma = self.signal[timesteps][:, None, None, None], self.noise[timesteps][:, None, None, None]
        weights = 1 + 2 * torch.from_numpy(np.stack(cells)).float()[:, None] / 255
        return (
            (signal * clean + sigma * noise).contiguous(memory_format=torch.channels_last), signal * noise - sigma * clean,
            timesteps, torch.stack([ids for ids, _ in texts]), torch.stack([words for _, words in texts]),
            torch.from_numpy(np.stack(boxes)).float(), torch.stack(tags), weights, torch.tensor(tagged),
        )


class Model(nn.Module):
    def __init__(self, tokenizer, tag_count):
        super().__init__()
        self.unet = make_unet()
        self.unet.set_attn_processor(RecordingAttention())
        self.text = make_text_encoder(tokenizer)
        # Helps the words to be learnt early; not exported.
        self.tags = nn.Linear(TEXT_SIZE, tag_count)

    def forward(self, sample, wanted, timesteps, ids, words, boxes, tags, weights, tagged):
        hidden, pooled = encode_text(self.text, ids)
        maps = []
        error = (predict(self.unet, sample, timesteps, hidden, pooled, maps).float() - wanted).square()
        diffusion = (error * weights).mean() / weights.mean()
        bce = F.binary_cross_entropy_with_logits(self.tags(pooled).float(), tags, reduction="none").mean(dim=1)
        return diffusion, (bce * tagged).sum() / tagged.sum(), grounding_loss(maps, words, boxes), error.mean(dim=(1, 2, 3))


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    tokenizer = load_tokenizer(args.tokenizer)
    batches = Batches(args, tokenizer)
    model = Model(tokenizer, batches.tag_count).to(memory_format=torch.channels_last)
    ema = Ema(model, 0.998)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    schedule = Schedule(args.rate, args.minutes, args.steps, warmup=150)
    checkpoint = Path(args.work) / "checkpoint.pt"
    resume = args.resume and checkpoint.exists()
    if resume:
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        ema.module.load_state_dict(state["ema"])
        optimizer.load_state_dict(state["optimizer"])
        ema.steps, schedule.step, schedule.spent = state["ema_steps"], state["step"], state["seconds"]
    rng = np.random.default_rng([args.seed, schedule.step])
    generator = torch.Generator().manual_seed(args.seed + schedule.step)
    log = LogTable("generator", "UNet and text encoder training", ["minutes", "step", "rows", "loss_plain", "loss_edit", "loss_tags", "loss_places", "rows_per_s"], resume)
    run = model if args.no_compile else torch.compile(model, dynamic=False)
    tuner = ThreadTuner(args.threads)
    size = args.plain + 2 * args.pairs
    history, reported, reported_step, saved = [], time.time(), schedule.step, time.time()
    while schedule.progress < 1:
        began = time.time()
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate()
        batch = batches.draw(rng, generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            diffusion, words, places, rows = run(*batch)
        (diffusion + 0.3 * words + 0.05 * places).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step += 1
        ema.update(model)
        rows = rows.detach()
        history.append((rows[: args.plain].mean().item(), rows[args.plain + 1 :: 2].mean().item(), words.item(), places.item()))
        tuner.tick(schedule.step, time.time() - began)
        if schedule.step % 200 == 0 or schedule.progress >= 1:
            plain, edit, tags, places = np.mean(history[-200:], axis=0)
            speed = (schedule.step - reported_step) * size / (time.time() - reported)
            log.row(minutes=schedule.seconds / 60, step=schedule.step, rows=schedule.step * size, loss_plain=float(plain), loss_edit=float(edit), loss_tags=float(tags), loss_places=float(places), rows_per_s=speed)
            reported, reported_step = time.time(), schedule.step
        if time.time() - saved > 120 or schedule.progress >= 1:
            state = {"model": model.state_dict(), "ema": ema.module.state_dict(), "optimizer": optimizer.state_dict()}
            save(checkpoint, {**state, "ema_steps": ema.steps, "step": schedule.step, "seconds": schedule.seconds})
            saved = time.time()
    save(Path(args.work) / "generator.pt", {"ema": ema.module.state_dict(), "step": schedule.step})


if __name__ == "__main__":
    main()
