"""`torch.onnx.export` with the settings that every graph of a pack shares."""

import logging
import warnings
from collections.abc import Mapping, Sequence

import onnx_ir
import torch

OPSET = 20  # the first with Gelu as an operator of its own


def trace(
    module: torch.nn.Module,
    inputs: Mapping[str, torch.Tensor],
    outputs: Sequence[str],
    dynamic: Mapping[str, Mapping[int, object]],
) -> onnx_ir.Model:
    """Exports `module(**inputs)` to an ONNX model whose initializers are the parameters themselves, by name.

    `dynamic` maps an input to {axis: torch.export.Dim}; inputs it does not name keep the shape of the example.
    """
    for name in ("torch.onnx", "onnxscript", "torch.onnx._internal.exporter._registration"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module.eval(),
            (),
            kwargs=dict(inputs),
            dynamo=True,
            dynamic_shapes={name: dict(dynamic.get(name, {})) for name in inputs},
            output_names=list(outputs),
            opset_version=OPSET,
            optimize=True,
            verbose=False,
        )
    expect_inputs(program.model, list(inputs))
    return program.model


def expect_inputs(model: onnx_ir.Model, names: Sequence[str]) -> None:
    """Fails unless the graph takes exactly the named inputs: an input that the model ignores would vanish."""
    found = [value.name for value in model.graph.inputs]
    if sorted(found) != sorted(names):
        raise ValueError(f"the exported graph takes {found}, expected {list(names)}")
