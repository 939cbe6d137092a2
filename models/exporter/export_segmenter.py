"""A transformers SAM → `segmenter.encoder.onnx` and `segmenter.decoder.onnx`, prompts as in SAM's own ONNX export."""

from pathlib import Path

import torch
from torch.export import Dim
from transformers import SamModel

from .onnx_graph import trace
from .onnx_weights import save_with_shared_weights


class _ImageEncoder(torch.nn.Module):
    def __init__(self, sam: SamModel):
        super().__init__()
        self.vision_encoder = sam.vision_encoder

    def forward(self, pixel_values):
        return self.vision_encoder(pixel_values)[0]


class _MaskDecoder(torch.nn.Module):
    """Points and box corners through one list: labels 1 foreground, 0 background, 2 and 3 corners, −1 padding."""

    def __init__(self, sam: SamModel):
        super().__init__()
        self.prompt_encoder, self.mask_decoder = sam.prompt_encoder, sam.mask_decoder
        self.register_buffer("position", sam.get_image_wide_positional_embeddings().detach().clone(), persistent=False)

    def forward(self, image_embeddings, input_points, input_labels, mask_input, has_mask_input):
        prompts, side = self.prompt_encoder, self.prompt_encoder.input_image_size
        points = prompts.shared_embedding(input_points + 0.5, (side, side))
        label = input_labels[..., None]
        sparse = torch.where(label == -1, prompts.not_a_point_embed.weight, points)
        for kind, embedding in enumerate(prompts.point_embed):
            sparse = sparse + torch.where(label == kind, embedding.weight, torch.zeros_like(embedding.weight))
        given = has_mask_input.reshape(-1, 1, 1, 1)
        without = prompts.no_mask_embed.weight.reshape(1, -1, 1, 1)
        dense = given * prompts.mask_embed(mask_input) + (1 - given) * without
        masks, scores = self.mask_decoder(
            image_embeddings=image_embeddings,
            image_positional_embeddings=self.position,
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=True,
        )[:2]
        return scores, masks


def export_segmenter(
    sam: SamModel, out_dir: str | Path, storage: str = "fp16", shard_bytes: int = 15_000_000
) -> dict:
    """Writes both graphs for one image and any number N of points; returns part of `segmenter`: the caller adds
    `preprocessing`. With points and no box, append one point (0, 0) of label −1, as SAM was trained."""
    sam = sam.eval().float()
    prompts, size = sam.config.prompt_encoder_config, sam.config.vision_config.image_size
    grid, mask_size = prompts.image_embedding_size, 4 * prompts.image_embedding_size
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randn(1, 3, size, size, generator=generator)
    encoder = trace(_ImageEncoder(sam), {"pixel_values": pixels}, ["image_embeddings"], {})
    decoder_inputs = {
        "image_embeddings": torch.randn(1, prompts.hidden_size, grid, grid, generator=generator),
        "input_points": torch.rand(1, 1, 3, 2, generator=generator) * size,
        "input_labels": torch.tensor([[[2, 3, 1]]]),
        "mask_input": torch.randn(1, 1, mask_size, mask_size, generator=generator),
        "has_mask_input": torch.ones(1),
    }
    points = Dim("points")
    dynamic = {"input_points": {2: points}, "input_labels": {2: points}}
    decoder = trace(_MaskDecoder(sam), decoder_inputs, ["iou_scores", "pred_masks"], dynamic)
    for name, graph in (("segmenter.encoder", encoder), ("segmenter.decoder", decoder)):
        save_with_shared_weights({f"{name}.onnx": graph}, Path(out_dir), name, storage, shard_bytes)
    return {"encoder": "segmenter.encoder.onnx", "decoder": "segmenter.decoder.onnx", "maskSize": mask_size}
