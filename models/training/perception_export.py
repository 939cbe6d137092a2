"""Export the trained perception models to ONNX with float16 weights, check them against PyTorch, and write `perception.json`.

    python perception_export.py --work models/.work --tokenizer TOKENIZER --out models/storybook [--only clip scene tagger dino]

`perception.json` holds the manifest sections (`lib/packs/manifest.ts`) of these models. The tokenizer files are named as they lie in the pack; they are copied there if missing.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.export import Dim
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.exporter.onnx_weights import strip_debug_information  # noqa: E402

import perception_train_clip
import perception_train_scene
from perception_models import EMBEDDING, IMAGE_SIZE, ClipAndTagger, DetectAndSegment, SelfSupervised
from perception_text import BOS, EOS, ClipTokenizer

TOLERANCE = 2e-2
BOX_THRESHOLD = 0.45
PREPROCESSING = {"size": [IMAGE_SIZE, IMAGE_SIZE], "fit": "stretch", "interpolation": "bilinear", "mean": [0.5] * 3, "std": [0.5] * 3}


class Wrapped(nn.Module):
    """A function of tensors over some modules, as a module that can be exported."""

    def __init__(self, call: Callable[..., Any], **modules: nn.Module) -> None:
        super().__init__()
        self.parts = nn.ModuleDict(modules)
        self.call = call

    def forward(self, *inputs: Tensor) -> Any:
        return self.call(self.parts, *inputs)


class Tagger(nn.Module):
    """`pixel_values` [B,3,256,256] → `logits` [B,K]: nouns are the detector's best answer anywhere, the other tags CLIP's tag head's.

    Noun logits are moved so that 0 (a probability of 0.5) is the detector's own box threshold.
    """

    def __init__(self, clip: ClipAndTagger, scene: DetectAndSegment, ids: Tensor, mask: Tensor) -> None:
        super().__init__()
        self.trunk, self.tag, self.pyramid, self.detector = clip.trunk, clip.tag, scene.pyramid, scene.detector
        with torch.no_grad():
            self.register_buffer("nouns", scene.detector.queries(ids, mask))
        self.shift = math.log(BOX_THRESHOLD / (1 - BOX_THRESHOLD))

    def forward(self, pixels: Tensor) -> Tensor:
        embedded, _ = self.detector.cells(self.pyramid(pixels)[1])
        nouns = self.detector.logits(embedded, self.nouns).amax(1) - self.shift
        others = self.tag(self.trunk(F.avg_pool2d(pixels, 2)))[:, self.nouns.shape[0] :]
        return torch.cat([nouns, others], 1)


def fuse(module: nn.Module) -> nn.Module:
    """Fold every batch normalisation into the convolution before it."""
    for child in module.modules():
        if isinstance(child, nn.Sequential):
            for at in range(len(child) - 1):
                if isinstance(child[at], nn.Conv2d) and isinstance(child[at + 1], nn.BatchNorm2d):
                    child[at] = fuse_conv_bn_eval(child[at], child[at + 1])
                    child[at + 1] = nn.Identity()
    return module


def store_as_half(path: Path) -> None:
    """Keep float32 weights as float16 with a cast behind each; the runtime folds the casts when it loads the graph."""
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for initializer in graph.initializer:
        if initializer.data_type != TensorProto.FLOAT or np.prod(initializer.dims) < 16:
            continue
        name = initializer.name
        halved = numpy_helper.from_array(numpy_helper.to_array(initializer).astype(np.float16), f"{name}.half")
        initializer.CopyFrom(halved)
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for at, node in enumerate(casts):
        graph.node.insert(at, node)
    strip_debug_information(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def export(path: Path, module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], dynamic: dict[str, dict[int, str]], other: dict[str, Tensor]) -> float:
    """Write one graph; returns the largest difference over the largest reference value, on `inputs` and on `other` (other dynamic sizes)."""
    module = module.eval()
    axes: dict[str, Any] = {}
    named: dict[str, Any] = {}
    shapes = []
    for name, value in inputs.items():
        axes[name] = {at: named.setdefault(label, Dim(label, min=1, max=4096)) for at, label in dynamic.get(name, {}).items()}
        shapes.append(axes[name])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, tuple(inputs.values()), path, input_names=list(inputs), output_names=outputs, dynamo=True, external_data=False,
            dynamic_shapes=(tuple(shapes),), opset_version=18, verbose=False,
        )  # fmt: skip
    store_as_half(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    worst = 0.0
    for case in (inputs, other):
        with torch.no_grad():
            reference = module(*case.values())
        reference = reference if isinstance(reference, tuple) else (reference,)
        for expected, got in zip(reference, session.run(outputs, {name: value.numpy() for name, value in case.items()})):
            if expected.shape != got.shape:
                raise SystemExit(f"{path.name}: shape {got.shape}, PyTorch gives {tuple(expected.shape)}")
            worst = max(worst, float(np.abs(expected.numpy() - got).max() / np.abs(expected.numpy()).max()))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, difference to PyTorch {worst:.1e}", flush=True)
    if worst > TOLERANCE:
        raise SystemExit(f"{path.name} differs from PyTorch by {worst:.1e}, more than {TOLERANCE}")
    return worst


def averaged(work: Path, name: str, model: nn.Module) -> nn.Module | None:
    path = work / f"{name}.pt"
    if not path.exists():
        return None
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["averaged"], strict=False)
    print(f"{name}: step {state['step']}")
    return fuse(model.eval())


def load_clip(work: Path, tokenizer: ClipTokenizer, tags: int) -> ClipAndTagger | None:
    return averaged(work, "clip", ClipAndTagger(tokenizer.size, tokenizer.eos, tags, perception_train_clip.MAX_LENGTH))  # type: ignore[return-value]


def load_scene(work: Path, tokenizer: ClipTokenizer) -> DetectAndSegment | None:
    return averaged(work, "scene", DetectAndSegment(tokenizer.size, tokenizer.eos, perception_train_scene.MAX_LENGTH))  # type: ignore[return-value]


def load_dino(work: Path) -> SelfSupervised | None:
    return averaged(work, "dino", SelfSupervised())  # type: ignore[return-value]


def detect(parts: nn.ModuleDict, pixels: Tensor, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    _, s8 = parts["pyramid"](pixels)
    embedded, corners = parts["head"].cells(s8)
    corners = corners.clamp(0, 1)
    boxes = torch.cat([(corners[..., :2] + corners[..., 2:]) / 2, corners[..., 2:] - corners[..., :2]], 2)
    return parts["head"].logits(embedded, parts["head"].queries(ids, mask)), boxes


def segment(parts: nn.ModuleDict, embeddings: Tensor, points: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
    quality, logits = parts["decoder"](embeddings, points[0], labels[0], mask, has_mask)
    return quality[None, None], logits[None]


def pictures(count: int) -> Tensor:
    return F.interpolate(torch.rand(count, 3, 32, 32), size=IMAGE_SIZE, mode="bilinear") * 2 - 1


def tokenizer_section(length: int) -> dict[str, Any]:
    return {
        "kind": "clip-bpe", "vocab": "tokenizer/vocab.json", "merges": "tokenizer/merges.txt", "maxLength": length,
        "bosToken": BOS, "eosToken": EOS, "padToken": EOS,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path(__file__).parent.parent / ".work")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "storybook")
    parser.add_argument("--only", nargs="+", choices=["clip", "scene", "tagger", "dino"], default=["clip", "scene", "tagger", "dino"])
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    manifest = out / "perception.json"
    sections: dict[str, Any] = json.loads(manifest.read_text()) if manifest.exists() else {}
    tokenizer = ClipTokenizer(options.tokenizer, 77)
    batch = {"pixel_values": {0: "batch"}}

    def ids(count: int, length: int) -> tuple[Tensor, Tensor]:
        words = torch.randint(2, tokenizer.size - 2, (count, length))
        mask = torch.zeros(count, length, dtype=torch.int64)
        for row in range(count):
            end = 2 + row % (length - 3)
            words[row, 0], words[row, end:], mask[row, : end + 1] = tokenizer.bos, tokenizer.eos, 1
        return words, mask

    tags = json.loads((options.work / "tags.json").read_text())
    model = load_clip(options.work, tokenizer, len(tags))
    scene = load_scene(options.work, tokenizer)
    if "clip" in options.only:
        if model:
            length = perception_train_clip.MAX_LENGTH
            image = Wrapped(lambda p, x: p["head"](p["trunk"](F.avg_pool2d(x, 2))), trunk=model.trunk, head=model.image)
            export(out / "clip_image.onnx", image, {"pixel_values": pictures(2)}, ["image_embeds"], batch, {"pixel_values": pictures(3)})
            text = Wrapped(lambda p, x: p["text"](x), text=model.text)
            export(
                out / "clip_text.onnx", text, {"input_ids": ids(3, length)[0]}, ["text_embeds"],
                {"input_ids": {0: "batch"}}, {"input_ids": ids(1, length)[0]},
            )  # fmt: skip
            (out / "tags.json").write_text(json.dumps(tags, indent=1) + "\n")
            sections["clip"] = {
                "image": "clip_image.onnx", "text": "clip_text.onnx", "tokenizer": tokenizer_section(length),
                "preprocessing": PREPROCESSING, "embeddingSize": EMBEDDING,
            }  # fmt: skip
    if "dino" in options.only and (dino := load_dino(options.work)):
        module = Wrapped(lambda p, x: p["embed"](p["trunk"](F.avg_pool2d(x, 2))), trunk=dino.trunk, embed=dino.embed)
        export(out / "dino.onnx", module, {"pixel_values": pictures(2)}, ["embedding"], batch, {"pixel_values": pictures(3)})
        sections["selfSupervised"] = {"file": "dino.onnx", "preprocessing": PREPROCESSING, "embeddingSize": EMBEDDING}
    if "scene" in options.only and scene:
        length = perception_train_scene.MAX_LENGTH
        names = ("pixel_values", "input_ids", "attention_mask")
        detector = Wrapped(detect, pyramid=scene.pyramid, head=scene.detector)
        export(
            out / "detector.onnx", detector, dict(zip(names, (pictures(1), *ids(5, length)))), ["logits", "pred_boxes"],
            {"input_ids": {0: "queries"}, "attention_mask": {0: "queries"}}, dict(zip(names, (pictures(1), *ids(1, length)))),
        )  # fmt: skip
        encoder = Wrapped(lambda p, x: p["neck"](*p["pyramid"](x)), pyramid=scene.pyramid, neck=scene.neck)
        picture = pictures(1)
        export(out / "segmenter_encoder.onnx", encoder, {"pixel_values": picture}, ["image_embeddings"], {}, {"pixel_values": pictures(1)})
        with torch.no_grad():
            embeddings = encoder(picture)

        def prompt(*labels: int, given: float = 0.0) -> dict[str, Tensor]:
            points = torch.sort(torch.rand(1, 1, len(labels), 2) * IMAGE_SIZE, dim=2).values
            return {
                "image_embeddings": embeddings, "input_points": points, "input_labels": torch.tensor([[labels]]),
                "mask_input": torch.randn(1, 1, 128, 128) * given, "has_mask_input": torch.tensor([given]),
            }  # fmt: skip

        decoder = Wrapped(segment, decoder=scene.decoder)
        export(
            out / "segmenter_decoder.onnx", decoder, prompt(2, 3, 1), ["iou_scores", "pred_masks"],
            {"input_points": {2: "points"}, "input_labels": {2: "points"}}, prompt(1, 0, 1, -1, -1, given=1.0),
        )  # fmt: skip
        sections["detector"] = {
            "kind": "owlv2", "file": "detector.onnx", "tokenizer": tokenizer_section(length),
            "preprocessing": PREPROCESSING, "boxThreshold": BOX_THRESHOLD,
        }  # fmt: skip
        sections["segmenter"] = {
            "encoder": "segmenter_encoder.onnx", "decoder": "segmenter_decoder.onnx",
            "preprocessing": PREPROCESSING, "maskSize": 128,
        }  # fmt: skip
    if "tagger" in options.only and model and scene:
        nouns = json.loads((options.work / "nouns.json").read_text())
        tagger = Wrapped(lambda p, x: p["tagger"](x), tagger=Tagger(model, scene, *map(torch.from_numpy, tokenizer(nouns))))
        export(out / "tagger.onnx", tagger, {"pixel_values": pictures(2)}, ["logits"], batch, {"pixel_values": pictures(3)})
        sections["tagger"] = {"file": "tagger.onnx", "preprocessing": PREPROCESSING, "tags": "tags.json", "threshold": 0.5}
    for name in ("vocab.json", "merges.txt"):
        kept = out / "tokenizer" / name
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            shutil.copyfile(options.tokenizer / name, kept)
        elif kept.read_bytes() != (options.tokenizer / name).read_bytes():
            raise SystemExit(f"{kept} is another tokenizer than {options.tokenizer / name}, which the models were trained with")
    manifest.write_text(json.dumps(sections, indent=2) + "\n")


if __name__ == "__main__":
    main()
