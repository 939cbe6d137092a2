"""A diffusers AutoencoderKL → `vae.encoder.onnx` (posterior mean) and `vae.decoder.onnx`."""

from pathlib import Path

import torch
from diffusers import AutoencoderKL
from torch.export import Dim

from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


class _Encoder(torch.nn.Module):
    def __init__(self, vae: AutoencoderKL):
        super().__init__()
        self.vae = vae

    def forward(self, pixels):
        moments = self.vae.encoder(pixels)
        if self.vae.quant_conv is not None:
            moments = self.vae.quant_conv(moments)
        return moments.chunk(2, dim=1)[0]


class _Decoder(torch.nn.Module):
    def __init__(self, vae: AutoencoderKL):
        super().__init__()
        self.vae = vae

    def forward(self, latents):
        if self.vae.post_quant_conv is not None:
            latents = self.vae.post_quant_conv(latents)
        return self.vae.decoder(latents)


def export_vae(
    vae: AutoencoderKL, out_dir: str | Path, storage: str = "fp16", *, image_size: int, shard_bytes: int = 15_000_000
) -> dict:
    """Writes both graphs for any batch and any size divisible by the factor; returns the manifest's `generator.vae`.

    `image_size`: pixels of one side of the example that is traced. Encoder: `pixels` [B,3,H,W] in [-1,1] → `mean`
    [B,C,h,w], unscaled. Decoder: unscaled `latents` → `pixels`, not clamped.
    """
    if vae.config.get("latents_mean") or vae.config.get("latents_std"):
        raise ValueError("this VAE normalises each latent channel (latents_mean/latents_std), which packs do not know")
    vae = vae.eval().float()
    factor = 2 ** (len(vae.config.block_out_channels) - 1)
    batch, rows, columns = Dim("batch"), Dim("rows"), Dim("columns")
    generator = torch.Generator().manual_seed(0)
    pixels = torch.rand(2, 3, image_size, image_size, generator=generator) * 2 - 1
    latents = torch.randn(
        2, vae.config.latent_channels, image_size // factor, image_size // factor, generator=generator
    )
    graphs = {
        "vae.encoder.onnx": trace(
            _Encoder(vae), {"pixels": pixels}, ["mean"], {"pixels": {0: batch, 2: factor * rows, 3: factor * columns}}
        ),
        "vae.decoder.onnx": trace(
            _Decoder(vae), {"latents": latents}, ["pixels"], {"latents": {0: batch, 2: rows, 3: columns}}
        ),
    }
    save_with_shared_weights(graphs, Path(out_dir), "vae", storage, shard_bytes)
    return {
        "encoder": "vae.encoder.onnx",
        "decoder": "vae.decoder.onnx",
        "factor": factor,
        "latentChannels": int(vae.config.latent_channels),
        "scalingFactor": float(vae.config.scaling_factor),
        "shiftFactor": float(vae.config.get("shift_factor") or 0),
    }
