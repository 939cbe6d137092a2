"""What the perception trainers share: command line, schedule, averaged weights, checkpoints and batches."""

from __future__ import annotations

import argparse
import copy
import math
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional as F


def arguments(description: str, steps: int, batch: int, rate: float) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training split")
    parser.add_argument("--tokenizer", type=Path, help="folder with vocab.json and merges.txt")
    parser.add_argument("--edits", type=Path, help="CLIP only: folder of pairs before and after an edit, to learn small differences from")
    parser.add_argument("--work", type=Path, default=Path(__file__).parent.parent / ".work", help="checkpoints and caches")
    parser.add_argument("--steps", type=int, default=steps, help="length of the schedule; a resumed run may change it")
    parser.add_argument("--minutes", type=float, help="end after this wall time instead: the learning rate then falls with the clock, not with the steps")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate, help="peak learning rate")
    parser.add_argument("--rank", type=int, default=0, help="of several processes that train together, each on its own batches; 0 writes the checkpoint")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--port", type=int, default=29511, help="where the processes meet on this machine")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--checkpoint-seconds", type=float, default=60)
    chosen = parser.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    if chosen.processes > 1:
        meeting = f"tcp://127.0.0.1:{chosen.port}"
        distributed.init_process_group("gloo", init_method=meeting, rank=chosen.rank, world_size=chosen.processes, timeout=timedelta(minutes=10))
    return chosen


