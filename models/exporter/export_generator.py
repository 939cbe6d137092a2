"""A diffusers pipeline folder (SD1.x, SDXL, SDXL-Turbo) → the generator role of a pack."""

import gc
import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from .export_text_encoder import export_text_encoder
from .export_unet import export_unet
from .export_vae import export_vae
from .read_preprocessing import copy_tokenizer
from .read_scheduler import read_scheduler

TURBO_STEPS, USUAL_STEPS = [3, 5, 8], [20, 30]
"""Few-step packs take the published choices of UltraEdit, others a common quality setting."""


def export_generator(
    folder: Path,
    out_dir: Path,
    storage: str,
    *,
    scheduler: str | None = None,
    size: int | None = None,
    steps: list[int] | None = None,
    guidance: float | None = None,
    cross_maps_resolution: int | None = None,
    self_gate_max_tokens: int | None = None,
    shard_bytes: int = 15_000_000,
) -> dict:
    """Exports every part of the pipeline and returns the manifest's `generator`.

    `size`: native image side in pixels (default: the UNet's `sample_size` times the VAE's factor).
    """
    index = _json(folder / "model_index.json")
    is_xl = index.get("text_encoder_2", [None, None])[1] is not None
    if is_xl and index.get("text_encoder", [None, None])[1] is None:
        raise ValueError(f"{folder} has only the second text encoder: refiners are not supported")
    schedule = read_scheduler(_json(folder / "scheduler" / "scheduler_config.json"), scheduler)
    tokenizers, encoders = _text(folder, out_dir, storage, is_xl, shard_bytes)

    vae = _load(AutoencoderKL, folder, "vae")
    vae_factor = 2 ** (len(vae.config.block_out_channels) - 1)
    unet_config = _json(folder / "unet" / "config.json")
    side = size or unet_config["sample_size"] * vae_factor
    vae_part = export_vae(vae, out_dir, storage, image_size=min(side, 8 * vae_factor), shard_bytes=shard_bytes)
    del vae
    gc.collect()

    unet = _load(UNet2DConditionModel, folder, "unet")
    if unet.config.in_channels != vae_part["latentChannels"]:
        raise ValueError(f"the UNet takes {unet.config.in_channels} channels: inpainting and editing UNets do not fit")
    unet_part = export_unet(
        unet,
        out_dir,
        storage,
        latent_size=side // vae_factor,
        tokens=tokenizers[0]["maxLength"],
        cross_maps_resolution=cross_maps_resolution,
        self_gate_max_tokens=self_gate_max_tokens,
        shard_bytes=shard_bytes,
    )
    is_turbo = schedule["kind"] == "lcm" or (
        schedule["kind"] == "euler-ancestral" and schedule["timestepSpacing"] == "trailing"
    )
    return {
        "tokenizers": tokenizers,
        "textEncoders": encoders,
        "unet": unet_part,
        "vae": vae_part,
        "scheduler": schedule,
        "unconditional": "zeros" if index.get("force_zeros_for_empty_prompt") else "empty-caption",
        "sizes": [[side, side]],
        "defaults": {
            "steps": steps or (TURBO_STEPS if is_turbo else USUAL_STEPS),
            "strength": 0.6,
            "guidance": guidance or (1.0 if is_turbo else 5.0 if is_xl else 7.5),
            "controlThreshold": [0.1, 0.9],
        },
    }


def _text(folder: Path, out_dir: Path, storage: str, is_xl: bool, shard_bytes: int) -> tuple[list[dict], list[dict]]:
    tokenizers = [copy_tokenizer(folder / "tokenizer", out_dir, "tokenizer")]
    if not is_xl:
        model = _load(CLIPTextModel, folder, "text_encoder")
        return tokenizers, [export_text_encoder(model, out_dir, storage, shard_bytes=shard_bytes)]
    tokenizers.append(copy_tokenizer(folder / "tokenizer_2", out_dir, "tokenizer_2"))
    first = _load(CLIPTextModel, folder, "text_encoder")
    second = _load(CLIPTextModelWithProjection, folder, "text_encoder_2")
    common = {"hidden": "penultimate", "shard_bytes": shard_bytes}
    return tokenizers, [
        export_text_encoder(first, out_dir, storage, name="text_encoder", tokenizer=0, **common),
        export_text_encoder(second, out_dir, storage, name="text_encoder_2", tokenizer=1, pooled=True, **common),
    ]


def _load(kind, folder: Path, subfolder: str) -> torch.nn.Module:
    """Full-precision files, or the "fp16" variant where a checkpoint has nothing else."""
    names = [path.name for path in (folder / subfolder).iterdir()]
    only_half = any(".fp16." in name for name in names) and not any(
        name.endswith((".safetensors", ".bin")) and ".fp16." not in name for name in names
    )
    return kind.from_pretrained(folder / subfolder, variant="fp16" if only_half else None)


def _json(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))
