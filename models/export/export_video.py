"""Checkpoints -> models/packs/starter/video: six graphs, tokenizer, vocabulary, family.json; then parity against torch.

    python -m models.export.export_video
"""
from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn as nn
from torch import Tensor

from ..training.autoencoder.model import VideoAutoencoder
from ..training.dataset.cache_latents import load_autoencoder
from ..training.paths import FPS, HEIGHT, LATENT_HEIGHT, LATENT_WIDTH, PACK_VIDEO, RUNS, WIDTH
from ..training.text.tokenizer import MAX_TOKENS
from ..training.transformer.model import CONTROL_SCALES
from ..training.transformer.sample import load as load_transformer
from ..training.painter.model import SIZES, Painter
from ..training.transformer.figures import CHANNELS as FIGURE_CHANNELS
from ..training.transformer.figures import FigurePlane
from ..training.world.render import PLACEMENT, SLOTS
from ..training.world.sprites import TEXTURE
from .compress import compress


class EncoderInit(nn.Module):
    """frame f32[1,3,H,W] -> latent, caches: one frame stands for four, with an empty memory."""

    def __init__(self, model: VideoAutoencoder):
        super().__init__()
        self.encoder = model.encoder

    def forward(self, frame: Tensor) -> tuple[Tensor, ...]:
        moments, caches = self.encoder(frame.expand(4, -1, -1, -1), 1, None)
        return moments[:, :16], *caches


class EncoderStep(EncoderInit):
    def forward(self, frames: Tensor, *caches: Tensor) -> tuple[Tensor, ...]:
        """frames f32[1,12,H,W], oldest first."""
        moments, after = self.encoder(frames.reshape(4, 3, *frames.shape[2:]), 1, list(caches) or None)
        return moments[:, :16], *after


class DecoderInit(nn.Module):
    def __init__(self, model: VideoAutoencoder):
        super().__init__()
        self.decoder = model.decoder

    def forward(self, latent: Tensor) -> tuple[Tensor, ...]:
        frames, caches = self.decoder(latent, 1, None)
        return frames[3:].clamp(-1, 1), *caches


class DecoderStep(DecoderInit):
    def forward(self, latent: Tensor, cache_0: Tensor, cache_1: Tensor, cache_2: Tensor, cache_3: Tensor) -> tuple[Tensor, ...]:
        frames, caches = self.decoder(latent, 1, [cache_0, cache_1, cache_2, cache_3])
        return frames.reshape(1, 12, *frames.shape[2:]).clamp(-1, 1), *caches


