"""A network in ncnn's .param and .bin -> ONNX, for the layers of waifu2x's upconv_7: everything else is refused."""
from __future__ import annotations

import struct

import numpy as np

from .graph import GraphWriter

HALF = 0x01306B47


class _Weights:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def floats(self, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, np.float32, count, self.at).copy()
        self.at += 4 * count
        return values

    def tagged(self, count: int) -> np.ndarray:
        """Values after a tag that says how they are stored."""
        (tag,) = struct.unpack_from("<I", self.data, self.at)
        self.at += 4
        if tag == 0:
            return self.floats(count)
        if tag != HALF:
            raise ValueError(f"weights stored in the unknown form {tag:#x}")
        values = np.frombuffer(self.data, np.float16, count, self.at).astype(np.float32)
        self.at += (2 * count + 3) // 4 * 4
        return values


def _parameters(words: list[str]) -> dict[int, float]:
    pairs = (word.split("=") for word in words)
    return {int(key): float(value) for key, value in pairs if int(key) > -23300}


def ncnn_graph(param: bytes, weights: bytes, source: str) -> bytes:
    """Input picture f32[1,3,H,W] (RGB, 0..1) -> output enlarged f32[1,3,2H-28,2W-28]."""
    lines = param.decode().splitlines()
    if lines[0].strip() != "7767517":
        raise ValueError("not an ncnn .param file")
    g, stored = GraphWriter(), _Weights(weights)
    values: dict[str, str] = {}
    last = ""
    for line in lines[2:]:
        if not line.strip():
            continue
        kind, _name, inputs, outputs, *rest = line.split()
        sources, rest = rest[: int(inputs)], rest[int(inputs) :]
        last, slots = rest[0], _parameters(rest[int(outputs) :])
        if kind == "Input":
            values[last] = g.input("picture", [1, 3, "H", "W"])
        elif kind in ("Convolution", "Deconvolution"):
            values[last] = _convolution(g, kind, values[sources[0]], slots, rest, stored)
        else:
            raise ValueError(f"the layer {kind} is unknown")
    if stored.at != len(weights):
        raise ValueError(f"{len(weights) - stored.at} bytes of weights are left over")
    g.output(values[last], "enlarged", [1, 3, "H2", "W2"])
    return g.bytes(source)


def _convolution(g: GraphWriter, kind: str, value: str, slots: dict[int, float], rest: list[str], stored: _Weights) -> str:
    outputs, side, count = int(slots[0]), int(slots[1]), int(slots[6])
    kernel = stored.tagged(count).reshape(outputs, -1, side, side)
    bias = stored.floats(outputs) if slots.get(5) else None
    attributes = {"strides": [int(slots.get(3, 1))] * 2, "pads": [int(slots.get(4, 0))] * 4}
    if kind == "Convolution":
        value = g.conv(value, kernel, bias, **attributes)
    else:
        value = g.deconv(value, kernel.transpose(1, 0, 2, 3), bias, **attributes)
    activation = int(slots.get(9, 0))
    if activation == 0:
        return value
    if activation != 2:
        raise ValueError(f"the activation {activation} is unknown")
    slope = next(word for word in rest if word.startswith("-23310=")).split(",")[1]
    return g.op("LeakyRelu", [value], alpha=float(slope))
