"""Trains the VAE on random crops: python train_vae.py --data DIR --heldout DIR --minutes 25 [--resume]"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from common import Dataset, Ema, LogTable, Schedule, ThreadTuner, save, to_pixels
from vae import FACTOR, Vae


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--heldout", required=True)
    parser.add_argument("--work", default=str(Path(__file__).resolve().parents[1] / ".work" / "vae"))
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--crop", type=int, default=128)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--noise", type=float, default=0.12, help="standard deviation of the noise on the latents")
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


def crops(data, rng, batch, size):
    """Random crops, half of them mirrored; the corners are free, not aligned to the latent grid."""
    out = np.empty((batch, size, size, 3), np.uint8)
    for row in range(batch):
        top, left = rng.integers(0, data.meta["size"] - size + 1, 2)
        crop = data.images[rng.integers(len(data)), top : top + size, left : left + size]
        out[row] = crop[:, ::-1] if rng.random() < 0.5 else crop
    return to_pixels(out)


def gradient_loss(difference):
    """Mean absolute difference of neighbouring pixels of the error, at three scales: edges, without a perceptual network."""
    loss = 0.0
    for scale in (1, 2, 4):
        level = difference if scale == 1 else F.avg_pool2d(difference, scale)
        loss = loss + (level[..., 1:] - level[..., :-1]).abs().mean() + (level[..., 1:, :] - level[..., :-1, :]).abs().mean()
    return loss / 6


def reconstruction_loss(output, pixels):
    difference = output.float() - pixels
    return difference.abs().mean() + 2 * difference.square().mean() + 0.5 * gradient_loss(difference)


@torch.no_grad()
def psnr(vae, data, count=64):
    """Mean over images of 10 log10(1 / MSE), pixels in [0,1], without noise on the latents."""
    values = []
    for start in range(0, min(count, len(data)), 8):
        pixels = to_pixels(data.images[start : start + 8])
        output = vae.decode(vae.encode(pixels)).clamp(-1, 1)
        mse = ((output - pixels) / 2).square().mean(dim=(1, 2, 3))
        values += (-10 * mse.log10()).tolist()
    return float(np.mean(values))


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    data, heldout = Dataset(args.data), Dataset(args.heldout)
    vae = Vae().to(memory_format=torch.channels_last)
    ema = Ema(vae, 0.998)
    optimizer = torch.optim.AdamW(vae.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)
    schedule = Schedule(args.rate, args.minutes, args.steps)
    checkpoint = Path(args.work) / "checkpoint.pt"
    resume = args.resume and checkpoint.exists()
    if resume:
        state = torch.load(checkpoint, weights_only=True)
        vae.load_state_dict(state["vae"])
        ema.module.load_state_dict(state["ema"])
        optimizer.load_state_dict(state["optimizer"])
        ema.steps, schedule.step, schedule.spent = state["ema_steps"], state["step"], state["seconds"]
        rng = np.random.default_rng([args.seed, schedule.step])
    log = LogTable("vae", "VAE training", ["minutes", "step", "crops", "loss", "psnr_heldout", "crops_per_s"], resume)

    def objective(pixels, noise, half):
        latents = vae.encode(pixels)
        loss = reconstruction_loss(vae.decode(latents + noise), pixels)
        if half:
            # A latent at half size must decode to the picture at half size: smooth latents are easier to generate.
            small = F.avg_pool2d(latents, 2)
            loss = loss + 0.5 * reconstruction_loss(vae.decode(small + noise[..., : small.shape[2], : small.shape[3]]), F.avg_pool2d(pixels, 2))
        return loss

    run = objective if args.no_compile else torch.compile(objective, dynamic=False)
    tuner = ThreadTuner(args.threads)
    losses, reported, reported_step, saved = [], time.time(), schedule.step, time.time()

    def checkpoint_now():
        state = {"vae": vae.state_dict(), "ema": ema.module.state_dict(), "optimizer": optimizer.state_dict()}
        save(checkpoint, {**state, "ema_steps": ema.steps, "step": schedule.step, "seconds": schedule.seconds})

    while schedule.progress < 1:
        began = time.time()
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate()
        pixels = crops(data, rng, args.batch, args.crop)
        side = args.crop // FACTOR
        noise = torch.randn(args.batch, 16, side, side) * args.noise
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = run(pixels, noise, schedule.step % 4 == 0)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step += 1
        ema.update(vae)
        losses.append(loss.item())
        tuner.tick(schedule.step, time.time() - began)
        if schedule.step % 250 == 0 or schedule.progress >= 1:
            speed = (schedule.step - reported_step) * args.batch / (time.time() - reported)
            log.row(
                minutes=schedule.seconds / 60, step=schedule.step, crops=schedule.step * args.batch,
                loss=float(np.mean(losses[-250:])), psnr_heldout=psnr(ema.module, heldout), crops_per_s=speed,
            )
            reported, reported_step = time.time(), schedule.step
        if time.time() - saved > 60 or schedule.progress >= 1:
            checkpoint_now()
            saved = time.time()
    save(Path(args.work) / "vae.pt", ema.module.state_dict())


if __name__ == "__main__":
    main()
