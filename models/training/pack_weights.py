"""The weights in a pack's ONNX graph, back in the PyTorch module that it was exported from."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn


def load_weights(module: nn.Module, graph: Path, prefix: str, example: dict, renamed: dict[str, str] | None = None) -> None:
    """Fills every parameter of `module` from `graph`, whose initializers are called `prefix` + the parameter's name.

    Two kinds lose their names when a graph is exported: the weights of linear layers, which are stored transposed, and
    those of group norms. They are taken in the order of their use, which is the order in which `module(**example)`
    calls its layers. `renamed`: parameters that stand in the graph under another name altogether.
    """
    model = onnx.load(graph)
    constants = _constants(model.graph)
    linear, norms = _nameless(model.graph, constants)
    state = {}
    for name, layer in _layers_in_order(module, example):
        if isinstance(layer, nn.GroupNorm):
            state[f"{name}.weight"], state[f"{name}.bias"] = (array.reshape(-1) for array in norms.pop(0))
        elif f"{prefix}{name}.weight" not in constants:
            state[f"{name}.weight"] = linear.pop(0).T
    if linear or norms:
        raise ValueError(f"{graph.name} has {len(linear)} linear layers and {len(norms)} group norms too many")
    for name in module.state_dict():
        known = constants.get((renamed or {}).get(name, prefix + name))
        if known is not None:
            state.setdefault(name, known)
    module.load_state_dict({name: torch.from_numpy(np.array(values)) for name, values in state.items()})


def _constants(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Initializers by name, those that are stored as float16 under the name of the float32 that they are cast to."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in constants:
            constants[node.output[0]] = constants[node.input[0]].astype(np.float32)
    return constants


def _nameless(graph: onnx.GraphProto, constants: dict[str, np.ndarray]):
    """Right sides of matrix products, and (scale, shift) after group norms, in the graph's order."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)

    def operand_after(node: onnx.NodeProto, kind: str):
        following = next(user for user in users[node.output[0]] if user.op_type == kind)
        return following, next(constants[name] for name in following.input if name in constants)

    linear, norms = [], []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in constants:
            linear.append(constants[node.input[1]])
        if node.op_type == "InstanceNormalization":
            reshape = next(user for user in users[node.output[0]] if user.op_type == "Reshape")
            multiply, scale = operand_after(reshape, "Mul")
            norms.append((scale, operand_after(multiply, "Add")[1]))
    return linear, norms


def _layers_in_order(module: nn.Module, example: dict) -> list[tuple[str, nn.Module]]:
    called: list[tuple[str, nn.Module]] = []
    hooks = [
        layer.register_forward_pre_hook(lambda layer, _, name=name: called.append((name, layer)))
        for name, layer in module.named_modules()
        if isinstance(layer, nn.Linear | nn.GroupNorm)
    ]
    with torch.no_grad():
        module(**example)
    for hook in hooks:
        hook.remove()
    return called
