"""The painter: a name, a colour, a garment -> the figure's picture, one pass, no noise.

It answers 'what does a hippo look like', and nothing else: where the hippo is, how it moves, which light falls on it and what lies
behind it are the transformer's. A table of names and four upsampling convolutions, trained by regression on the world's drawings, so a
name always gives the same figure: a character stays itself from take to take.
"""
from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

from ..world.sprites import TEXTURE, WORN, CLOTH
from ..world.vocab import COLOURS, SUBJECTS

TONES = 6  # the drawing's own, and five skin tones from light to dark
SIZES = (len(SUBJECTS), len(COLOURS) + 1, len(WORN) + 1, len(CLOTH), TONES)


def index_of(name: str, colour: str = "", wears: str = "", tone: int = 0) -> list[int]:
    """The five indices of `who`; 0 = none but for the name."""
    from ..world.sprites import split_wears

    cloth, garment = split_wears(wears)
    return [NUMBER[name], 1 + COLOURS.index(colour) if colour else 0, 1 + WORN.index(garment) if garment else 0, list(CLOTH).index(cloth), tone]


NUMBER = {subject.name: index for index, subject in enumerate(SUBJECTS)}


class Painter(nn.Module):
    def __init__(self, width: int = 192, channels: int = 256):
        super().__init__()
        self.channels = channels
        self.tables = nn.ModuleList(nn.Embedding(size, width) for size in SIZES)
        self.mix = nn.Sequential(nn.Linear(width * len(SIZES), width * 2), nn.SiLU(), nn.Linear(width * 2, width))
        self.start = nn.Linear(width, channels * 36)
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, 192, 3, padding=1)
        self.third = nn.Conv2d(192, 128, 3, padding=1)
        self.fourth = nn.Conv2d(128, 64, 3, padding=1)
        self.fifth = nn.Conv2d(64, 64, 3, padding=1)
        self.last = nn.Conv2d(64, 16, 3, padding=1)  # RGBA of 2 x 2 texels
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)

    def forward(self, who: Tensor) -> Tensor:
        """who i64[B,5]: name, colour, garment, its colour, skin tone -> f32[B,4,48,48], premultiplied, 0..1, looking to the right."""
        looked_up = torch.cat([table(who[:, index]) for index, table in enumerate(self.tables)], dim=1)
        name = looked_up[:, : self.start.in_features]
        x = self.start(name + self.mix(looked_up)).reshape(-1, self.channels, 6, 6)
        x = F.silu(x + self.first(F.silu(x)))
        x = F.silu(self.second(F.interpolate(x, scale_factor=2, mode="nearest")))
        x = F.silu(self.third(x))
        x = F.silu(self.fourth(F.interpolate(x, scale_factor=2, mode="nearest")))
        x = F.silu(x + self.fifth(x))
        rgba = F.pixel_shuffle(self.last(x), 2).float().sigmoid()
        return torch.cat([rgba[:, :3] * rgba[:, 3:], rgba[:, 3:]], dim=1)


assert TEXTURE == 48
