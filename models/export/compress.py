"""Smaller weights inside unchanged graphs (inputs and outputs stay float32).

int8: initialiser -> DequantizeLinear, one scale per output channel; for the large matrices of the transformer.
fp16: initialiser -> Cast to float32; for the autoencoder, where 8 bits would show.
onnxruntime folds both while loading, so that the speed is float32's.
"""
from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def compress(model: onnx.ModelProto, mode: str, least: int = 4096) -> onnx.ModelProto:
    graph = model.graph
    uses: dict[str, list[tuple[onnx.NodeProto, int]]] = {}
    for node in graph.node:
        for place, name in enumerate(node.input):
            uses.setdefault(name, []).append((node, place))
    new_nodes, kept, added = [], [], []
    for initialiser in graph.initializer:
        array = numpy_helper.to_array(initialiser)
        name = initialiser.name
        if array.dtype != np.float32 or array.size < least:
            kept.append(initialiser)
            continue
        if mode == "int8" and array.ndim == 2 and min(array.shape) >= 64:
            # A MatMul's weight is [in,out], a Gemm's with transB and a Gather's table are [out,in].
            axis = 0 if all(_rows_are_outputs(node, place) for node, place in uses.get(name, [])) else 1
            moved = np.moveaxis(array, axis, 0)
            scale = _scales(moved)
            quantised = np.clip(np.rint(moved / scale[:, None]), -127, 127).astype(np.int8)
            added += [numpy_helper.from_array(np.moveaxis(quantised, 0, axis).copy(), name + "_int8"),
                      numpy_helper.from_array(scale.astype(np.float32), name + "_scale")]
            new_nodes.append(helper.make_node("DequantizeLinear", [name + "_int8", name + "_scale"], [name], name=name + "_dequantise", axis=axis))
        else:
            added.append(numpy_helper.from_array(array.astype(np.float16), name + "_fp16"))
            new_nodes.append(helper.make_node("Cast", [name + "_fp16"], [name], name=name + "_cast", to=TensorProto.FLOAT))
    nodes = new_nodes + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept + added)
    graph.node.extend(nodes)
    del graph.value_info[:]
    return model


def _rows_are_outputs(node: onnx.NodeProto, place: int) -> bool:
    if node.op_type == "Gather":
        return True
    if node.op_type == "Gemm" and place == 1:
        return any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
    return False


def _scales(rows: np.ndarray) -> np.ndarray:
    """The scale of each row that loses least, of eight clips between .8 and 1 of its maximum."""
    peak = np.maximum(np.abs(rows).max(1), 1e-8)
    best, least = peak / 127, np.full(len(rows), np.inf)
    for share in np.linspace(0.8, 1.0, 8):
        scale = peak * share / 127
        error = ((np.clip(np.rint(rows / scale[:, None]), -127, 127) * scale[:, None] - rows) ** 2).sum(1)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    return best