def export(module: nn.Module, arguments: tuple[Tensor, ...], file: Path, inputs: list[str], outputs: list[str], mode: str, dynamic: dict | None = None) -> float:
    """Writes the compressed graph and returns the largest difference to torch over the spread of torch's output."""
    module.eval()
    with torch.no_grad():
        torch.onnx.export(module, arguments, str(file), input_names=inputs, output_names=outputs, opset_version=18,
                          dynamo=True, dynamic_shapes=dynamic, external_data=False, verbose=False)
    if mode != "as it is":
        onnx.save(compress(onnx.load(str(file)), mode), str(file))
    onnx.checker.check_model(str(file))
    with torch.no_grad():
        true = module(*arguments)
    true = true if isinstance(true, tuple) else (true,)
    made = run(file, dict(zip(inputs, arguments)))
    worst = max(float(np.abs(m - t.numpy()).max() / max(t.std().item(), 1e-3)) for m, t in zip(made, true))
    typical = max(float(np.sqrt(np.mean((m - t.numpy()) ** 2)) / max(t.std().item(), 1e-3)) for m, t in zip(made, true))
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, largest difference {worst:.4f}, root mean square {typical:.5f} (both over the output's spread)")
    return typical


def run(file: Path, feeds: dict[str, Tensor]) -> list[np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    names = {entry.name for entry in session.get_inputs()}
    assert names == set(feeds), f"{file.name}: inputs {names} are not {set(feeds)}"
    return session.run(None, {name: value.numpy() for name, value in feeds.items()})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=PACK_VIDEO)
    parser.add_argument("--max-frames", type=int, default=33)
    parser.add_argument("--shift", type=float, default=2.0)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--guidance", type=float, default=2.0)
    parser.add_argument("--guidance-min-sigma", type=float, default=0.75, help="place and light are settled early: later runs without words are saved")
    parser.add_argument("--shared-noise", type=float, default=1.0, help="share of the noise that all latents have in common; 0 for a model trained without")
    parser.add_argument("--parts", default="transformer,painter,autoencoder", help="which graphs to write; the others stay")
    options = parser.parse_args()
    torch.set_num_threads(1)
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    text, transformer, state = load_transformer()
    autoencoder = load_autoencoder()
    report = out / "parity.json"
    parity: dict[str, float] = json.loads(report.read_text()) if report.exists() else {}
    if "transformer" in options.parts:
        export_transformer(text, transformer, out, parity)
    if "painter" in options.parts:
        export_painter(out, parity)
    if "autoencoder" in options.parts:
        export_autoencoder(autoencoder, out, parity)
    write_family(options, state, out, parity)


def export_transformer(text: nn.Module, transformer: nn.Module, out: Path, parity: dict[str, float]) -> None:
    ids = torch.zeros(1, MAX_TOKENS, dtype=torch.int64)
    ids[0, :9] = torch.arange(3, 12) + 260
    mask = (ids != 0).long()
    parity["textEncoder"] = export(text, (ids, mask), out / "text_encoder.onnx", ["input_ids", "attention_mask"], ["encoder_hidden_states"], "int8")

    words = text(ids, mask).detach()
    length = torch.export.Dim("T", min=1, max=129)
    shape = (LATENT_HEIGHT, LATENT_WIDTH)
    arguments = (torch.randn(1, 16, 5, *shape), torch.tensor([700.0]), torch.tensor([700.0]), torch.tensor([1.0]), words,
                 torch.randn(1, 96, 5, *shape), torch.ones(CONTROL_SCALES), torch.rand(1, FIGURE_CHANNELS, 5, *shape))
    names = ["hidden_states", "timestep", "timestep_r", "guidance", "encoder_hidden_states", "control_hidden_states", "control_hidden_states_scale", "figures"]
    dynamic = {name: {2: length} if name in ("hidden_states", "control_hidden_states", "figures") else None for name in names}
    parity["transformer"] = export(transformer, arguments, out / "transformer.onnx", names, ["velocity"], "int8", dynamic)
    for frames in (1, 3, 9):
        other = (torch.randn(1, 16, frames, *shape), *arguments[1:5], torch.randn(1, 96, frames, *shape), arguments[6], torch.rand(1, FIGURE_CHANNELS, frames, *shape))
        made = run(out / "transformer.onnx", dict(zip(names, other)))[0]
        with torch.no_grad():
            true = transformer(*other).numpy()
        print(f"  T={frames}: root mean square {np.sqrt(np.mean((made - true) ** 2)) / true.std():.5f}")


def export_painter(out: Path, parity: dict[str, float]) -> None:
    painter = Painter()
    painter.load_state_dict(torch.load(RUNS / "painter" / "last.pt", map_location="cpu")["model"])
    who = torch.tensor([[size // 2 for size in SIZES]])
    parity["painter"] = export(painter, (who,), out / "painter.onnx", ["who"], ["picture"], "int8")
    length = torch.export.Dim("T", min=2, max=129)
    layout = torch.zeros(1, 5, SLOTS, 2, PLACEMENT)
    layout[:, :, 0] = torch.tensor([1, 2.5, 0.2, 0.1, -0.2, 1.8, 0, 0.5, 0.045, 0.3])
    camera = torch.tensor([1, 0.2, 0.03, 1.2, 0.05]).expand(1, 5, 2, 5).contiguous()
    arguments = (layout, torch.rand(1, SLOTS, 4, TEXTURE, TEXTURE), camera)
    names = ["layout", "textures", "camera"]
    parity["figurePlane"] = export(FigurePlane(), arguments, out / "figure_plane.onnx", names, ["figures"], "as it is", {"layout": {1: length}, "textures": None, "camera": {1: length}})
    for frames in (1, 3, 21):
        other = (layout[:, :1].expand(-1, frames, -1, -1, -1).contiguous(), arguments[1], camera[:, :1].expand(-1, frames, -1, -1).contiguous())
        made = run(out / "figure_plane.onnx", dict(zip(names, other)))[0]
        print(f"  T={frames}: largest difference {np.abs(made - FigurePlane()(*other).numpy()).max():.6f}")


def export_autoencoder(autoencoder: VideoAutoencoder, out: Path, parity: dict[str, float]) -> None:
    frame, frames = torch.rand(1, 3, HEIGHT, WIDTH) * 2 - 1, torch.rand(1, 12, HEIGHT, WIDTH) * 2 - 1
    init = EncoderInit(autoencoder)
    caches = [f"cache_{i}" for i in range(len(init(frame)) - 1)]
    parity["encoderInit"] = export(init, (frame,), out / "encoder_init.onnx", ["frame"], ["latent", *caches], "fp16")
    latent, *memory = (t.detach() for t in init(frame))
    parity["encoderStep"] = export(EncoderStep(autoencoder), (frames, *memory), out / "encoder_step.onnx", ["frames", *caches],
                                   ["latent", *(name.replace("cache_", "cache_out_") for name in caches)], "fp16")
    init = DecoderInit(autoencoder)
    caches = ["cache_0", "cache_1", "cache_2", "cache_3"]
    parity["decoderInit"] = export(init, (latent,), out / "decoder_init.onnx", ["latent"], ["frame", *caches], "fp16")
    _, *memory = (t.detach() for t in init(latent))
    parity["decoderStep"] = export(DecoderStep(autoencoder), (latent, *memory), out / "decoder_step.onnx", ["latent", *caches],
                                   ["frames", *(name.replace("cache_", "cache_out_") for name in caches)], "fp16")


def write_family(options: argparse.Namespace, state: dict, out: Path, parity: dict[str, float]) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json", "vocabulary.txt"):
        shutil.copy(RUNS / "text" / name, out / name)
    family = {
        "family": "video",
        "graphs": {"textEncoder": "video/text_encoder.onnx", "transformer": "video/transformer.onnx", "encoderInit": "video/encoder_init.onnx",
                   "encoderStep": "video/encoder_step.onnx", "decoderInit": "video/decoder_init.onnx", "decoderStep": "video/decoder_step.onnx"},
        "tokenizer": "video/tokenizer.json", "vocabulary": "video/vocabulary.txt", "maxTextTokens": MAX_TOKENS,
        "width": WIDTH, "height": HEIGHT, "fps": FPS, "maxFrames": options.max_frames,
        "latent": {"channels": 16, "spatialFactor": 8, "temporalFactor": 4, "mean": [round(v, 5) for v in state["mean"].tolist()], "std": [round(v, 5) for v in state["std"].tolist()]},
        "figures": {"painter": "video/painter.onnx", "plane": "video/figure_plane.onnx", "cast": "video/cast.json", "nearWords": "video/near_words.json", "channels": FIGURE_CHANNELS},
        "controlChannels": 96, "controlScales": CONTROL_SCALES,
        "scheduler": {"kind": "flow-euler", "shift": options.shift, "defaultSteps": options.steps, "defaultGuidance": options.guidance, "guidanceMinSigma": options.guidance_min_sigma, "sharedNoise": options.shared_noise, "fewStepInputs": True},
    }
    if (out / "upscaler.onnx").exists():  # export_upscaler's
        family["graphs"]["upscaler"] = "video/upscaler.onnx"
    (out / "family.json").write_text(json.dumps(family, indent=1) + "\n")
    (out / "parity.json").write_text(json.dumps({key: round(value, 6) for key, value in parity.items()}, indent=1) + "\n")
    total = sum(file.stat().st_size for file in out.glob("*") if file.suffix in (".onnx", ".json", ".txt"))
    print(f"video half: {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
