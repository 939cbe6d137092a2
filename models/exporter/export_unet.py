"""A diffusers UNet → `unet.onnx` and `unet.controlled.onnx` over one set of weights."""

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from torch.export import Dim

from .controlled_unet import ControlledUNet, ControlPlan, PlainUNet, attention_layers
from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


def export_unet(
    unet: UNet2DConditionModel,
    out_dir: str | Path,
    storage: str = "fp16",
    *,
    latent_size: int | None = None,
    tokens: int = 77,
    cross_maps_resolution: int | None = None,
    self_gate_max_tokens: int | None = None,
    shard_bytes: int = 15_000_000,
) -> dict:
    """Writes both graphs and returns the manifest's `generator.unet`.

    `latent_size`: native latent side (default: the checkpoint's `sample_size`); the graphs take any batch and any
    h, w divisible by 2^(downsamplings). `tokens`: length T of the text. `cross_maps_resolution`: R of the output
    `cross_maps` (default: a quarter of the latent side, 16 of 64 in SD1.x, if such a layer exists, else the
    finest grid with cross-attention). `self_gate_max_tokens`: self-attention is gated on layers with at most so
    many tokens at the native size (default R²). Replaces the attention processors of `unet` in place.
    """
    refuse_other_conditioning(unet)
    unet = unet.eval().float()
    latent_size = latent_size or unet.config.sample_size
    resolution = cross_maps_resolution or default_resolution(unet, latent_size)
    plan = ControlPlan(latent_size, self_gate_max_tokens or resolution**2, resolution)
    controlled, plain = ControlledUNet(unet, plan), PlainUNet(unet)

    plain_inputs = example_inputs(unet, 3, latent_size, tokens)
    controlled_inputs = {**plain_inputs, **no_control(3, tokens)}
    graphs = {
        "unet.onnx": trace(plain, plain_inputs, ["out_sample"], _dynamic(unet, plain_inputs)),
        "unet.controlled.onnx": trace(
            controlled, controlled_inputs, ["out_sample", "cross_maps"], _dynamic(unet, controlled_inputs)
        ),
    }
    save_with_shared_weights(graphs, Path(out_dir), "unet", storage, shard_bytes)
    fragment = {
        "plain": "unet.onnx",
        "controlled": "unet.controlled.onnx",
        "conditioning": "sdxl" if takes_size_conditioning(unet) else "none",
        "crossAttentionSize": int(unet.config.cross_attention_dim),
        "selfGateMaxTokens": plan.self_gate_max_tokens,
        "crossMapsResolution": resolution,
        "attentionLayers": [
            {"name": layer.name, "kind": layer.kind, "heads": layer.heads} for layer in controlled.layers
        ],
    }
    if takes_size_conditioning(unet):
        fragment["pooledSize"] = pooled_size(unet)
    return fragment


def default_resolution(unet: UNet2DConditionModel, latent_size: int) -> int:
    """R of `cross_maps`: a quarter of the latent side where a cross-attention layer has it, else the finest grid."""
    grids = {latent_size >> layer.level for layer in attention_layers(unet) if layer.kind == "cross"}
    return latent_size // 4 if latent_size // 4 in grids else max(grids)


def refuse_other_conditioning(unet: UNet2DConditionModel) -> None:
    """Fails on inputs that a pack's graph does not have; without them such a UNet would run and be wrong."""
    unknown = ["class_embed_type", "num_class_embeds", "encoder_hid_dim_type", "time_cond_proj_dim"]
    found = [option for option in unknown if unet.config.get(option) is not None]
    if found:
        raise ValueError(f"the UNet is conditioned by {', '.join(found)}, which packs do not know")


def takes_size_conditioning(unet: UNet2DConditionModel) -> bool:
    """True for SDXL's pooled text and size conditioning; fails on conditioning that packs do not know."""
    kind = unet.config.addition_embed_type
    if kind not in (None, "text_time"):
        raise ValueError(f'addition_embed_type "{kind}" is not supported; packs know none and "text_time" (SDXL)')
    return kind == "text_time"


def pooled_size(unet: UNet2DConditionModel) -> int:
    """P of `text_embeds`: what the additional embedding takes beside six embedded numbers."""
    return int(unet.config.projection_class_embeddings_input_dim - 6 * unet.config.addition_time_embed_dim)


def example_inputs(unet: UNet2DConditionModel, batch: int, latent_size: int, tokens: int) -> dict[str, torch.Tensor]:
    """Standard normal inputs of the plain graph."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)

    inputs = {
        "sample": normal(batch, unet.config.in_channels, latent_size, latent_size),
        "timestep": torch.full((batch,), 500.0),
        "encoder_hidden_states": normal(batch, tokens, unet.config.cross_attention_dim),
    }
    if takes_size_conditioning(unet):
        inputs["text_embeds"] = normal(batch, pooled_size(unet))
        inputs["time_ids"] = torch.tensor([[64.0, 64, 0, 0, 64, 64]]).repeat(batch, 1)
    return inputs


def no_control(rows: int, tokens: int) -> dict[str, torch.Tensor]:
    """Control inputs that leave the UNet as it is."""
    return {
        "source_row": torch.arange(rows),
        "cross_map": torch.eye(tokens).repeat(rows, 1, 1),
        "cross_alpha": torch.zeros(rows, tokens),
        "cross_scale": torch.ones(rows, tokens),
        "self_gate": torch.zeros(rows),
    }


def _dynamic(unet, inputs) -> dict[str, dict[int, object]]:
    factor = 2 ** (len(unet.config.block_out_channels) - 1)
    batch = Dim("batch")
    axes = {name: {0: batch} for name in inputs}
    axes["sample"].update({2: factor * Dim("rows"), 3: factor * Dim("columns")})
    return axes