class Averaged:
    """Exponential moving average of weights; what is evaluated and exported. Early steps average over a shorter past."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        for mine, theirs in zip(self.model.parameters(), model.parameters()):
            mine.lerp_(theirs, 1 - decay)
        for mine, theirs in zip(self.model.buffers(), model.buffers()):
            mine.copy_(theirs)


@torch.no_grad()
def share(model: nn.Module, progress: float, processes: int) -> float:
    """Average the gradients of all processes in place; returns their mean progress, so that all stop at the same step."""
    if processes == 1:
        return progress
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([*(g.flatten() for g in gradients), torch.tensor([progress])]) / processes
    distributed.all_reduce(flat)
    for gradient, part in zip(gradients, flat[:-1].split([g.numel() for g in gradients])):
        gradient.copy_(part.view_as(gradient))
    return float(flat[-1])


def train(
    name: str,
    options: argparse.Namespace,
    model: nn.Module,
    count: int,
    step_loss: Callable[[np.ndarray, np.random.Generator, int], tuple[Tensor, dict[str, float]]],
    after_step: Callable[[int], None] | None = None,
    average: float = 0.998,
) -> None:
    """Minimise `step_loss(indices, rng, step)` with AdamW, warm-up and cosine decay; goes on from the last checkpoint.

    Batches and random draws are functions of (seed, step, rank), so a resumed run sees what an uninterrupted one would.
    """
    decayed = [p for p in model.parameters() if p.requires_grad and p.ndim > 1]
    plain = [p for p in model.parameters() if p.requires_grad and p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}], lr=options.rate, betas=(0.9, 0.98)
    )
    averaged = Averaged(model, average)
    path = options.work / f"{name}.pt"
    start, seconds, passed = 0, 0.0, 0.0
    if path.exists():
        saved = torch.load(path, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["model"])
        averaged.model.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        start, seconds, passed = saved["step"], saved["seconds"], saved.get("progress", 0.0)
        print(f"{name}: resuming at step {start}", flush=True)

    def progress(step: int) -> float:
        """Share of the schedule that is behind, in [0,1]."""
        if options.minutes:
            return min(1.0, passed + (1 - passed) * (time.time() - began) / 60 / options.minutes)
        return step / options.steps

    def save(step: int) -> None:
        if options.rank:
            return
        state = {
            "model": model.state_dict(),
            "averaged": averaged.model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "seconds": seconds + time.time() - began,
            "batch": options.batch,
            "progress": progress(step),
        }
        torch.save(state, path.with_suffix(".partial"))
        os.replace(path.with_suffix(".partial"), path)

    began = last_saved = last_logged = time.time()
    running: dict[str, float] = {}
    used = time.process_time()
    model.train()
    step = start
    done = progress(step)
    while done < 1:
        rng = np.random.default_rng([options.seed, step, options.rank])
        indices = batch_indices(count, options.batch * options.processes, options.seed, step)[options.rank :: options.processes]
        loss, parts = step_loss(indices, rng, step)
        rate = options.rate * min(1, (step + 1) / 30) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        done = share(model, progress(step + 1), options.processes)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        averaged.update(model, step)
        if after_step:
            after_step(step)
        for key, value in {"loss": loss.item(), **parts}.items():
            running[key] = running.get(key, value) * 0.95 + value * 0.05
        step += 1
        if time.time() - last_logged > 15 or done >= 1:
            total = seconds + time.time() - began
            pace = (step - start) * options.batch / (time.time() - began)
            print(
                f"{name} step {step} ({done:.0%}) {total:.0f}s {pace:.0f}/s ({(step - start) * options.batch / (time.process_time() - used):.0f} a processor second) " + " ".join(f"{k} {v:.4f}" for k, v in running.items()),
                flush=True,
            )
            last_logged = time.time()
        if time.time() - last_saved > options.checkpoint_seconds:
            save(step)
            last_saved = time.time()
    save(step)


def batch_indices(count: int, batch: int, seed: int, step: int) -> np.ndarray:
    """Sorted scene numbers of one batch: a fresh permutation of the split for every epoch."""
    per_epoch = max(1, count // batch)
    order = np.random.default_rng([seed, 1 << 20, step // per_epoch]).permutation(count)
    first = (step % per_epoch) * batch
    return np.sort(order[first : first + batch])


def halved(images: np.ndarray) -> np.ndarray:
    """uint8 [N,S,S,3] → [N,S/2,S/2,3], the rounded mean over 2×2 pixels: what the average pooling inside the exported graphs does."""
    block = images.astype(np.uint16)
    total = block[:, 0::2, 0::2] + block[:, 1::2, 0::2] + block[:, 0::2, 1::2] + block[:, 1::2, 1::2]
    return ((total + 2) >> 2).astype(np.uint8)


def half_size(images: np.ndarray, name: str, work: Path) -> np.ndarray:
    """All images halved, cached in `work`."""
    side = images.shape[1] // 2
    path = work / f"half-{name}-{len(images)}.u8"
    if not path.exists():
        partial = path.with_suffix(".partial")
        with partial.open("wb") as out:
            for first in range(0, len(images), 256):
                out.write(halved(images[first : first + 256]).tobytes())
        os.replace(partial, path)
    return np.memmap(path, dtype=np.uint8, mode="r", shape=(len(images), side, side, 3))


def to_pixels(images: np.ndarray) -> Tensor:
    """uint8 [B,H,W,3] → float32 [B,3,H,W] in [-1, 1], channels last in memory."""
    return torch.from_numpy(images).permute(0, 3, 1, 2).to(torch.float32).div_(127.5).sub_(1).contiguous(memory_format=torch.channels_last)


def disturb(pixels: Tensor, rng: np.random.Generator) -> Tensor:
    """Small faults that generated images have and rendered scenes have not: blur, noise, a shift of exposure.

    Half of the batch stays as it is. Hue is never touched, because colours are what the models must tell apart.
    """
    chosen = torch.from_numpy(np.flatnonzero(rng.random(len(pixels)) < 0.5))
    if len(chosen) == 0:
        return pixels
    part = pixels[chosen]
    blurred = F.interpolate(F.avg_pool2d(part, 2), scale_factor=2, mode="bilinear")
    share = torch.from_numpy(rng.choice([0.0, 0.5, 0.9], size=len(part)).astype(np.float32)).view(-1, 1, 1, 1)
    part = part.lerp(blurred, share)
    gain = torch.from_numpy(rng.uniform(0.9, 1.1, size=(len(part), 1, 1, 1)).astype(np.float32))
    offset = torch.from_numpy(rng.uniform(-0.08, 0.08, size=(len(part), 1, 1, 1)).astype(np.float32))
    part = part * gain + offset + grain(part, rng) * float(rng.uniform(0, 0.06))
    pixels = pixels.clone()
    pixels[chosen] = part.clamp(-1, 1)
    return pixels


_GRAIN: dict[int, Tensor] = {}


def grain(like: Tensor, rng: np.random.Generator) -> Tensor:
    """Gaussian noise [3,H,W] for a batch, rolled from one fixed sheet: drawing it anew takes an eighth of a step."""
    side = like.shape[-1]
    if side not in _GRAIN:
        sheet = np.random.default_rng(side).standard_normal((3, side, side), dtype=np.float32)
        _GRAIN[side] = torch.from_numpy(sheet)
    return torch.roll(_GRAIN[side], (int(rng.integers(side)), int(rng.integers(side))), (1, 2))


def pick_one(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross entropy of each true entry of a row against the row's false ones; `logits` and `truth` (0 or 1) are [B,K]."""
    false = (logits - 1e4 * truth).logsumexp(1, keepdim=True)
    return (F.softplus(false - logits) * truth).sum() / truth.sum().clamp(min=1)


def low_precision() -> torch.autocast:
    """bfloat16 where the CPU has it natively: two to three times the speed of float32 in convolutions."""
    return torch.autocast("cpu", dtype=torch.bfloat16)
