"""External weights: one set of files shared by the graphs of a model, optionally stored as float16.

Every parameter is an initializer with its PyTorch name whose bytes lie in `<stem>.weights.<n>`, 64-byte aligned.
With float16 storage a Cast restores float32, so that the graph computes and speaks float32; ONNX Runtime folds
the Cast into the weight when it loads the session.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
import onnx
import onnx_ir as ir

INLINE_BYTES = 1024
ALIGNMENT = 64
HALF_SUFFIX = "__half"


def save_with_shared_weights(
    models: Mapping[str, ir.Model],
    out_dir: Path,
    stem: str,
    storage: str,
    shard_bytes: int = 15_000_000,
) -> list[str]:
    """Writes `models` (file name → graph) and their weights; returns the names of all files written.

    Tensors with the same bytes are written once. Vectors stay float32 (they are small and normalisation is
    sensitive to them), as does any tensor that float16 cannot hold. Consumes the models.
    """
    if storage not in ("fp16", "fp32"):
        raise ValueError(f'storage must be "fp16" or "fp32", not "{storage}"')
    out_dir.mkdir(parents=True, exist_ok=True)
    for old in out_dir.glob(f"{stem}.weights.*"):
        old.unlink()
    writer = _ShardWriter(out_dir, stem, shard_bytes)
    for model in models.values():
        _externalise(model, writer, storage)
    for name, model in models.items():
        proto = ir.to_proto(model)
        strip_debug_information(proto)
        (out_dir / name).write_bytes(proto.SerializeToString())
    return [*models, *writer.close()]


def _externalise(model: ir.Model, writer: "_ShardWriter", storage: str) -> None:
    graph = model.graph
    first = graph[0]
    for name, value in list(graph.initializers.items()):
        values = value.const_value.numpy()
        if values.nbytes < INLINE_BYTES:
            continue
        stored = _stored(values, storage)
        if stored.dtype == values.dtype:
            value.const_value = writer.place(name, stored)
            continue
        half = writer.place(name + HALF_SUFFIX, stored)
        source = ir.Value(name=half.name, shape=half.shape, type=ir.TensorType(half.dtype), const_value=half)
        cast = ir.node("Cast", [source], {"to": int(ir.DataType.FLOAT)})
        cast.outputs[0].shape, cast.outputs[0].type = value.shape, value.type
        value.replace_all_uses_with(cast.outputs[0])
        del graph.initializers[name]
        cast.outputs[0].name = name
        graph.register_initializer(source)
        graph.insert_before(first, cast)


def _stored(values: np.ndarray, storage: str) -> np.ndarray:
    if storage == "fp32" or values.dtype != np.float32 or values.ndim < 2:
        return values
    half, largest = np.finfo(np.float16), np.abs(values).max(initial=0)
    if largest > half.max or 0 < largest < half.tiny:
        return values
    return values.astype(np.float16)


class _ShardWriter:
    """Appends tensors to shards of at most `shard_bytes`; a larger tensor gets a shard of its own."""

    def __init__(self, out_dir: Path, stem: str, shard_bytes: int):
        self._out_dir, self._stem, self._shard_bytes = out_dir, stem, shard_bytes
        self._files: list[str] = []
        self._handle: BinaryIO | None = None
        self._placed: dict[bytes, tuple[str, int]] = {}

    def place(self, name: str, values: np.ndarray) -> ir.ExternalTensor:
        """A tensor that points to its bytes, which are written once however many graphs hold them."""
        data = np.ascontiguousarray(values).data.cast("B")
        digest = sha256(data).digest()
        if digest not in self._placed:
            self._placed[digest] = self._append(data)
        file, offset = self._placed[digest]
        return ir.ExternalTensor(
            file,
            offset,
            len(data),
            ir.DataType.from_numpy(values.dtype),
            shape=ir.Shape(values.shape),
            name=name,
            base_dir=self._out_dir,
        )

    def _append(self, data: memoryview) -> tuple[str, int]:
        if self._handle is not None and self._handle.tell() + len(data) + ALIGNMENT > self._shard_bytes:
            self._handle.close()
            self._handle = None
        if self._handle is None:
            self._files.append(f"{self._stem}.weights.{len(self._files)}")
            self._handle = open(self._out_dir / self._files[-1], "wb")
        self._handle.write(b"\0" * (-self._handle.tell() % ALIGNMENT))
        offset = self._handle.tell()
        self._handle.write(data)
        return self._files[-1], offset

    def close(self) -> list[str]:
        if self._handle is not None:
            self._handle.close()
        return self._files


def strip_debug_information(model: onnx.ModelProto) -> None:
    """Drops stack traces, intermediate shapes and docs: most of the size of a small graph, and machine paths."""
    graph = model.graph
    del graph.value_info[:]
    functions = [node for function in model.functions for node in function.node]
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer, *functions):
        del part.metadata_props[:]
        part.doc_string = ""
