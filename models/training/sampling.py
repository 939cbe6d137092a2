"""Pairs by img2img and prompt-to-prompt in PyTorch, as the product runs them: the same time steps, the same token
alignment and windows, the same local blend. For evaluation; the exporter's controlled UNet does the attention."""

import math
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.exporter.controlled_unet import ControlledUNet, ControlPlan  # noqa: E402

from generator import TIME_IDS, TIMESTEPS, cumulative_alphas, encode_text  # noqa: E402
from train_tokenizer import encode as tokenize  # noqa: E402


class Sampler:
    def __init__(self, unet, text, tokenizer):
        self.unet = ControlledUNet(unet.eval(), ControlPlan(16, 256, 16)).eval()
        self.text, self.tokenizer = text.eval(), tokenizer
        self.alphas = cumulative_alphas().double()
        self.empty = encode_text(self.text, tokenize(tokenizer, [""]))

    @torch.inference_mode()
    def pairs(self, anchors, source_captions, target_captions, *, steps, strength, guidance=1.0, cross=0.8, self_=0.4, words=None, blend_threshold=0.3, seeds=None):
        """`anchors` [P,16,16,16] clean latents -> source and target latents [P,16,16,16].

        `cross`, `self_`: control windows as fractions of the real steps; 0 and 0 is no control. `words`: for each
        pair (source words, target words) for local blending, or None.
        """
        count = len(anchors)
        hidden, pooled = self._text([c for pair in zip(source_captions, target_captions) for c in pair])
        maps, shared = self._alignment(source_captions, target_captions)
        ids = tokenize(self.tokenizer, [c for pair in zip(source_captions, target_captions) for c in pair])
        blends = None if words is None else [self._word_tokens(ids[2 * i], ids[2 * i + 1], w) for i, w in enumerate(words)]
        steps_all = np.round(np.arange(TIMESTEPS, 0, -TIMESTEPS / steps)).astype(int) - 1
        real = max(1, math.floor(steps * strength + 1e-9))
        times, stride = steps_all[len(steps_all) - real :], TIMESTEPS // steps
        noise = torch.stack([torch.randn(16, 16, 16, generator=torch.Generator().manual_seed(int(s))) for s in (seeds if seeds is not None else range(count))])
        a = self.alphas[times[0]]
        start = (a.sqrt() * anchors + (1 - a).sqrt() * noise).float()
        x = start.repeat_interleave(2, dim=0)
        summed = torch.zeros(2 * count, 77, 16, 16)
        for i, t in enumerate(times):
            in_cross = i < math.floor(cross * (real + 1))
            gate = torch.full((count,), 1.0 if i < math.floor(self_ * real) else 0.0)
            v, attention = self._unet(x, t, hidden, pooled, maps, shared * (1.0 if in_cross else 0.0), gate)
            if guidance > 1:
                empty, empty_pooled = (e.expand(2 * count, *e.shape[1:]) for e in self.empty)
                plain, _ = self._unet(x, t, empty, empty_pooled, maps, torch.zeros_like(shared), torch.zeros(count))
                v = plain + guidance * (v - plain)
            a, previous = self.alphas[t], t - stride
            b = self.alphas[previous] if previous >= 0 else torch.tensor(1.0).double()
            clean = a.sqrt() * x - (1 - a).sqrt() * v
            rest = a.sqrt() * v + (1 - a).sqrt() * x
            x = (b.sqrt() * clean + (1 - b).sqrt() * rest).float()
            if blends is not None:
                summed += attention
                for p, chosen in enumerate(blends):
                    if chosen is not None:
                        mask = blend_mask(summed[2 * p], summed[2 * p + 1], chosen, blend_threshold)
                        x[2 * p + 1] = torch.where(mask, x[2 * p + 1], x[2 * p])
        return x[0::2], x[1::2]

    def _text(self, captions):
        return encode_text(self.text, tokenize(self.tokenizer, captions))

    def _unet(self, x, t, hidden, pooled, maps, alpha, gate):
        rows = x.shape[0]
        ids = torch.tensor(TIME_IDS).repeat(rows, 1)
        times = torch.full((rows,), float(t))
        return self.unet(x, times, hidden, maps, alpha, torch.ones_like(alpha), gate, pooled, ids)

    def _alignment(self, sources, targets):
        """Refinement: shared tokens keep the source's attention. `map` [P,77,77] and `alpha` [P,77]."""
        maps, alphas = torch.zeros(len(sources), 77, 77), torch.ones(len(sources), 77)
        for p, (source, target) in enumerate(zip(sources, targets)):
            s, t = (self.tokenizer(c, truncation=True, max_length=77).input_ids for c in (source, target))
            aligned = align(s, t)
            for n in range(77):
                origin = aligned[n] if n < len(t) else n
                if origin < 0:
                    alphas[p, n] = 0
                else:
                    maps[p, origin, n] = 1
        return maps, alphas

    def _word_tokens(self, source_ids, target_ids, words):
        if words is None:
            return None
        found = []
        for ids, chosen in zip((source_ids, target_ids), words):
            wanted = {token for word in chosen for token in self.tokenizer(word).input_ids[1:-1]}
            found.append([i for i, token in enumerate(ids.tolist()) if token in wanted])
        return found if found[0] or found[1] else None


def align(source, target, match=1, mismatch=-1, gap=0):
    """Needleman-Wunsch with the published scores; for each target token the source token that equals it, or -1."""
    score = np.zeros((len(source) + 1, len(target) + 1))
    for i in range(1, len(source) + 1):
        for j in range(1, len(target) + 1):
            diagonal = score[i - 1, j - 1] + (match if source[i - 1] == target[j - 1] else mismatch)
            score[i, j] = max(diagonal, score[i - 1, j] - gap, score[i, j - 1] - gap)
    out, i, j = [-1] * len(target), len(source), len(target)
    while i > 0 and j > 0:
        equal = source[i - 1] == target[j - 1]
        if score[i, j] == score[i - 1, j - 1] + (match if equal else mismatch):
            out[j - 1] = i - 1 if equal else -1
            i, j = i - 1, j - 1
        elif score[i, j] == score[i, j - 1] - gap:
            j -= 1
        else:
            i -= 1
    return out


def blend_mask(source_maps, target_maps, chosen, threshold):
    """The union of both rows' word maps, pooled 3x3, over their maximum and cut at the threshold: bool [16,16]."""
    mask = torch.zeros(16, 16, dtype=torch.bool)
    for maps, tokens in zip((source_maps, target_maps), chosen):
        if tokens:
            pooled = F.max_pool2d(maps[tokens].sum(dim=0)[None], 3, 1, 1)[0]
            mask |= pooled / pooled.max() > threshold
    return mask
