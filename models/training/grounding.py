"""Teaches cross-attention where the words are: each object's words should look at that object's box.

The loss of TokenCompose (Wang et al. 2023) without segmentation: for every word of an object, the share of its
attention that falls outside the object's cells, squared. It speeds up the binding of colours to things, and local
blending needs attention maps that mean something.
"""

import numpy as np
import torch
import torch.nn.functional as F

OBJECTS = 3


class RecordingAttention:
    """diffusers' plain attention; with `record`, cross-attention appends its head-averaged probabilities [B,L,T]."""

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, temb=None, record=None):
        is_cross = encoder_hidden_states is not None
        context = encoder_hidden_states if is_cross else hidden_states
        batch, length, _ = hidden_states.shape

        def heads(x):
            return x.reshape(batch, x.shape[1], attn.heads, -1).transpose(1, 2)

        query, key, value = heads(attn.to_q(hidden_states)), heads(attn.to_k(context)), heads(attn.to_v(context))
        if is_cross and record is not None:
            probabilities = torch.softmax((query * attn.scale) @ key.transpose(-1, -2), dim=-1)
            record.append(probabilities.float().mean(dim=1))
            mixed = probabilities.to(value.dtype) @ value
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, scale=attn.scale)
        return attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).reshape(batch, length, -1)))


def grounding_loss(maps, words, cells):
    """`maps`: list of [B,L,T]; `words` [B,O,T] 1 at an object's tokens; `cells` [B,O,16,16] 1 inside its box."""
    total = 0.0
    fine, coarse = cells.flatten(2), F.max_pool2d(cells, 2).flatten(2)
    for probabilities in maps:
        inside = (fine if probabilities.shape[1] == fine.shape[2] else coarse) @ probabilities
        share = inside / (probabilities.sum(dim=1, keepdim=True) + 1e-6)
        total = total + ((1 - share).square() * words).sum() / (words.sum() + 1e-6)
    return total / len(maps)


def object_cells(objects, size=256, side=16):
    """Cells that an object's box covers by at least a third along each axis, [OBJECTS,side,side] bool."""
    out = np.zeros((OBJECTS, side, side), bool)
    unit = size / side
    for row, item in zip(out, objects):
        x, y, w, h = item["box"]
        left, top = int(np.floor(x / unit + 0.33)), int(np.floor(y / unit + 0.33))
        right, bottom = int(np.ceil((x + w) / unit - 0.33)), int(np.ceil((y + h) / unit - 0.33))
        row[top : max(bottom, top + 1), left : max(right, left + 1)] = True
    return out


class PhraseFinder:
    """Finds an object's words (adjectives and noun) among the token ids of a caption."""

    def __init__(self, tokenizer, meta):
        def ids(word):
            return tuple(tokenizer(word).input_ids[1:-1])

        self.nouns = {noun: ids(noun) for noun in meta["nouns"]}
        words = [*meta["colours"], *meta["patterns"], *meta["materials"]]
        self.adjectives = {token for word in words for token in ids(word)}
        self.pine = ids("pine")[-1]

    def spans(self, ids, objects):
        """Token range [start, end) of each object, [OBJECTS,2]; start = end where the caption does not name it."""
        out = np.zeros((OBJECTS, 2), np.int8)
        used = set()
        for row, item in zip(out, objects):
            noun = self.nouns[item["noun"]]
            for at in range(1, len(ids) - len(noun)):
                if tuple(ids[at : at + len(noun)]) != noun or at in used:
                    continue
                if item["noun"] == "tree" and ids[at - 1] == self.pine:
                    continue
                start = at
                while ids[start - 1] in self.adjectives:
                    start -= 1
                used.add(at)
                row[:] = start, at + len(noun)
                break
        return out
