"""Trains the decoder on, while the encoder (and so every latent made of it) stays: python train_decoder.py --data DIR
--latents DIR --heldout DIR --vae vae.pt --minutes 20 [--resume]. Writes decoder.pt beside its checkpoint.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from common import Dataset, Ema, LogTable, Schedule, save, to_pixels
from train_vae import gradient_loss, psnr
from vae import FACTOR, Vae


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--latents", required=True)
    parser.add_argument("--heldout", required=True)
    parser.add_argument("--vae", required=True)
    parser.add_argument("--work", default=str(Path(__file__).resolve().parents[1] / ".work" / "decoder"))
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--cells", type=int, default=8, help="side of a crop in latent cells")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--noise", type=float, default=0.08)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


def crops(data, latents, rng, batch, cells):
    """Crops of latents with the pixels they stand for, [B,16,cells,cells] and [B,3,16*cells,16*cells]."""
    small, large = [], []
    for index in rng.integers(len(latents), size=batch):
        top, left = rng.integers(0, latents.shape[2] - cells + 1, 2)
        small.append(latents[index, :, top : top + cells, left : left + cells])
        y, x, side = top * FACTOR, left * FACTOR, cells * FACTOR
        large.append(data.images[index, y : y + side, x : x + side])
    return torch.from_numpy(np.stack(small).astype(np.float32)), to_pixels(np.stack(large))


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = np.random.default_rng(args.seed)
    data, heldout, latents = Dataset(args.data), Dataset(args.heldout), np.load(Path(args.latents) / "latents.npy")
    vae = Vae().to(memory_format=torch.channels_last)
    vae.load_state_dict(torch.load(args.vae, weights_only=True))
    vae.encoder.eval().requires_grad_(False)
    decoder = vae.decoder
    ema = Ema(decoder, 0.998)
    whole = Vae().eval()
    whole.encoder, whole.decoder = vae.encoder, ema.module
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)
    schedule = Schedule(args.rate, args.minutes, args.steps, warmup=50)
    checkpoint = Path(args.work) / "checkpoint.pt"
    resume = args.resume and checkpoint.exists()
    if resume:
        state = torch.load(checkpoint, weights_only=True)
        decoder.load_state_dict(state["decoder"])
        ema.module.load_state_dict(state["ema"])
        optimizer.load_state_dict(state["optimizer"])
        ema.steps, schedule.step, schedule.spent = state["ema_steps"], state["step"], state["seconds"]
        rng = np.random.default_rng([args.seed, schedule.step])
    log = LogTable("decoder", "Decoder training, encoder frozen", ["minutes", "step", "crops", "loss", "psnr_heldout", "crops_per_s"], resume)

    def objective(codes, pixels):
        difference = decoder(codes).float() - pixels
        return difference.abs().mean() + 6 * difference.square().mean() + 0.25 * gradient_loss(difference)

    run = objective if args.no_compile else torch.compile(objective, dynamic=False)
    losses, reported, reported_step, saved = [], time.time(), schedule.step, time.time()
    while schedule.progress < 1:
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate()
        codes, pixels = crops(data, latents, rng, args.batch, args.cells)
        codes = (codes + torch.randn_like(codes) * args.noise).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = run(codes, pixels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step += 1
        ema.update(decoder)
        losses.append(loss.item())
        if schedule.step % 300 == 0 or schedule.progress >= 1:
            speed = (schedule.step - reported_step) * args.batch / (time.time() - reported)
            log.row(
                minutes=schedule.seconds / 60, step=schedule.step, crops=schedule.step * args.batch,
                loss=float(np.mean(losses[-300:])), psnr_heldout=psnr(whole, heldout, 32), crops_per_s=speed,
            )
            reported, reported_step = time.time(), schedule.step
        if time.time() - saved > 60 or schedule.progress >= 1:
            state = {"decoder": decoder.state_dict(), "ema": ema.module.state_dict(), "optimizer": optimizer.state_dict()}
            save(checkpoint, {**state, "ema_steps": ema.steps, "step": schedule.step, "seconds": schedule.seconds})
            saved = time.time()
    save(Path(args.work) / "decoder.pt", ema.module.state_dict())


if __name__ == "__main__":
    main()
