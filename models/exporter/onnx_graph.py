"""`torch.onnx.export` with the settings that every graph of a pack shares."""

import logging
import warnings
from collections.abc import Mapping, Sequence

import onnx
import torch

OPSET = 18


def trace(
    module: torch.nn.Module,
    inputs: Mapping[str, torch.Tensor],
    outputs: Sequence[str],
    dynamic: Mapping[str, Mapping[int, object]],
) -> onnx.ModelProto:
    """Exports `module(**inputs)` to an ONNX model in memory whose initializers keep the parameters' names.

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
    model = program.model_proto
    strip_debug_information(model)
    expect_inputs(model, list(inputs))
    return model


def strip_debug_information(model: onnx.ModelProto) -> None:
    """Drops stack traces, intermediate shapes and docs: most of the size of a small graph, and machine paths."""
    del model.graph.value_info[:]
    for part in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    for function in model.functions:
        for node in function.node:
            del node.metadata_props[:]
            node.doc_string = ""


def expect_inputs(model: onnx.ModelProto, names: Sequence[str]) -> None:
    """Fails unless the graph takes exactly the named inputs: an input that the model ignores would vanish."""
    found = [value.name for value in model.graph.input]
    if sorted(found) != sorted(names):
        raise ValueError(f"the exported graph takes {found}, expected {list(names)}")
