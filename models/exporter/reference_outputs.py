"""What PyTorch computes from the checkpoints themselves, as JSON: the measure for the exported graphs."""

import base64
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import (
    CLIPModel,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    Dinov2WithRegistersModel,
    Owlv2ForObjectDetection,
    SamModel,
)

from .controlled_unet import ControlledUNet, ControlPlan
from .export_unet import example_inputs, no_control

Tensors = dict[str, torch.Tensor]


def pipeline_cases(folder: Path, cross_maps_resolution: int, self_gate_max_tokens: int) -> list[dict]:
    """Cases of the text encoders, the VAE and both UNet graphs of a tiny diffusers folder."""
    return [*_text_cases(folder), *_vae_cases(folder), *_unet_cases(folder, cross_maps_resolution, self_gate_max_tokens)]


def perception_cases(folder: Path) -> list[dict]:
    """Cases of CLIP, DINOv2, SAM and OWLv2."""
    return [*_embedder_cases(folder), *_segmenter_cases(folder), *_detector_cases(folder)]


def _text_cases(folder: Path) -> list[dict]:
    is_xl = (folder / "text_encoder_2").exists()
    first = CLIPTextModel.from_pretrained(folder / "text_encoder").eval()
    ids = _token_ids(first.config.vocab_size, 3, 77)
    out = first(ids, output_hidden_states=True)
    states = out.hidden_states[-2] if is_xl else out.last_hidden_state
    cases = [_case("text_encoder.onnx", {"input_ids": ids}, {"hidden_states": states})]
    if is_xl:
        second = CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2").eval()
        out = second(ids, output_hidden_states=True)
        outputs = {"hidden_states": out.hidden_states[-2], "pooled": out.text_embeds}
        cases.append(_case("text_encoder_2.onnx", {"input_ids": ids}, outputs))
    return cases


def _vae_cases(folder: Path) -> list[dict]:
    vae = AutoencoderKL.from_pretrained(folder / "vae").eval()
    pixels, latents = _normal(1, 3, 32, 48).tanh(), _normal(1, 4, 4, 6)
    return [
        _case("vae.encoder.onnx", {"pixels": pixels}, {"mean": vae.encode(pixels).latent_dist.mean}),
        _case("vae.decoder.onnx", {"latents": latents}, {"pixels": vae.decode(latents).sample}),
    ]


def _unet_cases(folder: Path, resolution: int, gate_tokens: int) -> list[dict]:
    """Without control the reference is diffusers alone. Under control it is PyTorch: at two sizes, with rows that are no
    target and targets that stand before their source; and where several targets have one source, each pair run alone."""
    unet = UNet2DConditionModel.from_pretrained(folder / "unet").eval()
    tokens = 77
    plain = _rows(unet, 3, 16, 16, tokens)
    cases = [_case("unet.onnx", plain, {"out_sample": _diffusers(unet, plain)}, "plain")]
    zero = {**_rows(unet, 2, 16, 16, tokens), **no_control(2, tokens)}
    cases.append(_case("unet.controlled.onnx", zero, {"out_sample": _diffusers(unet, zero)}, "zero control"))
    controlled = ControlledUNet(unet, ControlPlan(16, gate_tokens, resolution))
    for label, source_row, height, width in (
        ("controlled", [0, 0, 2, 2, 4], 16, 16),
        ("controlled, other size", [1, 1, 1], 24, 16),
    ):
        inputs = {**_rows(unet, len(source_row), height, width, tokens), **_strong_control(source_row, tokens)}
        out, maps = controlled(**inputs)
        cases.append(_case("unet.controlled.onnx", inputs, {"out_sample": out, "cross_maps": maps}, label))
    several = {**_rows(unet, 4, 16, 16, tokens), **_strong_control([0, 0, 0, 0], tokens)}
    outputs = _each_pair_alone(controlled, several)
    cases.append(_case("unet.controlled.onnx", several, outputs, "several targets of one source"))
    return cases


def _each_pair_alone(controlled: ControlledUNet, inputs: Tensors) -> Tensors:
    """Outputs of rows that all have row 0 as their source, from runs of that row with one of the others."""
    runs = []
    for target in range(1, inputs["source_row"].shape[0]):
        runs.append(controlled(**{name: values[[0, target]] for name, values in inputs.items()}))
    out, maps = (torch.cat([runs[0][k][:1], *(run[k][1:] for run in runs)]) for k in range(2))
    return {"out_sample": out, "cross_maps": maps}


def _rows(unet, batch: int, height: int, width: int, tokens: int) -> Tensors:
    inputs = example_inputs(unet, batch, 16, tokens)
    inputs["sample"] = _normal(batch, unet.config.in_channels, height, width)
    inputs["timestep"] = torch.linspace(999, 1, batch)
    return inputs


def _diffusers(unet: UNet2DConditionModel, inputs: Tensors) -> torch.Tensor:
    extra = {name: inputs[name] for name in ("text_embeds", "time_ids") if name in inputs}
    args = (inputs["sample"], inputs["timestep"], inputs["encoder_hidden_states"])
    return unet(*args, added_cond_kwargs=extra or None).sample


