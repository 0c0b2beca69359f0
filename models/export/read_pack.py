"""The pack's graphs -> checkpoints to train on from: on a machine whose runs/ are gone, the shipped weights are what is left.

    python -m models.export.read_pack            # writes runs/{autoencoder,transformer,painter,upscaler}/last.pt where none is there

Weights have the rounding of the shipped graphs (int8 or fp16, see compress.py); optimisers start from scratch.
"""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ..training.autoencoder.model import VideoAutoencoder
from ..training.painter.model import Painter
from ..training.paths import PACK_VIDEO, RUNS
from ..training.text.model import TextEncoder
from ..training.transformer.model import TransformerConfig, VideoTransformer
from ..training.upscaler.model import Upscaler


def weights_of(file: Path) -> dict[str, np.ndarray]:
    """Every tensor of a graph under its parameter's name, float32. The exporter keeps names but for those matrices it transposed; each of
    these is known by the bias that is added to its product."""
    graph = onnx.load(str(file)).graph
    stored = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    for node in graph.node:  # undo compress.py
        if node.op_type == "DequantizeLinear" and node.input[0] in stored:
            axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
            scale = stored[node.input[1]]
            shape = [1] * stored[node.input[0]].ndim
            shape[axis] = -1
            stored[node.output[0]] = stored[node.input[0]].astype(np.float32) * scale.reshape(shape)
        elif node.op_type == "Cast" and node.input[0] in stored:
            stored[node.output[0]] = stored[node.input[0]].astype(np.float32)
    readers = {name: node for node in graph.node for name in node.input}
    named = {name: value for name, value in stored.items() if "." in name or name in ("place",)}
    nameless = []
    for node in graph.node:
        if node.op_type == "MatMulIntegerToFloat":  # compress.int8_sums
            weight = (stored[node.input[1]].astype(np.float32) * stored[node.input[3]]).T
            bias, name = node.input[6] if len(node.input) > 6 else "", node.input[1].removesuffix("_int8")
            if name.endswith(".weight"):  # a convolution's: [out,3,3,in]
                named[name] = weight.reshape(len(weight), 3, 3, -1).transpose(0, 3, 1, 2)
            elif bias:
                named[bias.removesuffix("bias") + "weight"] = weight
            else:
                nameless.append(weight)
            continue
        if node.op_type != "MatMul" or node.input[1] not in stored:
            continue
        reader = readers.get(node.output[0])
        bias = next((name for name in (reader.input if reader else ()) if name.endswith(".bias")), None) if reader and reader.op_type == "Add" else None
        if bias:
            named[bias.removesuffix("bias") + "weight"] = stored[node.input[1]].T
        else:
            nameless.append(stored[node.input[1]].T)
    return named | {"nameless": nameless}


def fill(module: nn.Module, found: dict[str, np.ndarray], same: dict[str, str] | None = None) -> None:
    """Loads `found` into `module`; `same`: names that the exporter joined with an equal tensor. Throws KeyError on what is missing."""
    values: dict[str, Tensor] = {}
    for name, own in module.state_dict().items():
        source = found.get(name)
        if source is None and same and name in same:
            source = found.get(same[name])
        if source is None:
            raise KeyError(f"{type(module).__name__}: the pack has no tensor for {name}")
        value = torch.from_numpy(np.array(source, np.float32))
        if value.shape != own.shape:  # rows that captions never reach are not in the graph
            grown = own.clone()
            grown[tuple(slice(size) for size in value.shape)] = value
            value = grown
        values[name] = value
    module.load_state_dict(values)


