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


def _pixel_art(x: Tensor) -> Tensor:
    """Blocks of 4 px, six levels a channel, a little ordered dither."""
    small = F.avg_pool2d(x, 4)
    row, column = _coordinates(small)
    dither = (((column + 2 * row) % 4) / 4 - 0.375) * 0.05
    grey = small.mean(1, keepdim=True)
    vivid = grey + (small - grey) * 1.25
    flat = ((vivid + dither).clamp(0, 1) * 5).round() / 5
    return F.interpolate(flat, scale_factor=4, mode="nearest")


def _neon(x: Tensor) -> Tensor:
    """Dark, with glowing outlines in the colours that were there."""
    flat = _blur(x, 1)
    grey = flat.mean(1, keepdim=True)
    top = flat.amax(1, keepdim=True).clamp(min=0.08)
    hue = (flat / top) ** 1.6
    line = _edges(flat)
    glow = _blur(_blur(line, 3), 3)
    base = (grey + (flat - grey) * 1.3).clamp(0, 1) ** 1.5 * 0.28
    return base + torch.tensor([0.04, 0.0, 0.10])[:, None, None] + hue * (line * 1.1 + glow * 0.9)


def _oil_painting(x: Tensor) -> Tensor:
    """Each pixel takes the calmest of its four neighbourhoods (Kuwahara), then a ridge of light along the strokes."""
    padded = F.pad(x, [3] * 4, mode="replicate")
    mean = F.avg_pool2d(padded, 4, 1)
    square = F.avg_pool2d((padded * padded).mean(1, keepdim=True), 4, 1)
    calm = square - (mean * mean).mean(1, keepdim=True)
    h, w = x.shape[2:]
    offsets = ((0, 0), (0, 3), (3, 0), (3, 3))
    means = torch.stack([mean[:, :, a : a + h, b : b + w] for a, b in offsets])
    calms = torch.stack([calm[:, :, a : a + h, b : b + w] for a, b in offsets])
    which = calms.argmin(0, keepdim=True).expand(1, -1, 3, -1, -1)
    flat = means.gather(0, which)[0]
    row, column = _coordinates(x)
    relief = fbm(column / 7 + row / 19, row / 3.5, 83, 2) - 0.5
    grey = flat.mean(1, keepdim=True)
    return (grey + (flat - grey) * 1.25) * (1 + 0.26 * relief)


def _paper_cut(x: Tensor) -> Tensor:
    """Few flat tones with a pale rim above and a shadow below each edge, on fibrous paper."""
    row, column = _coordinates(x)
    flat = _blur(_blur(x, 1), 1)
    value = flat.mean(1, keepdim=True)
    bands = (value * 5).round() / 5
    flat = (flat * (bands + 0.04) / (value + 0.04)).clamp(0, 1)
    step = bands - F.pad(bands, (2, 0, 2, 0), mode="replicate")[..., :-2, :-2]
    paper = 0.95 + 0.10 * (hash01((column / 2).floor(), (row / 2).floor(), 13) - 0.5)
    return (flat * 0.88 + 0.08) * paper + 0.35 * step.clamp(0, 0.4) - 0.45 * (-step).clamp(0, 0.4)


_STYLES = {"watercolour": _watercolour, "pencil": _pencil, "comic": _comic, "pixel art": _pixel_art, "neon": _neon, "oil painting": _oil_painting, "paper cut": _paper_cut}


def apply_style(frames: Tensor, style: str) -> Tensor:
    """`style` of vocab.STYLES; storybook is the picture as it is."""
    return _STYLES[style](frames).clamp(0, 1) if style in _STYLES else frames
