"""Checkpoint folders with the real layouts, tiny sizes and random weights of our own, to prove the exporter on."""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    Dinov2WithRegistersConfig,
    Dinov2WithRegistersModel,
    Owlv2Config,
    Owlv2ForObjectDetection,
    SamConfig,
    SamModel,
)

SENTENCES = """
a red fox sleeps beneath an old oak tree in the snow
a blue car waits in front of a small white house
two dogs run along the beach at sunset, a cat watches
the mountain behind the lake is covered with autumn trees
a bowl of ripe apples stands on a wooden table near the window
a woman with a yellow umbrella walks through a rainy street at night
a watercolour painting of a quiet harbour with three boats
photo of a brown horse in a green field under a cloudy sky
""".strip().splitlines()

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
MERGES = 120
SCHEDULES = {
    "sdxl": {
        "_class_name": "EulerAncestralDiscreteScheduler",
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "timestep_spacing": "trailing",
        "prediction_type": "epsilon",
    },
    "sd15": {
        "_class_name": "PNDMScheduler",
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "steps_offset": 1,
        "set_alpha_to_one": False,
    },
}


def write_tiny_pipeline(kind: str, folder: Path) -> None:
    """A diffusers folder of `kind` "sd15" or "sdxl": 128 px images, 16×16 latents."""
    is_xl = kind == "sdxl"
    vocabulary = _write_tokenizer(folder / "tokenizer", 77, EOS)
    first = _text_config(vocabulary, hidden_size=24, hidden_act="quick_gelu", projection_dim=24)
    _write(CLIPTextModel(first), folder / "text_encoder")
    if is_xl:
        _write_tokenizer(folder / "tokenizer_2", 77, "!")
        second = _text_config(vocabulary, hidden_size=32, hidden_act="gelu", projection_dim=32)
        _write(CLIPTextModelWithProjection(second), folder / "text_encoder_2")
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 16),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=4,
        sample_size=128,
        scaling_factor=0.13025 if is_xl else 0.18215,
    )
    _write(vae, folder / "vae")
    _write(_tiny_unet(is_xl), folder / "unet")
    (folder / "scheduler").mkdir()
    _dump(folder / "scheduler" / "scheduler_config.json", SCHEDULES[kind])
    index = {"_class_name": "StableDiffusionXLPipeline" if is_xl else "StableDiffusionPipeline"}
    index["text_encoder"] = ["transformers", "CLIPTextModel"]
    if is_xl:
        index["text_encoder_2"] = ["transformers", "CLIPTextModelWithProjection"]
        index["force_zeros_for_empty_prompt"] = True
    _dump(folder / "model_index.json", index)


def write_tiny_perception(folder: Path) -> None:
    """CLIP, DINOv2 with registers, SAM and OWLv2 in `clip`, `dino`, `segmenter` and `detector`."""
    vocabulary = _write_tokenizer(folder / "clip", 77, EOS)
    tower = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    text = {**tower, "vocab_size": vocabulary, "bos_token_id": 0, "eos_token_id": vocabulary - 1, "pad_token_id": 1}
    vision = {**tower, "image_size": 32, "patch_size": 8}
    _write(CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=12)), folder / "clip")
    _processor(folder / "clip", 3, [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])

    dino = Dinov2WithRegistersConfig(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=56)
    _write(Dinov2WithRegistersModel(dino), folder / "dino")
    _processor(folder / "dino", 3, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])

    sam = SamConfig(
        vision_config={
            **{"hidden_size": 32, "output_channels": 16, "num_hidden_layers": 2, "num_attention_heads": 2},
            **{"image_size": 64, "patch_size": 8, "window_size": 4, "global_attn_indexes": [1], "mlp_dim": 64},
            **{"num_pos_feats": 8, "initializer_range": 0.05},
        },
        prompt_encoder_config={"hidden_size": 16, "image_size": 64, "patch_size": 8, "mask_input_channels": 8},
        mask_decoder_config={
            **{"hidden_size": 16, "mlp_dim": 32, "num_hidden_layers": 2, "num_attention_heads": 2},
            "iou_head_hidden_dim": 16,
        },
    )
    _write(SamModel(sam), folder / "segmenter")
    _processor(folder / "segmenter", 2, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])

    _write_tokenizer(folder / "detector", 16, "!")
    text = {**text, "max_position_embeddings": 16}
    vision = {**tower, "image_size": 64, "patch_size": 16}
    owl = Owlv2Config(text_config=text, vision_config=vision, projection_dim=16)
    _write(Owlv2ForObjectDetection(owl), folder / "detector")
    _processor(folder / "detector", 2, [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])


def _text_config(vocabulary: int, **sizes) -> CLIPTextConfig:
    # eos_token_id 2 as in the published SD and SDXL configurations, although the end token's id is the largest.
    return CLIPTextConfig(
        vocab_size=vocabulary, intermediate_size=48, num_hidden_layers=3, num_attention_heads=2,
        bos_token_id=0, eos_token_id=2, pad_token_id=1, **sizes,
    )  # fmt: skip


def _tiny_unet(is_xl: bool) -> UNet2DConditionModel:
    common = {
        **{"sample_size": 16, "in_channels": 4, "out_channels": 4, "layers_per_block": 1, "norm_num_groups": 4},
    }
    if not is_xl:
        return UNet2DConditionModel(
            **common,
            block_out_channels=(8, 16, 16, 16),
            down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
            up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
            cross_attention_dim=24,
            attention_head_dim=2,
        )
    return UNet2DConditionModel(
        **common,
        block_out_channels=(8, 16, 32),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=56,
        attention_head_dim=(1, 2, 4),
        transformer_layers_per_block=(1, 1, 2),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=32 + 6 * 8,
    )


def _write(model: torch.nn.Module, folder: Path) -> None:
    with torch.no_grad():
        for name, weight in model.named_parameters():
            # Trained models attend and react strongly; default initialisation hardly does, and would hide errors.
            if "attn2.to_q" in name or "attn2.to_k" in name:
                weight *= 3
            elif "token_embedding" in name or "rel_pos" in name or "pos_embed" in name:
                weight.normal_()
    model.save_pretrained(folder)


def _write_tokenizer(folder: Path, length: int, pad: str) -> int:
    """A CLIP-style byte-pair vocabulary learnt from our own sentences; returns its size."""
    pieces = r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Lowercase()
    split = pre_tokenizers.Split(Regex(pieces), behavior="removed", invert=True)
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=10_000, end_of_word_suffix="</w>", initial_alphabet=alphabet, show_progress=False
    )
    learner.train_from_iterator(SENTENCES, trainer)
    learnt = [tuple(merge) for merge in json.loads(learner.to_str())["model"]["merges"]][:MERGES]
    tokens = ["!", *alphabet, *(letter + "</w>" for letter in alphabet), *("".join(merge) for merge in learnt), BOS, EOS]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(tokens))}
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder / "vocab.json", vocabulary)
    lines = ["#version: 0.2", *(" ".join(merge) for merge in learnt)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    special = {"bos_token": BOS, "eos_token": EOS, "unk_token": EOS, "pad_token": pad}
    _dump(folder / "tokenizer_config.json", {"model_max_length": length, **special})
    return len(vocabulary)


def _processor(folder: Path, resample: int, mean: list[float], std: list[float]) -> None:
    _dump(folder / "preprocessor_config.json", {"resample": resample, "image_mean": mean, "image_std": std})


def _dump(file: Path, content: dict) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
