"""Image preprocessing and tokenizer files of transformers checkpoints → their parts of the manifest."""

import json
import shutil
from pathlib import Path

INTERPOLATION = {0: "nearest", 2: "bilinear", 3: "bicubic"}


def read_preprocessing(folder: Path, fit: str, size: int) -> dict:
    """The manifest's `preprocessing` from a checkpoint's `preprocessor_config.json`.

    `size`: side in pixels of the exported graph's input. The processor's own sizes are not used: where it
    resizes beyond the crop (DINOv2: 256, then 224), packs resize the short side to the crop itself.
    """
    file = Path(folder) / "preprocessor_config.json"
    config = json.loads(file.read_text())
    resample = config.get("resample", 2)
    if resample not in INTERPOLATION:
        raise ValueError(f"{file}: resample {resample} is not supported; packs know {INTERPOLATION}")
    return {
        "size": [size, size],
        "fit": fit,
        "interpolation": INTERPOLATION[resample],
        "mean": config["image_mean"],
        "std": config["image_std"],
    }


def copy_tokenizer(folder: Path, out_dir: Path, name: str) -> dict:
    """Copies a CLIP tokenizer's vocab.json and merges.txt to `<name>/`; returns the manifest's tokenizer."""
    folder, target = Path(folder), Path(out_dir) / name
    target.mkdir(parents=True, exist_ok=True)
    for file in ("vocab.json", "merges.txt"):
        if not (folder / file).exists():
            raise FileNotFoundError(f"{folder / file} is missing: only CLIP's byte-pair tokenizers can be exported")
        shutil.copyfile(folder / file, target / file)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    length = config["model_max_length"]
    if length > 1024:
        raise ValueError(f"{folder}/tokenizer_config.json: model_max_length {length} is no real limit")
    return {
        "kind": "clip-bpe",
        "vocab": f"{name}/vocab.json",
        "merges": f"{name}/merges.txt",
        "maxLength": length,
        "bosToken": _text(config.get("bos_token", "<|startoftext|>")),
        "eosToken": _text(config.get("eos_token", "<|endoftext|>")),
        "padToken": _text(config.get("pad_token", "<|endoftext|>")),
    }


def _text(token: str | dict) -> str:
    return token["content"] if isinstance(token, dict) else token
