"""A pack with float32 weights → the same pack with float16 storage, without tracing the models again."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

import onnx_ir as ir

from .onnx_weights import save_with_shared_weights
from .pack import write_manifest


def store_as_half(pack_dir: Path, out_dir: Path, about: dict) -> None:
    """Writes the pack to `out_dir`, a new folder, with the manifest fields of `about` replaced."""
    graphs: dict[str, dict[str, ir.Model]] = defaultdict(dict)
    for file in sorted(pack_dir.glob("*.onnx")):
        model = ir.load(file)
        graphs[_weights_stem(model)][file.name] = model
    shutil.copytree(pack_dir, out_dir, ignore=shutil.ignore_patterns("*.onnx", "*.weights.*", "pack.json"))
    for stem, models in graphs.items():
        save_with_shared_weights(models, out_dir, stem, "fp16")
    card = out_dir / "MODEL_CARD.md"
    text = card.read_text(encoding="utf-8").replace(f"# {pack_dir.name}\n", f"# {out_dir.name}\n")
    card.write_text(text.replace("stored as fp32", "stored as fp16"), encoding="utf-8")
    manifest = json.loads((pack_dir / "pack.json").read_text(encoding="utf-8"))
    del manifest["files"]
    write_manifest(out_dir, {**manifest, **about})


def _weights_stem(model: ir.Model) -> str:
    """`unet` of `unet.weights.0`, the file that the graph's weights lie in."""
    tensors = [value.const_value for value in model.graph.initializers.values()]
    external = next(tensor for tensor in tensors if isinstance(tensor, ir.ExternalTensor))
    return Path(external.location).name.rsplit(".weights.", 1)[0]
