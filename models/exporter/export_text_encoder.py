"""A transformers CLIP text encoder → one graph with the hidden states the UNet reads and, if asked, the pooled text."""

from pathlib import Path

import torch
from torch.export import Dim
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


class _TextEncoder(torch.nn.Module):
    def __init__(self, model: torch.nn.Module, hidden: str, pooled: bool):
        super().__init__()
        self.model, self.hidden, self.pooled = model, hidden, pooled

    def forward(self, input_ids):
        out = self.model(input_ids=input_ids, output_hidden_states=True)
        states = out.hidden_states[-2] if self.hidden == "penultimate" else out.last_hidden_state
        return (states, out.text_embeds) if self.pooled else states


def export_text_encoder(
    model: CLIPTextModel | CLIPTextModelWithProjection,
    out_dir: str | Path,
    storage: str = "fp16",
    *,
    name: str = "text_encoder",
    tokenizer: int = 0,
    hidden: str = "last",
    pooled: bool = False,
    shard_bytes: int = 15_000_000,
) -> dict:
    """Writes `<name>.onnx`; returns one entry of the manifest's `generator.textEncoders`.

    `hidden`: "last" (after the final layer norm: SD1.x, SD2.x) or "penultimate" (the output of the last layer but
    one, not normalised: both encoders of SDXL). `pooled`: also output the projected text embedding, which needs
    a `CLIPTextModelWithProjection` (SDXL's second encoder). `input_ids` int64 [B,T], T = the model's positions.
    """
    if hidden not in ("last", "penultimate"):
        raise ValueError(f'hidden must be "last" or "penultimate", not "{hidden}"')
    if pooled and not isinstance(model, CLIPTextModelWithProjection):
        raise ValueError(f"a pooled embedding needs a CLIPTextModelWithProjection, not a {type(model).__name__}")
    tokens = model.config.max_position_embeddings
    ids = torch.randint(0, model.config.vocab_size - 1, (2, tokens), generator=torch.Generator().manual_seed(0))
    graph = trace(
        _TextEncoder(model.eval().float(), hidden, pooled),
        {"input_ids": ids},
        ["hidden_states", "pooled"] if pooled else ["hidden_states"],
        {"input_ids": {0: Dim("batch")}},
    )
    save_with_shared_weights({f"{name}.onnx": graph}, Path(out_dir), name, storage, shard_bytes)
    return {
        "file": f"{name}.onnx",
        "tokenizer": tokenizer,
        "hiddenSize": int(model.config.hidden_size),
        "pooled": pooled,
    }
