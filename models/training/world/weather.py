"""Weather as closed forms of time, on finished layers: what hangs in the distance (veil), what falls before all (fall_in_front)."""
from __future__ import annotations

import math

import torch
from torch import Tensor

from ..paths import HEIGHT
from .light import rgb
from .noise import hash01

# Each kind of drops: cells across a frame height, how fast they come down (frame heights a second), how far they drift, radius and length (frame heights).
_LATTICES = {
    "rain": ((5.0, 1.9, -0.28, 0.0045, 0.085), (8.0, 1.5, -0.22, 0.0035, 0.06)),
    "snowfall": ((6.0, 0.32, 0.03, 0.014, 0.0), (10.0, 0.22, -0.02, 0.009, 0.0), (4.0, 0.42, 0.05, 0.018, 0.0)),
    "leaves": ((3.2, 0.30, 0.16, 0.021, 0.0), (4.6, 0.22, 0.10, 0.015, 0.0)),
    "sparks": ((5.0, -0.34, 0.06, 0.011, 0.0), (8.0, -0.24, -0.05, 0.008, 0.0)),
}
_LEAF_COLOURS = ("#D9742E", "#E8A43A", "#B8482E")


def veil(image: Tensor, scene, world, y: Tensor) -> Tensor:
    """image f32[F,3,144,256] of the place alone; y f32[F,144,256] of the frame's height."""
    if scene.weather == "fog":
        depth = torch.where(y < world.horizon, 0.55 + 0.3 * y / world.horizon, 0.85 - 1.3 * (y - world.horizon)).clamp(0.25, 0.85)[:, None]
        return image * (1 - depth) + rgb(world.rig["haze"])[:, None, None] * depth
    if scene.weather == "rain":
        grey = image.mean(1, keepdim=True)
        return (image * 0.45 + grey * 0.35 + rgb("#5E7488")[:, None, None] * 0.10) * 0.92
    if scene.weather == "snowfall":
        return image * 0.86 + rgb(world.rig["haze"])[:, None, None] * 0.14
    return image


def fall_in_front(image: Tensor, scene, world, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
    """x, y f32[F,144,256]: where each pixel looks, in frame heights; t f32[F] seconds."""
    if scene.weather == "fog":
        return image * 0.86 + rgb(world.rig["haze"])[:, None, None] * 0.14
    time = t[:, None, None]
    for layer, (cells, speed, drift, radius, length) in enumerate(_LATTICES.get(scene.weather, ())):
        seed = scene.seed % 9973 + 31 * layer
        slope = drift / speed
        u, v = (x - slope * y) * cells, (y - speed * time) * cells * (0.5 if length else 1.0)
        gx, gy = u.floor(), v.floor()
        here = hash01(gx, gy, seed) < (0.75 if length else 0.55)
        cx = gx + 0.25 + 0.5 * hash01(gx, gy, seed + 1)
        cy = gy + 0.25 + 0.5 * hash01(gx, gy, seed + 2)
        turn = 2 * math.pi * hash01(gx, gy, seed + 3)
        if not length:
            cx = cx + 0.16 * torch.sin(2.6 * time + turn)
        dx, dy = (u - cx) / cells, (v - cy) / cells / (0.5 if length else 1.0)
        if length:
            inside = torch.minimum(radius - dx.abs(), length / 2 - dy.abs())
            alpha, colour = (inside * HEIGHT + 0.5).clamp(0, 1) * 0.5, rgb("#D6E6F2")[:, None, None]
        elif scene.weather == "leaves":
            angle = turn + 2.2 * time
            a, b = dx * torch.cos(angle) + dy * torch.sin(angle), (dy * torch.cos(angle) - dx * torch.sin(angle)) * 2
            alpha = ((radius - torch.sqrt(a * a + b * b)) * HEIGHT + 0.5).clamp(0, 1)
            which = (hash01(gx, gy, seed + 4) * 3).long().clamp(max=2)
            colour = (torch.stack([rgb(code) for code in _LEAF_COLOURS]) * (0.55 + 0.5 * rgb(world.rig["key"])))[which].permute(0, 3, 1, 2)
        else:
            distance = torch.sqrt(dx * dx + dy * dy)
            alpha = ((radius - distance) * HEIGHT + 0.5).clamp(0, 1)
            colour = rgb("#FFFFFF" if scene.weather == "snowfall" else "#FFC24A")[:, None, None]
            if scene.weather == "sparks":
                glow = torch.exp(-distance / radius * 0.9) * 0.55 * here.float()
                image = (image + glow[:, None] * rgb("#FF8A2A")[:, None, None]).clamp(0, 1)
        alpha = (alpha * here.float())[:, None]
        image = image * (1 - alpha) + colour * alpha
    return image
