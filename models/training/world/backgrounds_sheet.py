"""Every background at every time of day on one sheet, to look at.

    python -m models.training.world.backgrounds_sheet sheet.png
"""
from __future__ import annotations

import sys

import numpy as np
import torch
from PIL import Image

from .render import render
from .scene import Scene
from .vocab import BACKGROUNDS


def main() -> None:
    torch.set_num_threads(1)
    rows = []
    for background in BACKGROUNDS:
        times = background.times or ("",) * 3
        rows.append(np.concatenate([render(Scene((), background.name, time, "storybook", "still", variant, 8000), 1).frames[0].numpy()
                                    for variant, time in enumerate(times)], axis=1))
    half = (len(rows) + 1) // 2
    rows += [np.zeros_like(rows[0])] * (2 * half - len(rows))
    Image.fromarray(np.concatenate([np.concatenate(rows[:half]), np.concatenate(rows[half:])], axis=1)).save(sys.argv[1])


if __name__ == "__main__":
    main()
