"""Smaller weights inside unchanged graphs (inputs and outputs stay float32), and what makes them fast on a processor.

int8: initialiser -> DequantizeLinear, one scale per output channel; for the large matrices of the transformer.
fp16: initialiser -> Cast to float32; for the autoencoder, where 8 bits would show.
onnxruntime folds the second while loading; of the first and a MatMul it makes MatMulNBits, which is slower than float32.
`int8_sums`: products with a weight are summed in int8, the activations quantised as they come.
`fold_modulation`, `shuffle_rows`: the same sums in fewer passes over memory.
"""
from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .quiet_onnxruntime import onnxruntime

MICROSOFT = "com.microsoft"


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


def int8_sums(model: onnx.ModelProto, feeds: list[dict[str, np.ndarray]], budget: float) -> onnx.ModelProto:
    """As many products in int8 as `budget` allows: the root mean square change of the first output over its spread, on `feeds`.

    Each product is tried alone; those that save most for the harm they do come first. Errors of different products are as good
    as independent, so that their squares add up.
    """
    products = [node.output[0] for node in model.graph.node if _weight_of(node, _weights(model)) is not None]
    true, sizes = _outputs(model, feeds, products)
    spread = float(np.std(true))
    harm = {}
    for name in products:
        made, _ = _outputs(_with_int8(model, {name}), feeds, [])
        harm[name] = float(np.mean((made - true) ** 2)) / spread**2
    work = {node.output[0]: sizes[node.output[0]] * _weight_of(node, _weights(model))[0].size for node in model.graph.node if node.output[0] in harm}
    chosen, sum_of_squares = set(), 0.0
    for name in sorted(products, key=lambda name: harm[name] / work[name]):
        if sum_of_squares + harm[name] <= budget**2:
            chosen.add(name)
            sum_of_squares += harm[name]
    left = ", ".join(f"{name} {harm[name] ** 0.5:.4f}" for name in products if name not in chosen)
    print(f"int8 sums: {len(chosen)} of {len(products)} products, {sum(work[name] for name in chosen) / sum(work.values()):.2f} of their work, error {sum_of_squares**0.5:.4f}; float: {left}")
    return _with_int8(model, chosen)


def _weights(model: onnx.ModelProto) -> dict[str, onnx.TensorProto]:
    return {entry.name: entry for entry in model.graph.initializer}


def _weight_of(node: onnx.NodeProto, weights: dict[str, onnx.TensorProto], least: int = 64) -> tuple[np.ndarray, str] | None:
    """The weight of a product that int8 can make, and its name: MatMul [in,out], or Conv 3x3 of stride and padding 1."""
    if node.op_type not in ("MatMul", "Conv") or node.input[1] not in weights:
        return None
    array = numpy_helper.to_array(weights[node.input[1]])
    if node.op_type == "MatMul":
        return (array, node.input[1]) if array.ndim == 2 and min(array.shape) >= least else None
    return (array, node.input[1]) if array.shape[2:] == (3, 3) and array.shape[1] >= least and _same_size(node) else None


