"""Prompt-to-prompt (Hertz et al. 2022) for pairs in one batch, as attention processors of diffusers.

Rows of the batch: source and target of every pair without text, then source and target of every pair with it. Control acts
on the latter. Whatever needs no probabilities goes through PyTorch's fused attention.
"""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F

GRID = 16
"""Side of the token grid whose cross-attention is recorded for local blending."""


@dataclass
class Control:
    """What acts at the present step, for P pairs."""

    mapper: torch.Tensor
    """int64 [P,1,1,T]: the source token whose attention a target token takes."""
    alpha: torch.Tensor
    """[P,1,1,T]: 1 takes it, 0 keeps the target's own."""
    gated: list[int]
    """Pairs whose target takes the source's self-attention."""
    cross: bool
    """Whether any cross-attention is to be replaced."""
    record: bool
    maps: list[torch.Tensor] = field(default_factory=list)
    """Head-averaged cross-attention [2P,L,T] of the recorded layers."""


class PromptToPrompt:
    """Attention processor; `control` is set before every step, None lets everything pass."""

    control: Control | None = None

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, temb=None):
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        batch, length, _ = hidden_states.shape
        query, key, value = (
            x.view(batch, -1, attn.heads, x.shape[-1] // attn.heads).transpose(1, 2)
            for x in (attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context))
        )
        control = self.control
        record = control is not None and control.record and length == GRID**2
        if control is not None and encoder_hidden_states is not None and (control.cross or record):
            free = batch - 2 * len(control.mapper)
            plain = F.scaled_dot_product_attention(query[:free], key[:free], value[:free])
            mixed = torch.cat([plain, self._cross(control, record, query[free:], key[free:], value[free:])])
        else:
            if control is not None and encoder_hidden_states is None and control.gated:
                first = batch - 2 * len(control.mapper)
                source = torch.tensor([first + 2 * pair for pair in control.gated])
                query[source + 1], key[source + 1] = query[source], key[source]
            mixed = F.scaled_dot_product_attention(query, key, value)
        return attn.to_out[0](mixed.transpose(1, 2).reshape(batch, length, -1))

    def _cross(self, control: Control, record: bool, query, key, value):
        scores = torch.matmul(query, key.transpose(-1, -2)) * query.shape[-1] ** -0.5
        probabilities = scores.softmax(dim=-1)
        if control.cross:
            source, target = probabilities[0::2], probabilities[1::2]
            replaced = torch.take_along_dim(source, control.mapper, dim=-1)
            probabilities[1::2] = replaced * control.alpha + target * (1 - control.alpha)
        if record:
            control.maps.append(probabilities.mean(dim=1))
        return torch.matmul(probabilities, value)


class LocalBlend:
    """Keeps a pair's source latents where none of the words is attended to."""

    def __init__(self, tokens: tuple[list[int], list[int]], threshold: float):
        self.tokens, self.threshold = tokens, threshold
        self.sums = torch.zeros(2, GRID**2)

    def __call__(self, maps: torch.Tensor, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """`maps` [2,L,T] of this step, latents [C,h,w] → the target's latents."""
        for row, tokens in enumerate(self.tokens):
            self.sums[row] += maps[row][:, tokens].sum(dim=-1)
        pooled = F.max_pool2d(self.sums.view(2, GRID, GRID), 3, 1, 1)
        largest = pooled.amax(dim=(1, 2), keepdim=True)
        mask = (pooled > self.threshold * largest).any(dim=0)
        mask = F.interpolate(mask[None, None].float(), target.shape[1:])[0, 0] > 0
        return torch.where(mask, target, source)
