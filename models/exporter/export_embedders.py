"""The encoders that score a pair: CLIP (image and text) and DINOv2."""

from pathlib import Path

import torch
from torch.export import Dim
from transformers import CLIPModel

from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


class _ClipImage(torch.nn.Module):
    def __init__(self, clip: CLIPModel):
        super().__init__()
        self.vision_model, self.visual_projection = clip.vision_model, clip.visual_projection

    def forward(self, pixel_values):
        return self.visual_projection(self.vision_model(pixel_values).pooler_output)


class _ClipText(torch.nn.Module):
    def __init__(self, clip: CLIPModel):
        super().__init__()
        self.text_model, self.text_projection = clip.text_model, clip.text_projection

    def forward(self, input_ids):
        return self.text_projection(self.text_model(input_ids=input_ids).pooler_output)


class _ClassToken(torch.nn.Module):
    """The class token after the final layer norm: the global embedding of DINOv2."""

    def __init__(self, model: torch.nn.Module):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model(pixel_values).last_hidden_state[:, 0]


def export_clip(clip: CLIPModel, out_dir: str | Path, storage: str = "fp16", shard_bytes: int = 15_000_000) -> dict:
    """Writes `clip.image.onnx` and `clip.text.onnx` (embeddings not normalised); returns part of `clip`:
    the caller adds `tokenizer` and `preprocessing`."""
    clip = clip.eval().float()
    batch = Dim("batch")
    text = clip.config.text_config
    ids = torch.randint(0, text.vocab_size - 1, (2, text.max_position_embeddings), generator=_generator())
    pixels = _pixels(clip.config.vision_config.image_size)
    image = trace(_ClipImage(clip), {"pixel_values": pixels}, ["image_embeds"], {"pixel_values": {0: batch}})
    _save(image, out_dir, "clip.image", storage, shard_bytes)
    words = trace(_ClipText(clip), {"input_ids": ids}, ["text_embeds"], {"input_ids": {0: batch}})
    _save(words, out_dir, "clip.text", storage, shard_bytes)
    return {"image": "clip.image.onnx", "text": "clip.text.onnx", "embeddingSize": int(clip.config.projection_dim)}


def export_self_supervised(
    model: torch.nn.Module, out_dir: str | Path, storage: str = "fp16", shard_bytes: int = 15_000_000
) -> dict:
    """Writes `dino.onnx` of a `Dinov2Model` (with registers or without) at its own image size; returns part of
    `selfSupervised`: the caller adds `preprocessing`."""
    image = {"pixel_values": _pixels(model.config.image_size)}
    graph = trace(_ClassToken(model.eval().float()), image, ["embedding"], {"pixel_values": {0: Dim("batch")}})
    _save(graph, out_dir, "dino", storage, shard_bytes)
    return {"file": "dino.onnx", "embeddingSize": int(model.config.hidden_size)}


def _save(graph, out_dir, name, storage, shard_bytes) -> None:
    save_with_shared_weights({f"{name}.onnx": graph}, Path(out_dir), name, storage, shard_bytes)


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def _pixels(size: int) -> torch.Tensor:
    return torch.randn(2, 3, size, size, generator=_generator())