def _strong_control(source_row: list[int], tokens: int) -> Tensors:
    """Control by chance of all rows that are not their own source; every other target is under self control."""
    generator = torch.Generator().manual_seed(3)
    rows = len(source_row)
    control = {**no_control(rows, tokens), "source_row": torch.tensor(source_row)}
    weights = torch.rand(rows, tokens, tokens, generator=generator)
    strong = {
        "cross_map": (weights > 0.97).float() * weights,
        "cross_alpha": torch.rand(rows, tokens, generator=generator),
        "cross_scale": torch.rand(rows, tokens, generator=generator) * 3,
    }
    targets = [row for row, source in enumerate(source_row) if row != source]
    for name, values in strong.items():
        control[name][targets] = values[targets]
    control["self_gate"][targets[::2]] = 1
    return control


def _embedder_cases(folder: Path) -> list[dict]:
    clip = CLIPModel.from_pretrained(folder / "clip").eval()
    pixels, ids = _normal(2, 3, 32, 32), _token_ids(clip.config.text_config.vocab_size, 3, 77)
    image = clip.visual_projection(clip.vision_model(pixels).pooler_output)
    text = clip.text_projection(clip.text_model(ids).pooler_output)
    dino = Dinov2WithRegistersModel.from_pretrained(folder / "dino").eval()
    views = _normal(2, 3, 56, 56)
    return [
        _case("clip.image.onnx", {"pixel_values": pixels}, {"image_embeds": image}),
        _case("clip.text.onnx", {"input_ids": ids}, {"text_embeds": text}),
        _case("dino.onnx", {"pixel_values": views}, {"embedding": dino(views).pooler_output}),
    ]


def _segmenter_cases(folder: Path) -> list[dict]:
    sam = SamModel.from_pretrained(folder / "segmenter").eval()
    pixels, mask = _normal(1, 3, 64, 64), _normal(1, 1, 32, 32)
    embedded = sam.get_image_embeddings(pixels)
    points, labels = torch.tensor([[[[10.0, 12], [40, 44]]]]), torch.tensor([[[1, 0]]])
    box = torch.tensor([[[5.0, 6, 50, 52]]])
    corners = box.reshape(1, 1, 2, 2)

    def prompts(at: torch.Tensor, label: list[int], with_mask: bool) -> Tensors:
        return {
            **{"image_embeddings": embedded, "input_points": at, "input_labels": torch.tensor([[label]])},
            **{"mask_input": mask, "has_mask_input": torch.tensor([float(with_mask)])},
        }

    whole = torch.cat([points, corners], 2)
    padded = torch.cat([points, torch.zeros(1, 1, 1, 2)], 2)
    by_box = sam(image_embeddings=embedded, input_boxes=box)
    by_points = sam(image_embeddings=embedded, input_points=points, input_labels=labels)
    by_all = sam(image_embeddings=embedded, input_points=points, input_labels=labels, input_boxes=box, input_masks=mask)
    asked = [
        ("box", prompts(corners, [2, 3], False), by_box),
        ("points", prompts(padded, [1, 0, -1], False), by_points),
        ("points, box and mask", prompts(whole, [1, 0, 2, 3], True), by_all),
    ]
    return [
        _case("segmenter.encoder.onnx", {"pixel_values": pixels}, {"image_embeddings": embedded}),
        *(
            _case("segmenter.decoder.onnx", inputs, {"iou_scores": out.iou_scores, "pred_masks": out.pred_masks}, label)
            for label, inputs, out in asked
        ),
    ]


def _detector_cases(folder: Path) -> list[dict]:
    owl = Owlv2ForObjectDetection.from_pretrained(folder / "detector").eval()
    ids = _token_ids(owl.config.text_config.vocab_size, 4, 16)
    # Queries end before the padding, whose id is 0 as in the published tokenizer.
    ids[:, 9:] = 0
    ids[:, 8] = owl.config.text_config.eos_token_id
    inputs = {"pixel_values": _normal(1, 3, 64, 64), "input_ids": ids, "attention_mask": (torch.arange(16) < 9).long()}
    inputs["attention_mask"] = inputs["attention_mask"].repeat(4, 1)
    out = owl(**inputs)
    return [_case("detector.onnx", inputs, {"logits": out.logits, "pred_boxes": out.pred_boxes})]


def _token_ids(vocabulary: int, rows: int, length: int) -> torch.Tensor:
    """Texts of several lengths, each ended by the largest id and padded with it; the last one fills its row."""
    ids = torch.randint(1, vocabulary - 2, (rows, length), generator=torch.Generator().manual_seed(1))
    ids[:, 0] = vocabulary - 2
    for row in range(rows):
        ids[row, min(length - 1, 5 + row * length // 2) :] = vocabulary - 1
    return ids


def _normal(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(2))


def _case(file: str, inputs: Tensors, outputs: Tensors, label: str | None = None) -> dict:
    encoded = {part: {name: _encode(tensor) for name, tensor in tensors.items()} for part, tensors in
               (("inputs", inputs), ("outputs", outputs))}  # fmt: skip
    return {"file": file, "label": label or file, **encoded}


def _encode(tensor: torch.Tensor) -> dict:
    values = tensor.detach().numpy()
    kind = "int64" if values.dtype == np.int64 else "float32"
    data = np.ascontiguousarray(values, dtype="<i8" if kind == "int64" else "<f4").tobytes()
    return {"type": kind, "dims": list(values.shape), "data": base64.b64encode(data).decode()}
