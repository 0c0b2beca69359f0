"""A TensorFlow.js graph model -> ONNX, for the layers of NanoDet: everything else is refused.

TensorFlow's convolutions take [1,height,width,channels]: transposes stand around each, and onnxruntime removes them.
"""
from __future__ import annotations

import base64
import json

import numpy as np

from .graph import GraphWriter

TYPES = {"float32": np.float32, "int32": np.int32, "bool": np.bool_}


def _weights(groups: list[dict], data: bytes) -> dict[str, np.ndarray]:
    found, at = {}, 0
    for entry in (weight for group in groups for weight in group["weights"]):
        stored = entry.get("quantization", {}).get("dtype")
        if stored not in (None, "float16"):
            raise ValueError(f"weights stored as {stored}")
        kind = np.dtype(np.float16 if stored else TYPES[entry["dtype"]])
        count = int(np.prod(entry["shape"]))
        found[entry["name"]] = np.frombuffer(data, kind, count, at).reshape(entry["shape"]).astype(TYPES[entry["dtype"]])
        at += count * kind.itemsize
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes of weights are left over")
    return found


def _sorted(nodes: list[dict]) -> list[dict]:
    """Each node after those that it takes values from."""
    by_name = {node["name"]: node for node in nodes}
    order: dict[str, dict] = {}

    def visit(node: dict) -> None:
        if node["name"] in order:
            return
        for source in node.get("input", []):
            visit(by_name[source.lstrip("^").split(":")[0]])
        order[node["name"]] = node

    for node in nodes:
        visit(node)
    return list(order.values())


class _Converter:
    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.g = GraphWriter()
        self.values: dict[str, str] = {}
        self.constants: dict[str, np.ndarray] = {}

    def value(self, name: str) -> str:
        if name not in self.values:
            array = self.constants[name]
            self.values[name] = self.g.weight(array.astype(np.int64) if array.dtype == np.int32 else array)
        return self.values[name]

    def first(self, value: str) -> str:
        return self.g.op("Transpose", [value], perm=[0, 3, 1, 2])

    def last(self, value: str) -> str:
        return self.g.op("Transpose", [value], perm=[0, 2, 3, 1])

    def convolution(self, inputs: list[str], attributes: dict) -> str:
        kernel = self.constants[inputs[1]].transpose(3, 2, 0, 1)
        padding = base64.b64decode(attributes["padding"]["s"]).decode()
        extra = {"auto_pad": "SAME_UPPER"} if padding == "SAME" else {}
        # a grouped convolution has fewer input channels in its kernel than in its picture; SplitV stands for groups here
        return self.last(self.g.conv(
            self.first(self.value(inputs[0])), np.ascontiguousarray(kernel), strides=_list(attributes, "strides")[1:3],
            dilations=_list(attributes, "dilations")[1:3] or [1, 1], **extra,
        ))

    def node(self, node: dict) -> None:
        kind, name, attributes = node["op"], node["name"], node.get("attr", {})
        inputs = [source.removesuffix(":0") for source in node.get("input", [])]
        constants = [self.constants.get(source) for source in inputs]
        if kind == "Const":
            self.constants[name] = self.weights[name]
        elif kind == "SparseToDense":
            positions, shape, _values, default = constants
            if positions.size:
                raise ValueError(f"{name}: a sparse constant with values")
            self.constants[name] = np.full(shape.astype(int).tolist(), default.ravel()[0] if default.size else 0, dtype=default.dtype)
        elif kind == "Placeholder":
            shape = [int(side["size"]) for side in attributes["shape"]["shape"]["dim"]]
            self.values[name] = self.g.input("picture", shape)
        elif kind in ("Add", "AddV2") and all(array is not None for array in constants):
            self.constants[name] = constants[0] + constants[1]
        elif kind == "SplitV":
            sizes = constants[1].astype(np.int64)
            parts = self.g.ops("Split", [self.value(inputs[0]), self.g.weight(sizes)], len(sizes), axis=int(constants[2]))
            self.values |= {f"{name}:{index}" if index else name: part for index, part in enumerate(parts)}
        else:
            self.values[name] = self.computed(kind, inputs, constants, attributes)

    def computed(self, kind: str, inputs: list[str], constants: list[np.ndarray | None], attributes: dict) -> str:
        g = self.g
        if kind == "Conv2D":
            return self.convolution(inputs, attributes)
        if kind in ("Add", "AddV2"):
            return g.op("Add", [self.value(source) for source in inputs])
        if kind == "LeakyRelu":
            return g.op("LeakyRelu", [self.value(inputs[0])], alpha=float(attributes.get("alpha", {}).get("f", 0.2)))
        if kind == "Sigmoid":
            return g.op("Sigmoid", [self.value(inputs[0])])
        if kind == "Identity":
            return self.value(inputs[0])
        if kind == "Transpose":
            return g.op("Transpose", [self.value(inputs[0])], perm=[int(axis) for axis in constants[1]])
        if kind == "Reshape":
            return g.op("Reshape", [self.value(inputs[0]), g.weight(constants[1].astype(np.int64))])
        if kind == "ConcatV2":
            return g.concat([self.value(source) for source in inputs[:-1]], int(constants[-1]))
        if kind in ("Pad", "PadV2"):
            return self.padded(inputs, constants)
        if kind == "MaxPool":
            window, steps = (_list(attributes, key)[1:3] for key in ("ksize", "strides"))
            padding = base64.b64decode(attributes["padding"]["s"]).decode()
            extra = {"auto_pad": "SAME_UPPER"} if padding == "SAME" else {}
            return self.last(g.op("MaxPool", [self.first(self.value(inputs[0]))], kernel_shape=window, strides=steps, **extra))
        if kind == "ResizeBilinear":
            return self.resized(inputs[0], constants[1], attributes)
        raise ValueError(f"the layer {kind} is unknown")

    def padded(self, inputs: list[str], constants: list[np.ndarray | None]) -> str:
        amounts = constants[1].astype(np.int64)
        if not amounts.any():
            return self.value(inputs[0])
        fill = [self.g.weight(np.array(constants[2], np.float32))] if len(inputs) > 2 else []
        both = self.g.weight(np.concatenate([amounts[:, 0], amounts[:, 1]]))
        return self.g.op("Pad", [self.value(inputs[0]), both, *fill])

    def resized(self, source: str, size: np.ndarray, attributes: dict) -> str:
        g = self.g
        centres = "half_pixel" if attributes.get("half_pixel_centers", {}).get("b") else "asymmetric"
        place = "align_corners" if attributes.get("align_corners", {}).get("b") else centres
        value = self.first(self.value(source))
        kept = g.op("Slice", [g.op("Shape", [value]), g.ints(0), g.ints(2)])
        shape = g.concat([kept, g.ints(*(int(side) for side in size))], 0)
        return self.last(g.op("Resize", [value, "", "", shape], mode="linear", coordinate_transformation_mode=place))


def _list(attributes: dict, name: str) -> list[int]:
    return [int(value) for value in attributes.get(name, {"list": {}})["list"].get("i", [])]


def tfjs_graph(model: bytes, data: bytes, outputs: dict[str, tuple[str, list[int]]], source: str) -> bytes:
    """Input picture; `outputs`: the names that the model's outputs get, with their shapes."""
    description = json.loads(model)
    network = _Converter(_weights(description["weightsManifest"], data))
    for node in _sorted(description["modelTopology"]["node"]):
        network.node(node)
    for theirs, (ours, shape) in outputs.items():
        network.g.output(network.values[theirs], ours, shape)
    return network.g.bytes(source)
