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
    """Control of B rows over T text tokens. Any number of target rows may take attention from one source row.

    A row that is no target names itself as its source and has alpha 0, scale 1 and gate 0.
    """

    source_row: torch.Tensor
    """[B] int64; the row whose attention reaches this one."""
    cross_map: torch.Tensor
    """[B,T,T]; the source's attention reaches the target's columns as new[..., n] = sum_w src[..., w] * map[w, n]."""
    cross_alpha: torch.Tensor
    """[B,T]; 1 takes the mapped source attention for a column, 0 keeps the target's own."""
    cross_scale: torch.Tensor
    """[B,T]; factor on the target's columns after mixing (reweighting); rows are not renormalised."""
    self_gate: torch.Tensor
    """[B]; above 1/2 the row has its source's self-attention, else its own: there is nothing between."""
    maps: list[torch.Tensor] = field(default_factory=list)
    """Filled during the forward pass: head-averaged cross-attention [B,L,T] of the layers that record it."""
    self_row: torch.Tensor = field(init=False)
    """[B] int64; the row whose self-attention this one has."""

    def __post_init__(self) -> None:
        own = torch.arange(self.source_row.shape[0], device=self.source_row.device)
        self.self_row = torch.where(self.self_gate > 0.5, self.source_row, own)


def controlled_cross_attention(probs: torch.Tensor, value: torch.Tensor, control: AttentionControl) -> torch.Tensor:
    """Cross-attention under control: probabilities [B,H,L,T] and values [B,H,T,d] -> [B,H,L,d].

    The edited probabilities are linear in the source's and the row's own, so that control acts on the values, which are
    many times smaller.
    """
    alpha, scale = control.cross_alpha[:, None, :, None], control.cross_scale[:, None, :, None]
    lent = torch.matmul(control.cross_map[:, None], value * (alpha * scale))
    of_source = torch.matmul(probs.index_select(0, control.source_row), lent)
    return of_source + torch.matmul(probs, value * ((1 - alpha) * scale))


def controlled_mean(mean: torch.Tensor, control: AttentionControl) -> torch.Tensor:
    """Cross-attention under control, averaged over heads: [B,L,T] before control -> [B,L,T] after it."""
    alpha, scale = control.cross_alpha[:, None], control.cross_scale[:, None]
    mapped = torch.matmul(mean.index_select(0, control.source_row), control.cross_map)
    return (mapped * alpha + mean * (1 - alpha)) * scale


class ControlledAttention:
    """Attention processor of diffusers. Without `control` all attention is fused; with it only self-attention is, because
    control of cross-attention works on its probabilities."""

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
        query = _normed(attn.norm_q, attn.to_q(hidden_states), attn.heads)
        key = _normed(attn.norm_k, attn.to_k(context), attn.heads)
        value = attn.to_v(context)
        if control is not None and is_cross:
            flat = self._text_attention(attn, query, key, value, control)
        else:
            if control is not None and self.gates_self:
                # Attention probabilities are those of the row whose queries and keys these are.
                query, key = (x.index_select(0, control.self_row) for x in (query, key))
            flat = fused_attention(query, key, value, attn.heads, attn.scale)
        return attn.to_out[1](attn.to_out[0](flat))

    def _text_attention(self, attn: Attention, query, key, value, control: AttentionControl) -> torch.Tensor:
        queries, keys, values = (split_heads(x, attn.heads) for x in (query, key, value))
        probs = torch.softmax(torch.matmul(queries * attn.scale, keys.transpose(-1, -2)), dim=-1)
        if self.records_maps:
            control.maps.append(controlled_mean(probs.mean(dim=1), control))
        return join_heads(controlled_cross_attention(probs, values, control))


def fused_attention(query, key, value, heads: int, scale: float) -> torch.Tensor:
    """Attention of queries [B,L,H*d] to keys and values [B,S,H*d] -> [B,L,H*d].

    In a graph it is one operator of ONNX Runtime, which holds no probabilities in memory and moves no heads.
    """
    if torch.compiler.is_exporting():
        return torch.onnx.ops.symbolic(
            "com.microsoft::MultiHeadAttention",
            (query, key, value),
            dict(num_heads=heads, scale=float(scale)),
            dtype=query.dtype,
            shape=query.shape,
            version=1,
        )
    return join_heads(F.scaled_dot_product_attention(*(split_heads(x, heads) for x in (query, key, value)), scale=scale))


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """[B,L,H*d] -> [B,H,L,d]."""
    return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def join_heads(x: torch.Tensor) -> torch.Tensor:
    """[B,H,L,d] -> [B,L,H*d]."""
    return x.transpose(1, 2).flatten(2)


def _normed(norm: torch.nn.Module | None, x: torch.Tensor, heads: int) -> torch.Tensor:
    """Queries or keys [B,L,H*d], normalised within each head where the checkpoint does so."""
    return x if norm is None else join_heads(norm(split_heads(x, heads)))


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