def undo_fused(found: dict[str, np.ndarray], model: VideoTransformer) -> None:
    """Takes back what export_video.fused does to the weights: queries, keys and values apart, patches with their channels last."""
    nameless, blocks = found["nameless"], len(model.blocks)
    apart = len(nameless) // blocks  # 3, or 1 in packs from before
    for index, block in enumerate(model.blocks):
        found[f"blocks.{index}.mix.qkv.weight"] = np.concatenate(nameless[index * apart : (index + 1) * apart])
        name = f"blocks.{index}.text"
        if block.text is not None and f"{name}.k.weight" in found:
            for kind in ("weight", "bias"):
                found[f"{name}.kv.{kind}"] = np.concatenate([found[f"{name}.k.{kind}"], found[f"{name}.v.{kind}"]])
    if apart == 1:
        return
    for name in ("patch", "control_in", "figure_in"):
        weight = found[f"{name}.weight"]
        found[f"{name}.weight"] = weight.reshape(len(weight), *model.cell, -1).transpose(0, 3, 1, 2).reshape(len(weight), -1)


def transformer() -> dict:
    model, text = VideoTransformer(TransformerConfig(columns=16, refiner_width=96, refiner_depth=5)), TextEncoder()
    found = weights_of(PACK_VIDEO / "transformer.onnx")
    undo_fused(found, model)
    # Both only see constants at plain flow matching and were given the same gradient: the exporter joined them.
    fill(model, found, same={"guidance_embed.bias": "gap_embed.bias"})
    words = weights_of(PACK_VIDEO / "text_encoder.onnx")
    if "place" not in words:  # a graph for fewer tokens than there are rows holds a slice of them
        graph = onnx.load(str(PACK_VIDEO / "text_encoder.onnx")).graph
        words["place"] = next(numpy_helper.to_array(entry).astype(np.float32) for entry in graph.initializer if entry.name.startswith("slice_1"))
    fill(text, words)
    latent = json.loads((PACK_VIDEO / "family.json").read_text())["latent"]
    return {"text": text.state_dict(), "model": model.state_dict(), "config": model.config_dict(),
            "mean": torch.tensor(latent["mean"]), "std": torch.tensor(latent["std"]), "step": 0, "spent": 0.0,
            "ema": [p.detach().clone() for p in (*text.parameters(), *model.parameters())]}


def undo_shuffled(found: dict[str, np.ndarray], file: Path, side: int = 2) -> None:
    """Takes back what compress.shuffle_rows does to the convolutions before a pixel shuffle: their channels in the order of the pixels."""
    if not any(entry.name.endswith("_cells") for entry in onnx.load(str(file)).graph.initializer):
        return  # packs from before
    for name in ("decoder.up", "decoder.up_full", "decoder.head"):
        for kind in ("weight", "bias"):
            moved = found[f"{name}.{kind}"]
            order = np.arange(len(moved)).reshape(-1, side, side).transpose(1, 2, 0).reshape(-1)
            found[f"{name}.{kind}"] = moved[np.argsort(order)]


def autoencoder() -> dict:
    linear = len(onnx.load(str(PACK_VIDEO / "encoder_init.onnx")).graph.output) == 1
    model = VideoAutoencoder(linear_encoder=linear)
    decoder = PACK_VIDEO / "decoder_step.onnx"
    found = weights_of(decoder)
    undo_shuffled(found, decoder)
    fill(model, found | weights_of(PACK_VIDEO / "encoder_step.onnx"))
    return {"model": model.state_dict(), "config": model.config, "step": 1, "spent": 0.0}


def painter() -> dict:
    model = Painter()
    fill(model, weights_of(PACK_VIDEO / "painter.onnx"))
    return {"model": model.state_dict()}


def upscaler() -> dict:
    model = Upscaler()
    fill(model, weights_of(PACK_VIDEO / "upscaler.onnx"))
    return {"model": model.state_dict(), "step": 0}


def main() -> None:
    (RUNS / "text").mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocabulary.txt"):
        if not (RUNS / "text" / name).exists():
            shutil.copy(PACK_VIDEO / name, RUNS / "text" / name)
    for name, read in (("autoencoder", autoencoder), ("transformer", transformer), ("painter", painter), ("upscaler", upscaler)):
        last = RUNS / name / "last.pt"
        if last.exists():
            print(f"{name}: {last} is there already")
            continue
        last.parent.mkdir(parents=True, exist_ok=True)
        torch.save(read(), last)
        print(f"{name}: read from the pack")


if __name__ == "__main__":
    main()
