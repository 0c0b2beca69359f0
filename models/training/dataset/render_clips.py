"""Renders clips to runs/renders: clips_XXX.npy uint8 [N,F,144,256,3] beside clips_XXX.json (scene data).

    python -m models.training.dataset.render_clips --count 240 --frames 17 --seed 1

For the autoencoder. The transformer's data (captions, controls, latents) is made by `cache_latents`.
"""
from __future__ import annotations

import argparse
import random

import numpy as np
import torch

from ..paths import RUNS
from ..world.render import render
from ..world.scene import sample_scene


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--frames", type=int, default=17)
    parser.add_argument("--shard", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="only held-out combinations, written as heldout_*.npy")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    folder = RUNS / "renders"
    folder.mkdir(parents=True, exist_ok=True)
    pick = random.Random(options.seed)
    for first in range(0, options.count, options.shard):
        clips = [render(sample_scene(pick, options.held_out), options.frames).frames.numpy() for _ in range(min(options.shard, options.count - first))]
        name = ("heldout" if options.held_out else "clips") + f"_{options.seed:02d}_{first:05d}.npy"
        np.save(folder / ("part_" + name), np.stack(clips))
        (folder / ("part_" + name)).rename(folder / name)
        print(name, flush=True)


if __name__ == "__main__":
    main()
