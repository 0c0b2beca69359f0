"""Which sampler settings suit the weights at hand: alignment by the probe for a few of them, and a picture to look at.

    python -m models.training.evaluate.tune /tmp/tune.png
"""
from __future__ import annotations

import argparse

import numpy as np
import torch
from PIL import Image

from ..dataset.cache_latents import load_autoencoder
from ..text import tokenizer as tokens
from ..transformer.data import LatentSource
from ..transformer.sample import generate, load
from . import probe as probes
from .run import held_out_prompts, trained_probe

SETTINGS = ((4, 2.0, 2.0), (8, 2.0, 1.0), (8, 2.0, 2.0), (8, 2.0, 3.0), (16, 2.0, 2.0))  # steps, shift, guidance


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--prompts", type=int, default=32)
    parser.add_argument("--ema", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    text, model, state = load(options.ema)
    probe, source, autoencoder = trained_probe(state), LatentSource.bare(state["mean"], state["std"]), load_autoencoder()
    prompts, asked, _ = held_out_prompts(options.prompts)
    ids = torch.tensor([tokens.encode(tokens.load(), prompt) for prompt in prompts])
    control = torch.cat([source.grey[:1], source.grey[:1], torch.ones(1, 64, 18, 32)], 1).transpose(0, 1)[None].expand(len(ids), -1, -1, -1, -1)
    rows = []
    for steps, shift, guidance in SETTINGS:
        made = generate(text, model, ids, control, steps, shift, guidance, 0)
        print(steps, shift, guidance, {name: round(value, 2) for name, value in probes.share_right(probe, made[:, :, 0], asked).items()}, flush=True)
        raw = made[:5].transpose(1, 2) * state["std"][:, None, None] + state["mean"][:, None, None]
        with torch.no_grad():
            shown = torch.cat([autoencoder.decode(entry[None])[0, :1] for entry in raw])
        rows.append(np.concatenate(list(((shown.clamp(-1, 1) + 1) * 127.5).byte().permute(0, 2, 3, 1).numpy()), axis=1))
    print(*prompts[:5], sep="\n")
    Image.fromarray(np.concatenate(rows)).save(options.file)


if __name__ == "__main__":
    main()
