"""A transformers OWLv2 → `detector.onnx`."""

from pathlib import Path

import torch
from torch.export import Dim
from transformers import Owlv2ForObjectDetection

from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


class _Owlv2(torch.nn.Module):
    """One image, Q text queries."""

    def __init__(self, model: Owlv2ForObjectDetection):
        super().__init__()
        self.model = model

    def forward(self, pixel_values, input_ids, attention_mask):
        out = self.model(pixel_values=pixel_values, input_ids=input_ids, attention_mask=attention_mask)
        return out.logits, out.pred_boxes


def export_owlv2(
    model: Owlv2ForObjectDetection, out_dir: str | Path, storage: str = "fp16", shard_bytes: int = 15_000_000
) -> dict:
    """Writes the graph for one image and any number of queries; returns part of `detector`: the caller adds
    `tokenizer`, `preprocessing` and `boxThreshold`. A query whose first token id is 0 counts as padding."""
    vision, text = model.config.vision_config, model.config.text_config
    generator = torch.Generator().manual_seed(0)
    shape = (3, text.max_position_embeddings)
    inputs = {
        "pixel_values": torch.randn(1, 3, vision.image_size, vision.image_size, generator=generator),
        "input_ids": torch.randint(1, text.vocab_size - 1, shape, generator=generator),
        "attention_mask": torch.ones(shape, dtype=torch.int64),
    }
    queries = Dim("queries")
    dynamic = {"input_ids": {0: queries}, "attention_mask": {0: queries}}
    graph = trace(_Owlv2(model.eval().float()), inputs, ["logits", "pred_boxes"], dynamic)
    save_with_shared_weights({"detector.onnx": graph}, Path(out_dir), "detector", storage, shard_bytes)
    return {"kind": "owlv2", "file": "detector.onnx"}
