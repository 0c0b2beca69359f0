"""How fast the pack's graphs are: the whole way from words to frames, against the same graphs and steps in PyTorch on the same threads.

    python -m models.training.evaluate.speed            # half a minute on two idle cores

Both ways are taken in turn, the best of several counts. Sessions are made as the product makes them (core/engine/inference/sessionCache).
Checkpoints must be those the pack was exported from: `difference` says whether they are.
"""
from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from ...export.export_video import DecoderInit, DecoderStep
from ...export.quiet_onnxruntime import onnxruntime
from ..dataset.cache_latents import load_autoencoder
from ..paths import PACK_VIDEO
from ..transformer.figures import FigurePlane
from ..transformer.sample import load, sigmas

Graph = Callable[..., list[np.ndarray]]
INPUTS = ("hidden_states", "timestep", "timestep_r", "guidance", "encoder_hidden_states", "control_hidden_states", "control_hidden_states_scale", "figures")


def session_options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


class Stopwatch:
    """Seconds by part, of the calls that went through `of`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def of(self, part: str, graph: Graph) -> Graph:
        def timed(*arrays: np.ndarray) -> list[np.ndarray]:
            began = time.perf_counter()
            made = graph(*arrays)
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - began
            return made

        return timed


def from_pack(file: Path, threads: int, order: tuple[str, ...] = ()) -> Graph:
    session = onnxruntime.InferenceSession(str(file), session_options(threads), providers=["CPUExecutionProvider"])
    names = order or tuple(entry.name for entry in session.get_inputs())
    return lambda *arrays: session.run(None, dict(zip(names, arrays)))


def from_torch(module: nn.Module) -> Graph:
    def run(*arrays: np.ndarray) -> list[np.ndarray]:
        made = module(*(torch.from_numpy(array) for array in arrays))
        return [part.numpy() for part in (made if isinstance(made, tuple) else (made,))]

    return run


def whole_way(graphs: dict[str, Graph], given: dict[str, list[np.ndarray]], line: list[float], guidance: float, guided_from: float) -> tuple[np.ndarray, np.ndarray]:
    """-> latents, the last frames. Guided steps run twice, as denoise.ts does."""
    words, nothing = (graphs["text"](*entry)[0] for entry in (given["words"], given["nothing"]))
    figures = graphs["plane"](*given["plane"])[0]
    x, control = given["start"]
    one, scales = np.ones(1, np.float32), np.ones(2, np.float32)
    for now, after in zip(line, line[1:]):
        t = np.array([now * 1000], np.float32)
        velocity = graphs["transformer"](x, t, t, one, words, control, scales, figures)[0]
        if guidance != 1 and now >= guided_from:
            other = graphs["transformer"](x, t, t, one, nothing, control, scales, figures)[0]
            velocity = other + np.float32(guidance) * (velocity - other)
        x = x + np.float32(after - now) * velocity
    frames, *memory = graphs["decoderInit"](np.ascontiguousarray(x[:, :, 0]))
    for index in range(1, x.shape[2]):
        frames, *memory = graphs["decoderStep"](np.ascontiguousarray(x[:, :, index]), *memory)
    return x, frames


@torch.no_grad()
def speed(pack: Path = PACK_VIDEO, latents: int = 5, threads: int = 2, rounds: int = 5) -> dict[str, float]:
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    family = json.loads((pack / "family.json").read_text())
    scheduler = family["scheduler"]
    text, transformer, _ = load()
    autoencoder = load_autoencoder()
    ours = {
        "text": from_pack(pack / "text_encoder.onnx", threads, ("input_ids", "attention_mask")), "plane": from_pack(pack / "figure_plane.onnx", threads),
        "transformer": from_pack(pack / "transformer.onnx", threads, INPUTS), "decoderInit": from_pack(pack / "decoder_init.onnx", threads),
        "decoderStep": from_pack(pack / "decoder_step.onnx", threads, ("latent", "cache_0", "cache_1", "cache_2", "cache_3")),
    }
    modules = {"text": text, "plane": FigurePlane(), "transformer": transformer, "decoderInit": DecoderInit(autoencoder), "decoderStep": DecoderStep(autoencoder)}
    theirs = {name: from_torch(module.eval()) for name, module in modules.items()}
    given = inputs(pack, latents, family)
    line = sigmas(scheduler["defaultSteps"], scheduler["shift"])
    guided = (scheduler["defaultGuidance"], scheduler.get("guidanceMinSigma", 0.0))

    best: dict[str, dict[str, float]] = {"ours": {}, "torch": {}}
    made = {}
    for _ in range(rounds):
        for name, graphs in (("ours", ours), ("torch", theirs)):
            watch = Stopwatch()
            began = time.perf_counter()
            made[name] = whole_way({part: watch.of(part, graph) for part, graph in graphs.items()}, given, line, *guided)
            seconds = watch.seconds | {"whole": time.perf_counter() - began}
            best[name] = {part: min(value, best[name].get(part, value)) for part, value in seconds.items()}
    with FlopCounterMode(display=False) as counter:
        x, control = given["start"]
        figures = ours["plane"](*given["plane"])[0]
        steady = [x, np.array([700], np.float32), np.array([700], np.float32), np.ones(1, np.float32), ours["text"](*given["words"])[0], control, np.ones(2, np.float32), figures]
        transformer(*(torch.from_numpy(array) for array in steady))
    runs = sum(2 if guided[0] != 1 and now >= guided[1] else 1 for now in line[:-1])
    gflops = counter.get_total_flops() * runs / best["ours"]["transformer"] / 1e9
    matmul = matmul_gflops(threads)
    torch.set_num_threads(before)
    latent, frame = ((np.sqrt(np.mean((a - b) ** 2)) / np.std(b), np.abs(a - b).mean() * 127.5) for a, b in zip(made["ours"], made["torch"]))
    decoder = {name: seconds["decoderInit"] + seconds["decoderStep"] for name, seconds in best.items()}
    return {
        "torchOverOurs": best["torch"]["whole"] / best["ours"]["whole"],
        "transformerTorchOverOurs": best["torch"]["transformer"] / best["ours"]["transformer"],
        "decoderTorchOverOurs": decoder["torch"] / decoder["ours"],
        "gflops": gflops, "matmulGflops": max(matmul.values()), "matmulGflopsTorch": matmul["torch"], "matmulGflopsOnnxruntime": matmul["onnxruntime"],
        "transformerSeconds": best["ours"]["transformer"] / runs, "decoderSeconds": decoder["ours"] / latents, "transformerRuns": runs,
        "oursSeconds": best["ours"]["whole"], "torchSeconds": best["torch"]["whole"],
        "difference": float(latent[0]), "levels": float(frame[1]),
    }


def inputs(pack: Path, latents: int, family: dict) -> dict[str, list[np.ndarray]]:
    random = np.random.default_rng(0)
    session = onnxruntime.InferenceSession(str(pack / "figure_plane.onnx"), session_options(1), providers=["CPUExecutionProvider"])
    plane = {entry.name: np.zeros([latents if isinstance(size, str) else size for size in entry.shape], np.float32) for entry in session.get_inputs()}
    plane["layout"][:, :, 0] = [1, 2.5, 0.2, 0.1, -0.2, 1.8, 0, 0.5, 0.045, 0.3]
    plane["textures"][:] = random.random(plane["textures"].shape)
    if "camera" in plane:
        plane["camera"][..., 0] = plane["camera"][..., 3] = 1
    mean, std = (np.array(family["latent"][name], np.float32) for name in ("mean", "std"))
    shape = (latents, family["height"] // 8, family["width"] // 8)
    grey = np.broadcast_to((-mean / std)[None, :, None, None, None], (1, len(mean), *shape))
    control = np.concatenate([grey, grey, np.ones((1, family["controlChannels"] - 2 * len(mean), *shape), np.float32)], axis=1)
    ids = np.zeros((1, family["maxTextTokens"]), np.int64)
    nothing = ids.copy()
    ids[0, :12], nothing[0, :2] = random.integers(260, 600, 12), (2, 3)
    return {"words": [ids, (ids != 0).astype(np.int64)], "nothing": [nothing, (nothing != 0).astype(np.int64)], "plane": list(plane.values()),
            "start": [random.standard_normal((1, len(mean), *shape)).astype(np.float32), control]}


def matmul_gflops(threads: int, size: int = 1536, rounds: int = 6) -> dict[str, float]:
    """PyTorch's float32 product and onnxruntime's: on AMD they differ by a factor of two."""
    a, b = (np.random.default_rng(seed).standard_normal((size, size)).astype(np.float32) for seed in (0, 1))
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [size, size]) for name in "aby"]
    graph = helper.make_graph([helper.make_node("MatMul", ["a", "b"], ["y"])], "product", value[:2], value[2:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), session_options(threads), providers=["CPUExecutionProvider"])
    tensors: list[Tensor] = [torch.from_numpy(a), torch.from_numpy(b)]
    best = {}
    for _ in range(rounds):
        for name, work in (("torch", lambda: tensors[0] @ tensors[1]), ("onnxruntime", lambda: session.run(None, {"a": a, "b": b}))):
            began = time.perf_counter()
            work()
            best[name] = min(best.get(name, 1e9), time.perf_counter() - began)
    return {name: 2 * size**3 / seconds / 1e9 for name, seconds in best.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack", type=Path, default=PACK_VIDEO)
    parser.add_argument("--latents", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for name, value in speed(options.pack, options.latents, options.threads, options.rounds).items():
        print(f"{name}: {value:.4g}")


if __name__ == "__main__":
    main()
