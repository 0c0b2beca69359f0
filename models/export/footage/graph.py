"""Writes ONNX graphs node by node. The same calls give the same bytes: names are counted, nothing depends on time or place."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


class GraphWriter:
    """Large weights are stored as float16 and cast to float32 when the graph is loaded: the sums stay float32."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._small: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self._count = 0

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def input(self, name: str, shape: Sequence[int | str]) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, value: str, name: str, shape: Sequence[int | str]) -> None:
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def weight(self, array: np.ndarray, half: bool = True) -> str:
        """`half`: float32 arrays of 256 values and more may be stored as float16."""
        array = np.ascontiguousarray(array)
        key = (array.dtype.str, array.shape, array.tobytes()) if array.size < 64 else None
        if key in self._small:
            return self._small[key]
        name = self._name("w")
        if half and array.dtype == np.float32 and array.size >= 256:
            self._weights.append(numpy_helper.from_array(array.astype(np.float16), f"{name}_half"))
            self._nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
        else:
            self._weights.append(numpy_helper.from_array(array, name))
        if key:
            self._small[key] = name
        return name

    def floats(self, *values: float) -> str:
        return self.weight(np.array(values if len(values) > 1 else values[0], np.float32))

    def ints(self, *values: int) -> str:
        return self.weight(np.array(values, np.int64))

    def op(self, kind: str, inputs: Sequence[str], **attributes: object) -> str:
        return self.ops(kind, inputs, 1, **attributes)[0]

    def ops(self, kind: str, inputs: Sequence[str], count: int, **attributes: object) -> list[str]:
        """A node with several outputs."""
        outputs = [self._name("v") for _ in range(count)]
        self._nodes.append(helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs

    def conv(self, value: str, kernel: np.ndarray, bias: np.ndarray | None = None, **attributes: object) -> str:
        """`kernel` is [out, in, height, width]."""
        return self._conv("Conv", value, kernel, bias, attributes)

    def deconv(self, value: str, kernel: np.ndarray, bias: np.ndarray | None = None, **attributes: object) -> str:
        """`kernel` is [in, out, height, width]."""
        return self._conv("ConvTranspose", value, kernel, bias, attributes)

    def _conv(self, kind: str, value: str, kernel: np.ndarray, bias: np.ndarray | None, attributes: dict[str, object]) -> str:
        inputs = [value, self.weight(kernel)] + ([] if bias is None else [self.weight(bias, half=False)])
        return self.op(kind, inputs, kernel_shape=list(kernel.shape[2:]), **attributes)

    def prelu(self, value: str, slopes: np.ndarray) -> str:
        return self.op("PRelu", [value, self.weight(slopes.reshape(-1, 1, 1), half=False)])

    def concat(self, values: Sequence[str], axis: int = 1) -> str:
        return self.op("Concat", values, axis=axis)

    def channels(self, value: str, start: int, end: int) -> str:
        return self.op("Slice", [value, self.ints(start), self.ints(end), self.ints(1)])

    def resize(self, value: str, scale: float) -> str:
        """Bilinear, pixel centres at halves, as PyTorch's interpolate(align_corners=False)."""
        scales = self.weight(np.array([1, 1, scale, scale], np.float32))
        return self.op("Resize", [value, "", scales], mode="linear", coordinate_transformation_mode="half_pixel")

    def bytes(self, source: str) -> bytes:
        """The model; `source` says in it where its weights are from."""
        graph = helper.make_graph(self._nodes, "graph", self._inputs, self._outputs, self._weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="framewright", ir_version=9)
        entry = model.metadata_props.add()
        entry.key, entry.value = "source", source
        onnx.checker.check_model(model)
        return model.SerializeToString(deterministic=True)
