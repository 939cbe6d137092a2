"""Checkpoint folders → a complete model pack: graphs, weights, tokenizers, model card and pack.json."""

from dataclasses import dataclass, field
from pathlib import Path

from transformers import AutoConfig, AutoModel, CLIPModel, Owlv2ForObjectDetection, SamModel

from .export_detector import export_owlv2
from .export_embedders import export_clip, export_self_supervised
from .export_generator import export_generator
from .export_segmenter import export_segmenter
from .model_card import model_card
from .pack import write_manifest
from .read_preprocessing import copy_tokenizer, read_preprocessing

PUBLISHED_THRESHOLDS = {
    "freeForm": {"clipImage": 0.75, "clipDirection": 0.22, "clipSource": 0.2, "clipTarget": 0.2, "dino": 0.4},
    "region": {"clipImage": 0.7, "clipDirection": 0.22, "clipSource": 0.2, "clipTarget": 0.2, "dino": 0.4},
}
"""UltraEdit's, which hold for CLIP ViT-L/14 (768) and DINOv2 ViT-L (1024) only."""


@dataclass(frozen=True)
class PackSources:
    """Local folders of checkpoints; an absent one leaves its role empty."""

    generator: Path | None = None
    clip: Path | None = None
    dino: Path | None = None
    segmenter: Path | None = None
    detector: Path | None = None


@dataclass(frozen=True)
class PackText:
    """What a manifest says about itself."""

    name: str
    version: str = "1"
    title: str | None = None
    summary: str | None = None
    licence: str = "LicenseRef-see-model-card"


@dataclass(frozen=True)
class PackSettings:
    storage: str = "fp16"
    shard_bytes: int = 15_000_000
    box_threshold: float = 0.3
    generator: dict = field(default_factory=dict)
    """Keyword arguments of `export_generator`."""


def export_pack(sources: PackSources, out_dir: Path, text: PackText, settings: PackSettings) -> None:
    """Writes the pack to `out_dir`, which must be new or empty."""
    out_dir = Path(out_dir)
    if out_dir.exists() and any(out_dir.iterdir()):
        raise ValueError(f"{out_dir} is not empty; choose a new folder")
    out_dir.mkdir(parents=True, exist_ok=True)
    common = {"storage": settings.storage, "shard_bytes": settings.shard_bytes}
    roles: dict[str, dict] = {}
    if sources.generator:
        roles["generator"] = export_generator(sources.generator, out_dir, **common, **settings.generator)
    if sources.clip:
        roles["clip"] = _clip(sources.clip, out_dir, common)
    if sources.dino:
        roles["selfSupervised"] = _self_supervised(sources.dino, out_dir, common)
    if sources.detector:
        roles["detector"] = _detector(sources.detector, out_dir, common, settings.box_threshold)
    if sources.segmenter:
        sam = SamModel.from_pretrained(sources.segmenter)
        size = sam.config.vision_config.image_size
        part = export_segmenter(sam, out_dir, **common)
        roles["segmenter"] = {**part, "preprocessing": read_preprocessing(sources.segmenter, "pad", size)}
    if not roles:
        raise ValueError("nothing to export: name at least one checkpoint folder")

    (out_dir / "MODEL_CARD.md").write_text(model_card(text.name, sources, settings.storage), encoding="utf-8")
    title = text.title or text.name
    summary = text.summary or f"Exported from {', '.join(_folder_names(sources))}; weights stored as {settings.storage}."
    about = {"name": text.name, "version": text.version, "title": title, "summary": summary, "licence": text.licence}
    write_manifest(out_dir, {**about, "modelCard": "MODEL_CARD.md", **roles, "thresholds": _thresholds(roles)})


def _clip(folder: Path, out_dir: Path, common: dict) -> dict:
    clip = CLIPModel.from_pretrained(folder)
    return {
        **export_clip(clip, out_dir, **common),
        "tokenizer": copy_tokenizer(folder, out_dir, "clip.tokenizer"),
        "preprocessing": read_preprocessing(folder, "shortest-crop", clip.config.vision_config.image_size),
    }


def _self_supervised(folder: Path, out_dir: Path, common: dict) -> dict:
    kind = AutoConfig.from_pretrained(folder).model_type
    if kind not in ("dinov2", "dinov2_with_registers"):
        raise ValueError(f"{folder} holds a {kind} model, expected DINOv2")
    model = AutoModel.from_pretrained(folder)
    part = export_self_supervised(model, out_dir, **common)
    return {**part, "preprocessing": read_preprocessing(folder, "shortest-crop", model.config.image_size)}


def _detector(folder: Path, out_dir: Path, common: dict, box_threshold: float) -> dict:
    kind = AutoConfig.from_pretrained(folder).model_type
    if kind != "owlv2":
        raise ValueError(f"{folder} holds a {kind} model; the detectors that can be exported are: owlv2")
    model = Owlv2ForObjectDetection.from_pretrained(folder)
    return {
        **export_owlv2(model, out_dir, **common),
        "tokenizer": copy_tokenizer(folder, out_dir, "detector.tokenizer"),
        "preprocessing": read_preprocessing(folder, "pad", model.config.vision_config.image_size),
        "boxThreshold": box_threshold,
    }


def _thresholds(roles: dict) -> dict:
    sizes = [roles.get(role, {}).get("embeddingSize") for role in ("clip", "selfSupervised")]
    if sizes != [768, 1024]:
        return {"freeForm": {}, "region": {}}
    return {
        stage: {score: {"min": least} for score, least in limits.items()}
        for stage, limits in PUBLISHED_THRESHOLDS.items()
    }


def _folder_names(sources: PackSources) -> list[str]:
    return [path.name for path in vars(sources).values() if path]
