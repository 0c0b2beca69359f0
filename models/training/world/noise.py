"""Noise without a random generator: integer hashes of lattice corners, equal on every device (torch.rand is not)."""
from __future__ import annotations

import torch
from torch import Tensor


def hash01(x: Tensor, y: Tensor, seed: int) -> Tensor:
    """Integer lattice points -> f32 in 0..1, by a 32-bit multiply-xor hash held in int64."""
    h = (x.long() * 374761393 + y.long() * 668265263 + seed * 974634777) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 16)) * 2246822519) & 0xFFFFFFFF
    return ((h ^ (h >> 15)) & 0xFFFFFF).float() / 16777215.0


def value_noise(x: Tensor, y: Tensor, seed: int) -> Tensor:
    """Smooth noise, period of about one unit, 0..1."""
    ix, iy = x.floor(), y.floor()
    fx, fy = x - ix, y - iy
    fx, fy = fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)
    top = hash01(ix, iy, seed) * (1 - fx) + hash01(ix + 1, iy, seed) * fx
    bottom = hash01(ix, iy + 1, seed) * (1 - fx) + hash01(ix + 1, iy + 1, seed) * fx
    return top * (1 - fy) + bottom * fy


def fbm(x: Tensor, y: Tensor, seed: int, octaves: int = 3) -> Tensor:
    total, weight = torch.zeros_like(x), 0.0
    for octave in range(octaves):
        amplitude = 0.5**octave
        total = total + amplitude * value_noise(x * 2**octave, y * 2**octave, seed + octave * 17)
        weight += amplitude
    return total / weight


def daub(image: Tensor, cell: float, seed: int, strength: float = 0.75) -> Tensor:
    """Gouache strokes: each pixel takes the colour at the centre of the topmost hashed ellipse over it. [C,H,W] -> same."""
    _, height, width = image.shape
    y, x = torch.meshgrid(torch.arange(height).float(), torch.arange(width).float(), indexing="ij")
    cx, cy = (x / cell).floor(), (y / cell).floor()
    best = torch.full_like(x, -1.0)
    source_x, source_y = x.clone(), y.clone()
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            gx, gy = cx + dx, cy + dy
            px = (gx + 0.5 + 0.9 * (hash01(gx, gy, seed) - 0.5)) * cell
            py = (gy + 0.5 + 0.9 * (hash01(gx, gy, seed + 1) - 0.5)) * cell
            angle = (hash01(gx, gy, seed + 2) - 0.5) * 1.0
            c, s = torch.cos(angle), torch.sin(angle)
            u = ((x - px) * c + (y - py) * s) / (cell * 1.15)
            v = ((y - py) * c - (x - px) * s) / (cell * 0.62)
            rank = hash01(gx, gy, seed + 3)
            covers = (u * u + v * v < 1.0) & (rank > best)
            best = torch.where(covers, rank, best)
            source_x = torch.where(covers, px, source_x)
            source_y = torch.where(covers, py, source_y)
    flat = (source_y.round().clamp(0, height - 1) * width + source_x.round().clamp(0, width - 1)).long()
    strokes = image.reshape(image.shape[0], -1)[:, flat.reshape(-1)].reshape(image.shape)
    value = 1 + (best.clamp(min=0) - 0.5) * 0.05
    return image * (1 - strength) + strokes * strength * value
