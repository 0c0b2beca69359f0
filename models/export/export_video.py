"""Checkpoints -> models/packs/starter/video: six graphs, tokenizer, vocabulary, family.json; then parity against torch.

    python -m models.export.export_video
"""
from __future__ import annotations

import argparse
import copy
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn as nn
from torch import Tensor

from ..training.autoencoder.model import VideoAutoencoder
from ..training.dataset.cache_latents import load_autoencoder
from ..training.paths import FPS, HEIGHT, LATENT_HEIGHT, LATENT_WIDTH, PACK_VIDEO, RUNS, WIDTH
from ..training.text.tokenizer import MAX_TOKENS
from ..training.transformer import model as written
from ..training.transformer.model import CONTROL_SCALES, Attention, TextAttention, VideoTransformer
from ..training.transformer.sample import load as load_transformer
from ..training.transformer.sample import sigmas
from ..training.painter.model import SIZES, Painter
from ..training.transformer.figures import CHANNELS as FIGURE_CHANNELS
from ..training.transformer.figures import FigurePlane
from ..training.world.render import PLACEMENT, SLOTS
from ..training.world.sprites import TEXTURE
from .compress import compress, fold_modulation, int8_sums, shuffle_rows
from .quiet_onnxruntime import onnxruntime


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


class FusedAttention(nn.Module):
    """Self-attention with what onnxruntime has single nodes for, RotaryEmbedding and the norm, on [B,N,d]. Runs in torch only while it is
    traced."""

    def __init__(self, of: Attention):
        super().__init__()
        self.heads = of.heads
        self.q, self.k, self.v = (part(of.qkv, index, 3) for index in range(3))
        self.scale_q, self.scale_k, self.out = of.scale_q, of.scale_k, of.out

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        q, k = (turn(unit_heads(layer(x), self.heads, scale), cos, sin, self.heads) for layer, scale in ((self.q, self.scale_q), (self.k, self.scale_k)))
        return self.out(attend(q, k, self.v(x), None, self.heads, (x.shape[-1] // self.heads) ** -0.5))


class FusedTextAttention(nn.Module):
    def __init__(self, of: TextAttention):
        super().__init__()
        self.heads = of.heads
        self.q, self.out = of.q, of.out
        self.k, self.v = (part(of.kv, index, 2) for index in range(2))
        self.register_buffer("ones", torch.ones(of.q.out_features // of.heads), persistent=False)

    def forward(self, x: Tensor, text: Tensor, bias: Tensor) -> Tensor:
        q, k = unit_heads(self.q(x), self.heads, self.ones), unit_heads(self.k(text), self.heads, self.ones)
        return self.out(attend(q, k, self.v(text), bias, self.heads, 2.0 * (x.shape[-1] // self.heads) ** -0.5))


def part(layer: nn.Linear, index: int, count: int) -> nn.Linear:
    """One of `count` layers that were trained as one."""
    made = nn.Linear(layer.in_features, layer.out_features // count, bias=layer.bias is not None)
    made.weight = nn.Parameter(layer.weight.detach().chunk(count)[index].clone())
    if layer.bias is not None:
        made.bias = nn.Parameter(layer.bias.detach().chunk(count)[index].clone())
    return made


def unit_heads(x: Tensor, heads: int, scale: Tensor) -> Tensor:
    """Each head of [B,N,d] over its root mean square, written so that onnxruntime knows it (SimplifiedLayerNormalization)."""
    each = x.reshape(x.shape[0], -1, heads, x.shape[-1] // heads)
    return (each / torch.sqrt(each.pow(2).mean(-1, keepdim=True) + 1e-6) * scale).reshape(x.shape)


def turn(x: Tensor, cos: Tensor, sin: Tensor, heads: int) -> Tensor:
    """The half-split rotary embedding of each head of [B,N,d]."""
    first = torch.zeros(1, dtype=torch.int64)
    return torch.onnx.ops.symbolic("com.microsoft::RotaryEmbedding", (x, first, cos, sin), {"num_heads": heads}, dtype=x.dtype, shape=x.shape, version=1)


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None, heads: int, scale: float) -> Tensor:
    """q [B,N,d], k and v [B,L,d] -> [B,N,d]. Not as MultiHeadAttention: no faster on a processor, and wrong by a tenth on WebGPU (1.30,
    SwiftShader), which also knows no key_padding_mask."""
    parts = (x.reshape(x.shape[0], -1, heads, x.shape[-1] // heads).transpose(1, 2) for x in (q, k, v))
    return written.attend(*parts, scale, bias).transpose(1, 2).reshape(q.shape)


def channels_last_patches(x: Tensor, ph: int, pw: int) -> Tensor:
    """[B,C,T,h,w] -> [B,T,h/ph*w/pw,ph*pw*C]: one plain transposition, then whole rows are moved."""
    b, c, t, h, w = x.shape
    last = x.reshape(b, c, -1).transpose(1, 2)
    return last.reshape(b * t * (h // ph), ph, w // pw, pw * c).transpose(1, 2).reshape(b, t, (h // ph) * (w // pw), ph * pw * c)


@contextmanager
def fused(model: VideoTransformer) -> Iterator[VideoTransformer]:
    """A copy of the same weights and sums, to be traced: fused attention, patches with their channels last."""
    model = copy.deepcopy(model)
    for block in model.blocks:
        block.mix = FusedAttention(block.mix)
        if block.text is not None:
            block.text = FusedTextAttention(block.text)
    for layer in (model.patch, model.control_in, model.figure_in):
        weight = layer.weight.detach().reshape(layer.out_features, -1, *model.cell)
        layer.weight = nn.Parameter(weight.permute(0, 2, 3, 1).reshape(layer.out_features, -1).contiguous())
    before = written.to_patches
    written.to_patches = channels_last_patches
    try:
        yield model.eval()
    finally:
        written.to_patches = before


def export(module: nn.Module, arguments: tuple[Tensor, ...], file: Path, inputs: list[str], outputs: list[str], mode: str, dynamic: dict | None = None,
           traced: Callable[[nn.Module], AbstractContextManager[nn.Module]] = nullcontext, opset: int = 18, faster: Callable[[onnx.ModelProto], onnx.ModelProto] | None = None) -> float:
    """Writes the compressed graph and returns the root mean square difference to torch over the spread of torch's output. `traced`: gives
    what is written in its stead and computes the same; `faster`: changes the graph before it is compressed."""
    module.eval()
    with torch.no_grad(), traced(module) as made:
        torch.onnx.export(made, arguments, str(file), input_names=inputs, output_names=outputs, opset_version=opset,
                          dynamo=True, dynamic_shapes=dynamic, external_data=False, verbose=False)
    if faster:
        onnx.save(faster(onnx.load(str(file))), str(file))
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
    parser.add_argument("--int8-error", type=float, default=0.012, help="what int8 sums may add to the transformer's error, root mean square over the spread; 0: float32 sums")
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
        export_transformer(text, transformer, state, out, parity, options.int8_error)
    if "painter" in options.parts:
        export_painter(out, parity)
    if "autoencoder" in options.parts:
        export_autoencoder(autoencoder, out, parity)
    write_family(options, state, out, parity)


def examples(text: nn.Module, transformer: nn.Module, state: dict, names: list[str], steps: int = 4) -> list[dict[str, np.ndarray]]:
    """What the transformer is given while it makes two clips of which nothing is known, with patches of something where figures would be."""
    feeds, line, frames, shape = [], sigmas(steps, 2.0), 5, (LATENT_HEIGHT, LATENT_WIDTH)
    grey = (-state["mean"] / state["std"])[None, :, None, None, None].expand(1, -1, frames, *shape)
    control = torch.cat([grey, grey, torch.ones(1, 64, frames, *shape)], dim=1)
    for _ in range(2):
        ids = torch.randint(260, 600, (1, MAX_TOKENS)) * (torch.arange(MAX_TOKENS) < 12)
        words, one = text(ids, (ids != 0).long()), torch.ones(1)
        there = nn.functional.interpolate(torch.rand(frames, 1, 4, 6), shape) > 0.7
        figures = (torch.rand(frames, FIGURE_CHANNELS, *shape) * there).transpose(0, 1)[None]
        x = torch.randn(1, 16, frames, *shape)
        for now, after in zip(line, line[1:]):
            t = torch.tensor([now * 1000])
            given = (x, t, t, one, words, control, torch.ones(CONTROL_SCALES), figures)
            feeds.append({name: value.numpy().copy() for name, value in zip(names, given)})
            x = x + (after - now) * transformer(*given)
    return feeds


def export_transformer(text: nn.Module, transformer: VideoTransformer, state: dict, out: Path, parity: dict[str, float], int8_error: float) -> None:
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
    with torch.no_grad():
        feeds = examples(text, transformer, state, names)

    def faster(graph: onnx.ModelProto) -> onnx.ModelProto:
        graph = fold_modulation(graph)
        return int8_sums(graph, feeds, int8_error) if int8_error > 0 else graph

    # opset 20 has Gelu
    export(transformer, arguments, out / "transformer.onnx", names, ["velocity"], "fp16", dynamic, fused, 20, faster)
    for frames in (1, 3, 9):
        other = (torch.randn(1, 16, frames, *shape), *arguments[1:5], torch.randn(1, 96, frames, *shape), arguments[6], torch.rand(1, FIGURE_CHANNELS, frames, *shape))
        made = run(out / "transformer.onnx", dict(zip(names, other)))[0]
        with torch.no_grad():
            true = transformer(*other).numpy()
        print(f"  T={frames}: root mean square {np.sqrt(np.mean((made - true) ** 2)) / true.std():.5f}")
    typical = [difference(transformer, out / "transformer.onnx", feed) for feed in feeds]
    parity["transformer"] = max(typical)
    print(f"  while clips are made: root mean square {np.mean(typical):.5f}, at most {parity['transformer']:.5f}")


@torch.no_grad()
def difference(module: nn.Module, file: Path, feed: dict[str, np.ndarray]) -> float:
    true = module(*(torch.from_numpy(value) for value in feed.values())).numpy()
    made = run(file, {name: torch.from_numpy(value) for name, value in feed.items()})[0]
    return float(np.sqrt(np.mean((made - true) ** 2)) / true.std())


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
    parity["decoderInit"] = export(init, (latent,), out / "decoder_init.onnx", ["latent"], ["frame", *caches], "fp16", faster=shuffle_rows)
    _, *memory = (t.detach() for t in init(latent))
    parity["decoderStep"] = export(DecoderStep(autoencoder), (latent, *memory), out / "decoder_step.onnx", ["latent", *caches],
                                   ["frames", *(name.replace("cache_", "cache_out_") for name in caches)], "fp16", faster=shuffle_rows)


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