def _outputs(model: onnx.ModelProto, feeds: list[dict[str, np.ndarray]], inner: list[str]) -> tuple[np.ndarray, dict[str, int]]:
    """The first output for all feeds, and of inner tensors how many numbers of one channel they hold."""
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend([helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in inner])
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    session = onnxruntime.InferenceSession(shown.SerializeToString(), options, providers=["CPUExecutionProvider"])
    made = [session.run([model.graph.output[0].name, *(inner if feed is feeds[0] else [])], feed) for feed in feeds]
    kinds = {node.output[0]: node.op_type for node in model.graph.node}
    sizes = {name: array.size // array.shape[1 if kinds[name] == "Conv" else -1] for name, array in zip(inner, made[0][1:])}
    return np.stack([entry[0] for entry in made]), sizes


def _with_int8(model: onnx.ModelProto, chosen: set[str]) -> onnx.ModelProto:
    """The products whose outputs are `chosen` as DynamicQuantizeLinear and MatMulIntegerToFloat.

    With VNNI or on arm64 that is two to three times as fast as float32. Of DequantizeLinear and MatMul onnxruntime makes
    MatMulNBits, which is slower than float32. A convolution becomes one product: Gather lays each place's nine neighbours
    side by side, as bytes.
    """
    made_model = onnx.ModelProto()
    made_model.CopyFrom(model)
    graph = made_model.graph
    weights = _weights(made_model)
    uses = Counter(name for node in graph.node for name in node.input)
    uses.update(entry.name for entry in graph.output)
    users = {name: node for node in graph.node for name in node.input}
    shapes = {entry.name: [d.dim_value for d in entry.type.tensor_type.shape.dim] for entry in onnx.shape_inference.infer_shapes(made_model).graph.value_info}
    nodes: list[onnx.NodeProto] = []
    constants: dict[str, np.ndarray] = {}
    quantised: set[str] = set()
    merged: set[str] = set()

    def constant(name: str, array: np.ndarray) -> str:
        constants[name] = array
        return name

    def emit(kind: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes) -> str:
        nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0] + "_" + kind, domain=domain, **attributes))
        return outputs[0]

    def bytes_of(x: str) -> tuple[str, str, str]:
        names = (x + "_u8", x + "_u8_scale", x + "_u8_zero")
        if x not in quantised:
            quantised.add(x)
            emit("DynamicQuantizeLinear", [x], list(names))
        return names

    def product(x: str, scale: str, zero: str, weight: str, matrix: np.ndarray, bias: str, out: str) -> str:
        rows, steps = safe_int8(matrix.T)
        return emit("MatMulIntegerToFloat", [x, constant(weight + "_int8", rows.T.copy()), scale, constant(weight + "_scale", steps), zero, "", bias], [out], MICROSOFT)

    for node in graph.node:
        out = node.output[0]
        if out in merged:
            continue
        if out not in chosen:
            nodes.append(node)
            continue
        array, weight = _weight_of(node, weights)
        x, scale, zero = bytes_of(node.input[0])
        if node.op_type == "MatMul":
            bias, after = "", users.get(out)
            if uses[out] == 1 and after is not None and after.op_type == "Add":
                other = [name for name in after.input if name != out][0]
                if other in weights and list(weights[other].dims) == [array.shape[1]]:
                    bias, out = other, after.output[0]
                    merged.add(out)
            product(x, scale, zero, weight, array, bias, out)
            continue
        channels, (height, width) = array.shape[1], shapes[node.input[0]][-2:]
        places = height * width
        flat = emit("Reshape", [x, constant(f"flat_{channels}_{places}", np.array([-1, channels, places]))], [out + "_flat"])
        last = emit("Transpose", [flat], [out + "_last"], perm=[0, 2, 1])
        padded = emit("Pad", [last, constant("one_place_more", np.array([0, 0, 0, 0, 1, 0])), zero], [out + "_padded"])
        near = emit("Gather", [padded, constant(f"neighbours_{height}_{width}", neighbours(height, width))], [out + "_near"], axis=1)
        rows = emit("Reshape", [near, constant(f"rows_{channels}_{places}", np.array([-1, places, channels * 9]))], [out + "_rows"])
        bias = node.input[2] if len(node.input) > 2 else ""
        made = product(rows, scale, zero, weight, array.transpose(2, 3, 1, 0).reshape(channels * 9, -1), bias, out + "_made")
        first = emit("Transpose", [made], [out + "_first"], perm=[0, 2, 1])
        emit("Reshape", [first, constant(f"picture_{array.shape[0]}_{places}", np.array([-1, array.shape[0], height, width]))], [out])
    _replace(made_model, nodes, constants)
    return made_model


def _replace(model: onnx.ModelProto, nodes: list[onnx.NodeProto], constants: dict[str, np.ndarray]) -> None:
    """New nodes and more constants; constants that nothing reads go."""
    graph = model.graph
    read = {name for node in nodes for name in node.input}
    nodes = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    kept = [onnx.TensorProto.FromString(entry.SerializeToString()) for entry in graph.initializer if entry.name in read]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + [numpy_helper.from_array(array, name) for name, array in constants.items()])
    if any(node.domain == MICROSOFT for node in nodes) and MICROSOFT not in {entry.domain for entry in model.opset_import}:
        model.opset_import.append(helper.make_opsetid(MICROSOFT, 1))


def shuffle_rows(model: onnx.ModelProto) -> onnx.ModelProto:
    """Conv -> DepthToSpace (CRD) -> perhaps Relu, as Conv -> Relu -> rows of whole channels moved: DepthToSpace takes number by number."""
    graph = model.graph
    weights = _weights(model)
    uses = Counter(name for node in graph.node for name in node.input)
    users = {name: node for node in graph.node for name in node.input}
    made_by = {name: node for node in graph.node for name in node.output}
    shapes = {entry.name: [d.dim_value for d in entry.type.tensor_type.shape.dim] for entry in onnx.shape_inference.infer_shapes(model).graph.value_info}
    outputs = {entry.name for entry in graph.output}
    constants: dict[str, np.ndarray] = {}
    instead: dict[str, list[onnx.NodeProto]] = {}
    gone: set[str] = set()
    for node in graph.node:
        given = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        conv = made_by.get(node.input[0]) if node.op_type == "DepthToSpace" and given.get("mode") == b"CRD" else None
        if conv is None or conv.op_type != "Conv" or uses[conv.output[0]] != 1 or not all(name in weights and uses[name] == 1 for name in conv.input[1:]):
            continue
        side, (count, channels, height, width), x = given["blocksize"], shapes[conv.output[0]], conv.output[0]
        inner = channels // side**2
        order = np.arange(channels).reshape(inner, side, side).transpose(1, 2, 0).reshape(-1)
        for name in conv.input[1:]:
            weights[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(numpy_helper.to_array(weights[name])[order]), name))
        new, out = [], node.output[0]
        after = users.get(out)
        if after is not None and after.op_type == "Relu" and uses[out] == 1 and out not in outputs:
            gone.add(out)
            out = after.output[0]
            new.append(helper.make_node("Relu", [x], [out + "_relu"], name=out + "_relu"))
            x = out + "_relu"
        constants[out + "_cells"] = np.array([count * height, width, side, side * inner])
        constants[out + "_rows"] = np.array([count, height * side, width * side, inner])
        new += [helper.make_node("Transpose", [x], [out + "_last"], name=out + "_last", perm=[0, 2, 3, 1]),
                helper.make_node("Reshape", [out + "_last", out + "_cells"], [out + "_split"], name=out + "_split"),
                helper.make_node("Transpose", [out + "_split"], [out + "_moved"], name=out + "_moved", perm=[0, 2, 1, 3]),
                helper.make_node("Reshape", [out + "_moved", out + "_rows"], [out + "_joined"], name=out + "_joined"),
                helper.make_node("Transpose", [out + "_joined"], [out], name=out + "_first", perm=[0, 3, 1, 2])]
        gone.add(node.output[0])
        instead[out] = new
    if instead:
        _replace(model, [new for node in graph.node for new in ([] if node.output[0] in gone and node.output[0] not in instead else instead.get(node.output[0], [node]))], constants)
    return model


