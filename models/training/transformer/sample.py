"""Sampling in torch, for looking and for parity: Euler over shifted sigmas, two runs when guidance is not 1.

    python -m models.training.transformer.sample sheet.png --frames 1
"""
from __future__ import annotations

import argparse
import random

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ..dataset.cache_latents import load_autoencoder
from ..paths import RUNS
from ..text import tokenizer as tokens
from ..text.model import TextEncoder
from ..world.captions import caption
from ..world.render import SLOTS, camera_path, layout
from ..world.scene import Scene, sample_scene
from ..world.sprites import TEXTURE, texture
from .figures import FigurePlane
from .model import TransformerConfig, VideoTransformer

def load(ema: bool = False, path=RUNS / "transformer" / "last.pt") -> tuple[TextEncoder, VideoTransformer, dict]:
    state = torch.load(path, map_location="cpu")
    text, model = TextEncoder(), VideoTransformer(TransformerConfig(**state["config"]))
    text.load_state_dict(state["text"])
    model.load_state_dict(state["model"])
    if ema:
        with torch.no_grad():
            for p, value in zip([*text.parameters(), *model.parameters()], state["ema"]):
                p.copy_(value)
    return text.eval(), model.eval(), state


def sigmas(steps: int, shift: float) -> list[float]:
    """steps+1 values from 1 to 0."""
    line = [1 - i / steps for i in range(steps + 1)]
    return [shift * s / (1 + (shift - 1) * s) for s in line]


@torch.no_grad()
def generate(text: TextEncoder, model: VideoTransformer, ids: Tensor, control: Tensor, figures: Tensor, steps: int, shift: float, guidance: float, seed: int, guided_from: float = 0.0) -> Tensor:
    """ids i64[B,L], control f32[B,96,T,18,32], figures f32[B,154,T,18,32] -> normalised latents f32[B,16,T,18,32]."""
    batch, _, length, height, width = control.shape
    x = torch.randn(batch, 16, length, height, width, generator=torch.Generator().manual_seed(seed))
    empty = torch.tensor([tokens.encode(tokens.load(), "")]).expand(batch, -1)
    words, nothing = text(ids, (ids != 0).long()), text(empty, (empty != 0).long())
    line = sigmas(steps, shift)
    scales, one = torch.ones(2), torch.ones(batch)
    for now, after in zip(line, line[1:]):
        t = torch.full((batch,), now * 1000)
        velocity = model(x, t, t, one, words, control, scales, figures)
        if guidance != 1 and now >= guided_from:
            other = model(x, t, t, one, nothing, control, scales, figures)
            velocity = other + guidance * (velocity - other)
        x = x + (after - now) * velocity
    return x


def told(scenes: list[Scene], frames: int) -> Tensor:
    """The figures of scenes as the renderer has them, f32[B,154,T,18,32]."""
    layouts, textures = [], torch.zeros(len(scenes), SLOTS, 4, TEXTURE, TEXTURE)
    for row, scene in enumerate(scenes):
        placed, order = layout(scene, frames)
        layouts.append(placed)
        for slot, actor in enumerate(order):
            textures[row, slot] = texture(actor.subject, actor.colour).float() / 255
    return FigurePlane()(torch.stack(layouts), textures, torch.stack([camera_path(scene, frames) for scene in scenes]))


def nothing_known(state: dict, count: int, length: int) -> Tensor:
    """Control f32[count,96,length,18,32] of a request that makes all."""
    grey = (torch.load(RUNS / "latents" / "grey.pt").float()[:length] - state["mean"][:, None, None]) / state["std"][:, None, None]
    return torch.cat([grey, grey, torch.ones(length, 64, 18, 32)], 1).transpose(0, 1)[None].expand(count, -1, -1, -1, -1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--frames", type=int, default=1)
    parser.add_argument("--scenes", type=int, default=12)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--shift", type=float, default=2.0)
    parser.add_argument("--guidance", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ema", action="store_true", help="the moving average: only better where the rate was not cooled to zero")
    options = parser.parse_args()
    torch.set_num_threads(1)
    text, model, state = load(options.ema)
    autoencoder, tokenizer, pick = load_autoencoder(), tokens.load(), random.Random(5)
    scenes = [sample_scene(pick, held_out=True) for _ in range(options.scenes)]
    prompts = [caption(scene, pick) for scene in scenes]
    print("\n".join(prompts))
    length = (options.frames + 3) // 4
    ids = torch.tensor([tokens.encode(tokenizer, prompt) for prompt in prompts])
    latents = generate(text, model, ids, nothing_known(state, len(scenes), length), told(scenes, options.frames), options.steps, options.shift, options.guidance, options.seed)
    raw = latents.transpose(1, 2) * state["std"][:, None, None] + state["mean"][:, None, None]
    video = torch.cat([autoencoder.decode(entry[None]) for entry in raw])
    shown = video[:, :: max(1, (options.frames - 1) // 2 or 1)][:, :3]
    pixels = ((shown.clamp(-1, 1) + 1) * 127.5).byte().permute(0, 1, 3, 4, 2).numpy()
    rows = [np.concatenate(list(clip), axis=1) for clip in pixels]
    columns = 4 if options.frames == 1 else 2
    lines = [np.concatenate(rows[i : i + columns], axis=1) for i in range(0, len(rows), columns)]
    Image.fromarray(np.concatenate(lines)).save(options.file)


if __name__ == "__main__":
    main()
