"""Looks as image filters on finished frames, f32[F,3,144,256] in 0..1. A first cut: they read colour alone, not depth."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .noise import fbm, hash01


def _blur(x: Tensor, radius: int) -> Tensor:
    return F.avg_pool2d(F.pad(x, [radius] * 4, mode="replicate"), 2 * radius + 1, 1)


def _edges(x: Tensor) -> Tensor:
    """Difference of two blurs of the brightness, 0..1, dark lines where the picture changes; [F,1,h,w]."""
    grey = x.mean(1, keepdim=True)
    gx = F.pad(grey[..., 2:] - grey[..., :-2], (1, 1, 0, 0))
    gy = F.pad(grey[..., 2:, :] - grey[..., :-2, :], (0, 0, 1, 1))
    return (torch.sqrt(gx * gx + gy * gy) * 3.2 - 0.22).clamp(0, 1)


def _coordinates(x: Tensor) -> tuple[Tensor, Tensor]:
    return torch.meshgrid(torch.arange(x.shape[2]).float(), torch.arange(x.shape[3]).float(), indexing="ij")


def _watercolour(x: Tensor) -> Tensor:
    row, column = _coordinates(x)
    flat = _blur(_blur(x, 1), 2)
    density = 0.75 + 0.5 * fbm(column / 26, row / 26, 71, 3)
    paint = 1 - (1 - flat) * density * 0.78
    paint = paint - 0.25 * _edges(flat)
    border = torch.minimum(torch.minimum(row, 143 - row), torch.minimum(column, 255 - column)) + 7 * fbm(column / 9, row / 9, 5, 2)
    keep = ((border - 9) / 4).clamp(0, 1)
    return paint * keep + 0.97 * (1 - keep)


def _pencil(x: Tensor) -> Tensor:
    row, column = _coordinates(x)
    grey = _blur(x, 1).mean(1, keepdim=True)
    hatch = 0.5 + 0.5 * torch.sin((column + row) * 1.25)
    cross = 0.5 + 0.5 * torch.sin((column - row) * 1.25)
    grain = hash01(column, row, 9)
    grey = ((grey - grey.mean((1, 2, 3), keepdim=True)) * 1.2 + 0.5).clamp(0, 1)  # exposed for the paper, day or night
    tone = 1 - (0.66 - grey).clamp(0, 1) * 0.75 * (0.55 + 0.45 * hatch) - (0.32 - grey).clamp(0, 1) * 0.8 * cross - 0.04 * grain
    paper = torch.tensor([0.97, 0.955, 0.92])[:, None, None]
    return (tone - 0.7 * _edges(x)).clamp(0.05, 1) * paper


def _comic(x: Tensor) -> Tensor:
    flat = _blur(x, 1)
    value = flat.amax(1, keepdim=True).clamp(min=1e-3)
    bands = (value * 4).round().clamp(1, 4) / 4
    grey = flat.mean(1, keepdim=True)
    vivid = (grey + (flat - grey) * 1.5).clamp(0, 1)
    return (vivid * bands / value * (1 - _edges(_blur(x, 1)))).clamp(0, 1)


def apply_style(frames: Tensor, style: str) -> Tensor:
    if style == "watercolour":
        return _watercolour(frames).clamp(0, 1)
    if style == "pencil":
        return _pencil(frames).clamp(0, 1)
    if style == "comic":
        return _comic(frames)
    return frames