def neighbours(height: int, width: int) -> np.ndarray:
    """int32 [height*width*9]: the places of each 3x3 neighbourhood, row by row; height*width stands for 'outside'."""
    inside = np.pad(np.arange(height * width, dtype=np.int32).reshape(height, width), 1, constant_values=height * width)
    return np.stack([inside[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=-1).reshape(-1)


def fold_modulation(model: onnx.ModelProto) -> onnx.ModelProto:
    """LayerNormalization(x) * a + b with a, b of [1,1,d] -> LayerNormalization(x, a, b): two passes over x fewer."""
    graph = model.graph
    weights = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    uses = Counter(name for node in graph.node for name in node.input)
    users = {name: node for node in graph.node for name in node.input}
    made_by = {name: node for node in graph.node for name in node.output}
    gone: set[str] = set()
    folded: dict[str, list[onnx.NodeProto]] = {}
    for norm in graph.node:
        if norm.op_type != "LayerNormalization" or len(norm.input) > 2 or norm.input[1] not in weights or not (weights[norm.input[1]] == 1).all() or uses[norm.output[0]] != 1:
            continue
        times = users[norm.output[0]]
        plus = users.get(times.output[0])
        if times.op_type != "Mul" or plus is None or plus.op_type != "Add" or uses[times.output[0]] != 1:
            continue
        scale, shift = ([name for name in node.input if name != before][0] for node, before in ((times, norm.output[0]), (plus, times.output[0])))
        if not all(name in made_by or name in weights for name in (scale, shift)):
            continue
        out = plus.output[0]
        flat = [helper.make_node("Reshape", [name, "flat_vector"], [f"{out}_{part}"], name=f"{out}_{part}") for name, part in ((scale, "scale"), (shift, "shift"))]
        whole = helper.make_node("LayerNormalization", [norm.input[0], flat[0].output[0], flat[1].output[0]], [out], name=out + "_norm")
        whole.attribute.extend(norm.attribute)
        gone |= {norm.output[0], times.output[0]}
        folded[out] = [*flat, whole]
    if folded:
        _replace(model, [new for node in graph.node if node.output[0] not in gone for new in folded.get(node.output[0], [node])], {"flat_vector": np.array([-1])})
    return model


def safe_int8(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float [out,in] -> int8 [out,in] and a scale for each row, such that x64 without VNNI sums right.

    There (AVX2, AVX512) pairs of products are added in 16 bits that saturate: 255 * (a + b) must stay below 32768, so
    neighbours of one sign may reach 128 together, not 254. That costs less accuracy than seven bits for each.
    """
    outputs, inputs = rows.shape
    even = np.zeros((outputs, inputs + inputs % 2), np.float32)
    even[:, :inputs] = rows
    pairs = even.reshape(outputs, -1, 2)
    peak = np.maximum(np.maximum(np.abs(pairs.sum(2)).max(1) / 128, np.abs(pairs).max((1, 2)) / 127), 1e-10)
    best = np.zeros(pairs.shape, np.int8)
    steps, least = peak.copy(), np.full(outputs, np.inf)
    for share in np.linspace(0.6, 1.0, 17):
        scale = peak * share
        made = np.clip(np.rint(pairs / scale[:, None, None]), -127, 127)
        over = np.maximum(np.abs(made.sum(2)) - 128, 0)
        less = np.stack([np.ceil(over / 2), np.floor(over / 2)], axis=2)
        made = made - np.sign(made.sum(2, keepdims=True)) * less
        error = ((made * scale[:, None, None] - pairs) ** 2).sum((1, 2))
        better = error < least
        best[better], steps[better], least[better] = made[better], scale[better], error[better]
    return best.reshape(outputs, -1)[:, :inputs].copy(), steps.astype(np.float32)


def _same_size(node: onnx.NodeProto) -> bool:
    is_default = {"strides": [1, 1], "dilations": [1, 1], "pads": [1, 1, 1, 1]}
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    return given.get("group", 1) == 1 and "pads" in given and all(list(given.get(name, wanted)) == wanted for name, wanted in is_default.items())


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
