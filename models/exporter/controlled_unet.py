"""The two graphs of a pack's UNet: plain, and with prompt-to-prompt attention control inputs.

Works on any diffusers `UNet2DConditionModel` with standard attention (SD1.x, SD2.x, SDXL, SDXL-Turbo and
own trained ones). Both wrappers hold the same `unet`, so parameter names agree between their graphs.
"""

from dataclasses import dataclass

import torch
from diffusers import UNet2DConditionModel

from .attention_control import AttentionControl, ControlledAttention, assert_plain_attention


@dataclass(frozen=True)
class AttentionLayer:
    """One attention layer: module name, kind, heads, and the side of its token grid as latent side / 2**level."""

    name: str
    kind: str
    heads: int
    level: int


def attention_layers(unet: UNet2DConditionModel) -> list[AttentionLayer]:
    """All attention layers in the order of the forward pass, outermost (down) first."""
    depth = len(unet.config.block_out_channels)

    def level_of(name: str) -> int:
        block = name.split(".")
        if block[0] == "mid_block":
            return depth - 1
        return int(block[1]) if block[0] == "down_blocks" else depth - 1 - int(block[1])

    names = [name.removesuffix(".processor") for name in unet.attn_processors]
    rank = {"down_blocks": 0, "mid_block": 1, "up_blocks": 2}
    names.sort(key=lambda name: rank[name.split(".")[0]])
    modules = dict(unet.named_modules())
    return [
        AttentionLayer(name, "cross" if name.endswith("attn2") else "self", modules[name].heads, level_of(name))
        for name in names
    ]


@dataclass(frozen=True)
class ControlPlan:
    """Which layers obey the self gate and which record cross maps, by depth: the same at every image size.

    `latent_size` is the native latent side; a layer at level n has (latent_size / 2**n)**2 tokens there.
    """

    latent_size: int
    self_gate_max_tokens: int
    cross_maps_resolution: int | None

    def gates_self(self, layer: AttentionLayer) -> bool:
        return layer.kind == "self" and (self.latent_size >> layer.level) ** 2 <= self.self_gate_max_tokens

    def records_maps(self, layer: AttentionLayer) -> bool:
        return layer.kind == "cross" and (self.latent_size >> layer.level) == self.cross_maps_resolution


def install_control(unet: UNet2DConditionModel, plan: ControlPlan) -> list[AttentionLayer]:
    """Replaces the attention processors of `unet` in place; without control it computes what it did before."""
    layers = attention_layers(unet)
    modules = dict(unet.named_modules())
    for layer in layers:
        assert_plain_attention(layer.name, modules[layer.name])
        modules[layer.name].set_processor(ControlledAttention(plan.gates_self(layer), plan.records_maps(layer)))
    if plan.cross_maps_resolution is not None and not any(plan.records_maps(layer) for layer in layers):
        grids = sorted({plan.latent_size >> layer.level for layer in layers if layer.kind == "cross"})
        raise ValueError(f"no cross-attention layer has a {plan.cross_maps_resolution}² grid; this UNet has {grids}")
    return layers


class PlainUNet(torch.nn.Module):
    """`sample` [B,C,h,w], `timestep` float [B], `encoder_hidden_states` [B,T,D] (SDXL: `text_embeds` [B,P],
    `time_ids` [B,6]) → `out_sample` [B,C,h,w]."""

    def __init__(self, unet: UNet2DConditionModel):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states, text_embeds=None, time_ids=None):
        return _predict(self.unet, sample, timestep, encoder_hidden_states, text_embeds, time_ids, None)


class ControlledUNet(torch.nn.Module):
    """The plain inputs, then `source_row` [B] int64, `cross_map` [B,T,T], `cross_alpha` [B,T], `cross_scale` [B,T],
    `self_gate` [B] (see AttentionControl) → `out_sample` and, where the plan asks for it, `cross_maps` [B,T,R,R].

    `cross_maps` are the probabilities after control, averaged over heads and over the recording layers. At
    another size than the native one they have those layers' grid instead of R×R.
    """

    def __init__(self, unet: UNet2DConditionModel, plan: ControlPlan):
        super().__init__()
        self.unet = unet
        self.plan = plan
        self.layers = install_control(unet, plan)

    def forward(
        self, sample, timestep, encoder_hidden_states, source_row, cross_map, cross_alpha, cross_scale, self_gate,
        text_embeds=None, time_ids=None,
    ):  # fmt: skip
        control = AttentionControl(source_row, cross_map, cross_alpha, cross_scale, self_gate)
        out = _predict(self.unet, sample, timestep, encoder_hidden_states, text_embeds, time_ids, control)
        if self.plan.cross_maps_resolution is None:
            return out
        level = next(layer.level for layer in self.layers if self.plan.records_maps(layer))
        mean = torch.stack(control.maps).mean(dim=0)
        grid = (sample.shape[2] // 2**level, sample.shape[3] // 2**level)
        return out, mean.transpose(1, 2).reshape(mean.shape[0], mean.shape[2], *grid)


def _predict(unet, sample, timestep, encoder_hidden_states, text_embeds, time_ids, control):
    extra = None if text_embeds is None else {"text_embeds": text_embeds, "time_ids": time_ids}
    return unet(
        sample,
        timestep,
        encoder_hidden_states,
        added_cond_kwargs=extra,
        cross_attention_kwargs=None if control is None else {"control": control},
        return_dict=False,
    )[0]
