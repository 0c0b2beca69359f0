"""A TensorFlow Lite network -> ONNX, for the layers of MediaPipe's selfie segmentation: everything else is refused.

Values are [1,height,width,channels] outside and [1,channels,height,width] inside.
"""
from __future__ import annotations

import numpy as np
import tflite

from .graph import GraphWriter

OPERATORS = {value: name for name, value in vars(tflite.BuiltinOperator).items() if isinstance(value, int)}
TYPES = {tflite.TensorType.FLOAT32: np.float32, tflite.TensorType.FLOAT16: np.float16, tflite.TensorType.INT32: np.int32}
NONE, RELU, RELU6 = (getattr(tflite.ActivationFunctionType, name) for name in ("NONE", "RELU", "RELU6"))


class _Converter:
    def __init__(self, data: bytes) -> None:
        self.model = tflite.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.g = GraphWriter()
        self.values: dict[int, str] = {}
        self.constants: dict[int, np.ndarray] = {}

    def shape(self, index: int) -> list[int]:
        return [int(side) for side in self.graph.Tensors(index).ShapeAsNumpy()]

    def constant(self, index: int) -> np.ndarray:
        if index not in self.constants:
            tensor = self.graph.Tensors(index)
            data = self.model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes()
            self.constants[index] = np.frombuffer(data, TYPES[tensor.Type()]).reshape(self.shape(index))
        return self.constants[index].astype(np.float32)

    def value(self, index: int) -> str:
        if index not in self.values:
            array = self.constant(index)
            self.values[index] = self.g.weight(array.transpose(0, 3, 1, 2) if array.ndim == 4 else array)
        return self.values[index]

    def activated(self, value: str, activation: int) -> str:
        if activation == NONE:
            return value
        if activation == RELU:
            return self.g.op("Relu", [value])
        if activation == RELU6:
            return self.g.op("Clip", [value, self.g.floats(0), self.g.floats(6)])
        raise ValueError(f"the activation {activation} is unknown")

    def options(self, operator: tflite.Operator, kind: type) -> object:
        options = kind()
        options.Init(operator.BuiltinOptions().Bytes, operator.BuiltinOptions().Pos)
        return options

    def convolution(self, operator: tflite.Operator, depthwise: bool) -> str:
        options = self.options(operator, tflite.DepthwiseConv2DOptions if depthwise else tflite.Conv2DOptions)
        source, kernel, bias = (operator.Inputs(index) for index in range(3))
        given, made = self.shape(source), self.shape(operator.Outputs(0))
        # [out,h,w,in], or [1,h,w,out] depthwise
        array = self.constant(kernel).transpose(3, 0, 1, 2) if depthwise else self.constant(kernel).transpose(0, 3, 1, 2)
        steps = (options.StrideH(), options.StrideW())
        spread = (options.DilationHFactor(), options.DilationWFactor())
        pads = [(0, 0), (0, 0)]
        if options.Padding() == tflite.Padding.SAME:
            pads = [_same(given[axis + 1], made[axis + 1], array.shape[axis + 2], steps[axis], spread[axis]) for axis in (0, 1)]
        value = self.g.conv(
            self.value(source), array, self.constant(bias), strides=list(steps), dilations=list(spread),
            pads=[pads[0][0], pads[1][0], pads[0][1], pads[1][1]], group=given[3] if depthwise else 1,
        )
        return self.activated(value, options.FusedActivationFunction())

    def transposed(self, operator: tflite.Operator) -> str:
        """MediaPipe's own layer: a transposed convolution with bias, whose kernel is as large as its stride."""
        source, kernel, bias = (operator.Inputs(index) for index in range(3))
        stride = self.shape(operator.Outputs(0))[1] // self.shape(source)[1]
        array = self.constant(kernel).transpose(3, 0, 1, 2)
        return self.g.deconv(self.value(source), array, self.constant(bias), strides=[stride] * 2, pads=[0] * 4)

    def resized(self, operator: tflite.Operator) -> str:
        options = self.options(operator, tflite.ResizeBilinearOptions)
        given, made = self.shape(operator.Inputs(0)), self.shape(operator.Outputs(0))
        centres = "half_pixel" if options.HalfPixelCenters() else "asymmetric"
        place = "align_corners" if options.AlignCorners() else centres
        size = self.g.ints(1, given[3], made[1], made[2])
        return self.g.op("Resize", [self.value(operator.Inputs(0)), "", "", size], mode="linear", coordinate_transformation_mode=place)

    def pooled(self, operator: tflite.Operator) -> str:
        options = self.options(operator, tflite.Pool2DOptions)
        given = self.shape(operator.Inputs(0))
        window, steps = [options.FilterHeight(), options.FilterWidth()], [options.StrideH(), options.StrideW()]
        if window == given[1:3]:
            return self.g.op("GlobalAveragePool", [self.value(operator.Inputs(0))])
        return self.g.op("AveragePool", [self.value(operator.Inputs(0))], kernel_shape=window, strides=steps)

    def operator(self, operator: tflite.Operator) -> None:
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        name = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        name = code.CustomCode().decode() if name == "CUSTOM" else name
        inputs = [operator.Inputs(index) for index in range(operator.InputsLength())]
        g, made = self.g, operator.Outputs(0)
        if name == "DEQUANTIZE":
            self.constants[made] = self.constant(inputs[0])
            return
        if name in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            value = self.convolution(operator, name == "DEPTHWISE_CONV_2D")
        elif name == "Convolution2DTransposeBias":
            value = self.transposed(operator)
        elif name == "HARD_SWISH":
            source = self.value(inputs[0])
            value = g.op("Mul", [source, g.op("HardSigmoid", [source], alpha=1 / 6, beta=0.5)])
        elif name in ("RELU", "LOGISTIC"):
            value = g.op({"RELU": "Relu", "LOGISTIC": "Sigmoid"}[name], [self.value(inputs[0])])
        elif name in ("ADD", "MUL"):
            options = self.options(operator, tflite.AddOptions if name == "ADD" else tflite.MulOptions)
            both = [self.value(index) for index in inputs]
            value = self.activated(g.op(name.capitalize(), both), options.FusedActivationFunction())
        elif name == "AVERAGE_POOL_2D":
            value = self.pooled(operator)
        elif name == "RESIZE_BILINEAR":
            value = self.resized(operator)
        else:
            raise ValueError(f"the layer {name} is unknown")
        self.values[made] = value


def _same(given: int, made: int, window: int, step: int, spread: int) -> tuple[int, int]:
    """TensorFlow's padding SAME along one axis."""
    missing = max((made - 1) * step + (window - 1) * spread + 1 - given, 0)
    return missing // 2, missing - missing // 2


def tflite_graph(data: bytes, source: str) -> bytes:
    """One input, picture f32[1,height,width,3], and one output, mask f32[1,height,width,1]."""
    network = _Converter(data)
    graph, g = network.graph, network.g
    given, made = graph.Inputs(0), graph.Outputs(0)
    picture = g.input("picture", network.shape(given))
    network.values[given] = g.op("Transpose", [picture], perm=[0, 3, 1, 2])
    for index in range(graph.OperatorsLength()):
        network.operator(graph.Operators(index))
    mask = g.op("Transpose", [network.values[made]], perm=[0, 2, 3, 1])
    g.output(mask, "mask", network.shape(made))
    return g.bytes(source)
