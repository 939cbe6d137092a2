"""Prompt-to-prompt attention control as an attention processor, so that it can live inside an exported graph.

Hertz et al. 2022, "Prompt-to-Prompt Image Editing with Cross Attention Control", sections 3 and 4. All the
decisions (replacement, refinement, reweighting, time gates) are made outside and arrive as plain tensors.
"""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from diffusers.models.attention_processor import Attention


@dataclass
class AttentionControl:
    """Control of P pairs whose rows are interleaved source, target (batch B = 2P), over T text tokens."""

    cross_map: torch.Tensor
    """[P,T,T]; the source's attention reaches the target's columns as new[..., n] = sum_w src[..., w] * map[w, n]."""
    cross_alpha: torch.Tensor
    """[P,T]; 1 takes the mapped source attention for a column, 0 keeps the target's own."""
    cross_scale: torch.Tensor
    """[P,T]; factor on the target's columns after mixing (reweighting); rows are not renormalised."""
    self_gate: torch.Tensor
    """[P]; 1 takes the source's self-attention, 0 keeps the target's own."""
    maps: list[torch.Tensor] = field(default_factory=list)
    """Filled during the forward pass: head-averaged cross-attention [B,L,T] of the layers that record it."""


def controlled_cross_attention(probs: torch.Tensor, value: torch.Tensor, control: AttentionControl) -> torch.Tensor:
    """Cross-attention under control: probabilities [2P,H,L,T] and values [2P,H,T,d] -> [2P,H,L,d]."""
    _, target = _pairs(value, control)
    alpha, scale = control.cross_alpha[:, None, :, None], control.cross_scale[:, None, :, None]
    lent = torch.matmul(control.cross_map[:, None], target * (alpha * scale))
    return _attend(probs, value, lent, target * ((1 - alpha) * scale), control)


def controlled_self_attention(probs: torch.Tensor, value: torch.Tensor, control: AttentionControl) -> torch.Tensor:
    """Self-attention under control: probabilities [2P,H,L,L] and values [2P,H,L,d] -> [2P,H,L,d]."""
    _, target = _pairs(value, control)
    gate = control.self_gate[:, None, None, None]
    return _attend(probs, value, target * gate, target * (1 - gate), control)


def _attend(probs, value, lent, kept, control: AttentionControl) -> torch.Tensor:
    """Source rows: source @ value. Target rows: source @ `lent` + target @ `kept`.

    The edited probabilities are linear in both rows' own, so that control acts on the values, which are many times
    smaller. Two values side by side let one product over all rows, none of them moved, give both halves.
    """
    source, _ = _pairs(value, control)
    sides = _interleave(torch.cat([source, lent], -1), torch.cat([kept, torch.zeros_like(kept)], -1))
    of_source, of_target = _pairs(torch.matmul(probs, sides), control)
    width = value.shape[-1]
    return _interleave(of_source[..., :width], of_target[..., :width] + of_source[..., width:])


def controlled_mean(mean: torch.Tensor, control: AttentionControl) -> torch.Tensor:
    """Edits cross-attention averaged over heads, [2P,L,T]; source rows pass unchanged."""
    source, target = _pairs(mean, control)
    alpha, scale = control.cross_alpha[:, None], control.cross_scale[:, None]
    mapped = torch.matmul(source, control.cross_map)
    return _interleave(source, (mapped * alpha + target * (1 - alpha)) * scale)


def _pairs(rows: torch.Tensor, control: AttentionControl) -> tuple[torch.Tensor, torch.Tensor]:
    paired = rows.reshape(control.self_gate.shape[0], 2, *rows.shape[1:])
    return paired[:, 0], paired[:, 1]


def _interleave(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return torch.stack([source, target], dim=1).flatten(0, 1)


class ControlledAttention:
    """Attention processor of diffusers: fused attention without `control`, explicit probabilities with it."""

    def __init__(self, gates_self: bool, records_maps: bool):
        self.gates_self = gates_self
        self.records_maps = records_maps

    def __call__(
        self,
        attn: Attention,
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        temb: torch.Tensor | None = None,
        control: AttentionControl | None = None,
    ) -> torch.Tensor:
        is_cross = encoder_hidden_states is not None
        context = encoder_hidden_states if is_cross else hidden_states
        batch, length, _ = hidden_states.shape

        def heads(x: torch.Tensor) -> torch.Tensor:
            return x.reshape(batch, x.shape[1], attn.heads, -1).transpose(1, 2)

        query, key, value = heads(attn.to_q(hidden_states)), heads(attn.to_k(context)), heads(attn.to_v(context))
        if attn.norm_q is not None:
            query = attn.norm_q(query)
        if attn.norm_k is not None:
            key = attn.norm_k(key)
        if control is None or not (is_cross or self.gates_self):
            mixed = F.scaled_dot_product_attention(query, key, value, scale=attn.scale)
        else:
            probs = torch.softmax(torch.matmul(query * attn.scale, key.transpose(-1, -2)), dim=-1)
            if is_cross and self.records_maps:
                control.maps.append(controlled_mean(probs.mean(dim=1), control))
            attend = controlled_cross_attention if is_cross else controlled_self_attention
            mixed = attend(probs, value, control)
        flat = mixed.transpose(1, 2).reshape(batch, length, -1)
        return attn.to_out[1](attn.to_out[0](flat))


def assert_plain_attention(name: str, attn: Attention) -> None:
    """Fails on attention variants that the processor above would silently compute wrongly."""
    unusual = {
        "group norm": attn.group_norm is not None,
        "spatial norm": attn.spatial_norm is not None,
        "added key/value projections": getattr(attn, "add_k_proj", None) is not None,
        "a residual connection": attn.residual_connection,
        "normalised text": bool(attn.norm_cross),
        "an output scale": attn.rescale_output_factor != 1.0,
    }
    found = [what for what, present in unusual.items() if present]
    if found:
        raise ValueError(f"{name} uses {', '.join(found)}, which the controlled attention does not support")
