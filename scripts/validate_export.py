#!/usr/bin/env python3
"""Open an export with the real `datasets` library and train on it for a few steps.

    python scripts/validate_export.py EXPORT [--steps 10]
    python scripts/validate_export.py EXPORT --trainer train_instruct_pix2pix.py

The first form loads the export without any flag, decodes every image, and runs `--steps` optimiser steps of
InstructPix2Pix training in the manner of diffusers' stock script, on a tiny model with random weights. The second
runs the stock script itself, as a subprocess, on the same tiny model. Neither needs a network or a GPU.
docs/validate-export.md says what to install. Exits with 1 and one clear line if anything is wrong.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Everything is local; a lookup on a hub would only hide a mistake.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

RESOLUTION = 64
REQUIRED = {"input_image": "Image", "edit_prompt": "string", "edited_image": "Image"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path, help="folder written by the parquet or imagefolder profile")
    parser.add_argument("--steps", type=int, default=10, help="training steps to run; 0 only loads")
    parser.add_argument("--trainer", type=Path, help="diffusers' examples/instruct_pix2pix/train_instruct_pix2pix.py")
    parser.add_argument("--config", help="configuration to load instead of the default one, such as 'preference'")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="validate-export-") as scratch:
        try:
            dataset = load(args.export, args.config, Path(scratch) / "cache")
            if args.steps > 0 and args.config is None:
                model = make_tiny_model(Path(scratch) / "model")
                if args.trainer:
                    run_stock_trainer(args.trainer, args.export, model, Path(scratch), args.steps)
                else:
                    train(dataset["train"], model, args.steps)
        except Failure as failure:
            print(f"FAILED: {failure}", file=sys.stderr)
            return 1
    print("OK")
    return 0


class Failure(Exception):
    """What is wrong with the export, for people."""


def load(folder: Path, config: str | None, cache: Path):
    """`load_dataset(folder)`, nothing else, then every row once."""
    import datasets

    dataset = datasets.load_dataset(str(folder), config, cache_dir=str(cache))
    print(f"datasets {datasets.__version__} opened {folder}: " + ", ".join(f"{k} {v.num_rows}" for k, v in dataset.items()))
    if "train" not in dataset:
        raise Failure("there is no split named train")
    features = dataset["train"].features
    if config is None:
        for name, kind in REQUIRED.items():
            feature = features.get(name)
            found = getattr(feature, "dtype", None) if kind == "string" else type(feature).__name__
            if found != kind:
                raise Failure(f"column {name} is {feature}, not {kind}")
    images = [name for name, feature in features.items() if type(feature).__name__ == "Image"]
    decoded = 0
    for split in dataset.values():
        for row in split:
            for name in images:
                if row[name] is None:
                    if name != "mask_image":
                        raise Failure(f"{name} is null in a row")
                    continue
                row[name].convert("RGB")
                decoded += 1
    expected = folder / "export.json"
    if config is None and expected.exists():
        rows = json.loads(expected.read_text())["rows"]
        found = sum(split.num_rows for split in dataset.values())
        if rows != found:
            raise Failure(f"{found} rows were loaded, export.json says {rows}")
    print(f"{decoded} images decoded; columns: {', '.join(features)}")
    return dataset


def make_tiny_model(folder: Path) -> Path:
    """A Stable Diffusion 1.5 layout, small and with random weights: enough to run the trainer's every line."""
    import torch
    from diffusers import AutoencoderKL, DDPMScheduler, StableDiffusionPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(0)
    vocabulary = write_tokenizer(folder / "tokenizer")
    text = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
        pad_token_id=vocabulary - 1,
    )
    pipeline = StableDiffusionPipeline(
        unet=UNet2DConditionModel(
            sample_size=RESOLUTION // 8,
            block_out_channels=(32, 64),
            layers_per_block=1,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=32,
            attention_head_dim=8,
            norm_num_groups=16,
        ),
        vae=AutoencoderKL(
            block_out_channels=(16, 16, 32, 32),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            norm_num_groups=16,
        ),
        text_encoder=CLIPTextModel(text),
        tokenizer=load_tokenizer(folder / "tokenizer"),
        scheduler=DDPMScheduler(
            beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, clip_sample=False, steps_offset=1
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(folder)
    return folder


def write_tokenizer(folder: Path) -> int:
    """A CLIP tokenizer without merges: one token a byte. Returns the size of its vocabulary."""
    from tokenizers.pre_tokenizers import ByteLevel

    letters = sorted(ByteLevel.alphabet())
    tokens = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({token: index for index, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "CLIPTokenizer", "model_max_length": 77}))
    return len(tokens)


def load_tokenizer(folder: Path):
    from transformers import CLIPTokenizer

    return CLIPTokenizer.from_pretrained(folder)


def train(dataset, model: Path, steps: int) -> None:
    """InstructPix2Pix steps: eight input channels, latents of both images, dropped conditions, noise prediction."""
    import torch
    from diffusers import StableDiffusionPipeline

    torch.manual_seed(0)
    pipeline = StableDiffusionPipeline.from_pretrained(model, safety_checker=None)
    unet, vae, text_encoder = pipeline.unet, pipeline.vae.eval(), pipeline.text_encoder.eval()
    widen_input(unet)
    optimiser = torch.optim.AdamW(unet.parameters(), lr=1e-4)
    nothing = text_encoder(tokenise(pipeline.tokenizer, [""]))[0].detach()
    scheduler = pipeline.scheduler
    losses = []
    for step in range(steps):
        rows = [dataset[(2 * step + offset) % len(dataset)] for offset in range(2)]
        source, target = (pixels(rows, name) for name in ("input_image", "edited_image"))
        with torch.no_grad():
            latents = vae.encode(target).latent_dist.sample() * vae.config.scaling_factor
            condition = vae.encode(source).latent_dist.mode()
            words = text_encoder(tokenise(pipeline.tokenizer, [row["edit_prompt"] for row in rows]))[0]
        noise = torch.randn_like(latents)
        times = torch.randint(0, scheduler.config.num_train_timesteps, (len(rows),))
        drop = torch.rand(len(rows))
        words = torch.where((drop < 0.1)[:, None, None], nothing, words)
        condition = condition * (drop >= 0.05).float()[:, None, None, None]
        noisy = scheduler.add_noise(latents, noise, times)
        predicted = unet(torch.cat([noisy, condition], dim=1), times, words).sample
        loss = torch.nn.functional.mse_loss(predicted, noise)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(unet.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    if not all(loss == loss and loss < float("inf") for loss in losses):
        raise Failure(f"the training loss is not finite: {losses}")
    print(f"{steps} training steps, loss " + " ".join(f"{loss:.3f}" for loss in losses))


def widen_input(unet) -> None:
    """Four more input channels for the source's latents, zero at the start (InstructPix2Pix, section 3.2)."""
    import torch

    old = unet.conv_in
    new = torch.nn.Conv2d(8, old.out_channels, old.kernel_size, old.stride, old.padding)
    with torch.no_grad():
        new.weight.zero_()
        new.weight[:, :4].copy_(old.weight)
        new.bias.copy_(old.bias)
    unet.conv_in = new
    unet.register_to_config(in_channels=8)


def pixels(rows, name: str):
    import numpy as np
    import torch

    images = [np.array(row[name].convert("RGB").resize((RESOLUTION, RESOLUTION))) for row in rows]
    return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 127.5 - 1


def tokenise(tokenizer, texts):
    return tokenizer(texts, max_length=77, padding="max_length", truncation=True, return_tensors="pt").input_ids


def run_stock_trainer(trainer: Path, export: Path, model: Path, scratch: Path, steps: int) -> None:
    """diffusers' own script, with no column flags: the defaults must fit."""
    data = ["--train_data_dir", str(export / "train")] if (export / "train").is_dir() else ["--dataset_name", str(export)]
    command = [
        sys.executable, str(trainer),
        "--pretrained_model_name_or_path", str(model), *data,
        "--resolution", str(RESOLUTION), "--train_batch_size", "2", "--max_train_steps", str(steps),
        "--learning_rate", "1e-4", "--conditioning_dropout_prob", "0.05", "--seed", "1",
        "--output_dir", str(scratch / "trained"), "--cache_dir", str(scratch / "trainer-cache"),
    ]  # fmt: skip
    finished = subprocess.run(command, capture_output=True, text=True)
    log = finished.stdout + finished.stderr
    if finished.returncode != 0:
        raise Failure("the stock trainer stopped:\n" + "\n".join(log.splitlines()[-20:]))
    if not (scratch / "trained" / "unet").is_dir():
        raise Failure("the stock trainer ended without saving a model")
    last = [line for line in log.replace("\r", "\n").splitlines() if "step_loss" in line]
    print(f"{trainer.name}: {last[-1].strip() if last else f'{steps} steps'}")


if __name__ == "__main__":
    sys.exit(main())
