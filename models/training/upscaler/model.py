"""The upscaler: one frame in, the same frame four times as wide and high out. No memory, no noise: equal frames give equal frames.

A learned 5x5 filter to 16 pixels for each (it starts as bicubic) is the base; a small residual network adds what a filter cannot:
edges that stay thin and straight. Most of it works on 2x2 blocks, where the same arithmetic holds four times the weights and sees twice as far.
"""
from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

SCALE = 4


class Block(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2.weight.data.mul_(0.1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv2(F.relu(self.conv1(x)))


class Upscaler(nn.Module):
    def __init__(self, wide: int = 64, blocks: int = 2, fine: int = 24):
        super().__init__()
        self.config = dict(wide=wide, blocks=blocks, fine=fine)
        self.base = nn.Conv2d(3, 3 * SCALE * SCALE, 5)
        self.near = nn.Conv2d(3, fine, 5)
        self.stem = nn.Conv2d(12, wide, 3, padding=1)
        self.blocks = nn.Sequential(*(Block(wide) for _ in range(blocks)))
        self.up = nn.Conv2d(wide, fine * 4, 1)
        self.head = nn.Conv2d(fine, 3 * SCALE * SCALE, 3)
        self.head.weight.data.mul_(0.1)
        self.head.bias.data.zero_()
        self._start_bicubic()

    def _start_bicubic(self) -> None:
        """The base's weights from what bicubic interpolation makes of a single bright pixel."""
        spot = torch.zeros(1, 1, 9, 9)
        spot[0, 0, 4, 4] = 1
        answer = F.pixel_unshuffle(F.interpolate(spot, scale_factor=SCALE, mode="bicubic", align_corners=False), SCALE)[0, :, 2:7, 2:7]
        self.base.weight.data.zero_()
        self.base.bias.data.zero_()
        for colour in range(3):
            # a convolution reads what the interpolation spreads: mirrored
            self.base.weight.data[colour * 16 : (colour + 1) * 16, colour] = answer.flip(1, 2)

    def rough(self, frame: Tensor) -> Tensor:
        """The filter's picture, f32[B,48,H,W]: 16 pixels of each colour for one."""
        return self.base(F.pad(frame, (2, 2, 2, 2), mode="replicate"))

    def detail(self, frame: Tensor) -> Tensor:
        """What is added to it, f32[B,48,H,W]."""
        x = self.blocks(F.relu(self.stem(F.pixel_unshuffle(frame, 2))))
        x = F.relu(F.pixel_shuffle(self.up(x), 2) + self.near(F.pad(frame, (2, 2, 2, 2), mode="replicate")))
        return self.head(F.pad(x, (1, 1, 1, 1), mode="replicate"))

    def forward(self, frame: Tensor) -> Tensor:
        """frame f32[B,3,H,W], H and W even -> f32[B,3,4H,4W]; -1..1, unclamped."""
        return F.pixel_shuffle(self.rough(frame) + self.detail(frame), SCALE)
