"""What backgrounds are painted with: skies, ridges, ground in perspective, props standing about. Lengths in frame heights."""
from __future__ import annotations

import random

import torch
import torch.nn.functional as F
from torch import Tensor

from ..paths import HEIGHT
from .light import lit, ramp, rgb
from .noise import daub, fbm, hash01
from .sprites import prop

FAR_WIDTH, NEAR_WIDTH, GROUND_WIDTH = 384, 512, 640
HORIZON = 0.56  # of the frame's height
Layers = tuple[Tensor, Tensor, Tensor]  # far, ground, near: see backgrounds.py


def grid(width: int) -> tuple[Tensor, Tensor]:
    """x in frame heights from the middle, y in 0..1 downwards; [144,width] each."""
    y, x = torch.meshgrid((torch.arange(HEIGHT) + 0.5) / HEIGHT, (torch.arange(width) - width / 2 + 0.5) / HEIGHT, indexing="ij")
    return x, y


def over(base: Tensor, colour: Tensor, alpha: Tensor) -> Tensor:
    return base * (1 - alpha) + colour * alpha


def edge(distance: Tensor) -> Tensor:
    """Signed distance in frame heights (positive inside) -> antialiased alpha."""
    return (distance * HEIGHT + 0.5).clamp(0, 1)


def sky(rig: dict, seed: int, clouds: float) -> Tensor:
    x, y = grid(FAR_WIDTH)
    out = ramp(rig["sky"], (y / HORIZON).clamp(0, 1))
    if clouds:
        shape = fbm(x * 1.6 + seed % 97, y * 4.5, seed + 5, 3)
        alpha = ((shape - 0.55) * 7).clamp(0, 1) * (1 - (y / HORIZON).clamp(0, 1)) ** 0.5 * clouds
        tone = rgb(rig["haze"])[:, None, None] * (0.8 + 0.35 * rgb(rig["key"])[:, None, None])
        out = over(out, tone, alpha * 0.85)
    out = daub(out, 8.0, seed + 3, 0.7)  # strokes before stars and sun: those stay crisp
    if rig["stars"]:
        cell = 7.0
        gx, gy = (x * HEIGHT / cell).floor(), (y * HEIGHT / cell).floor()
        dx = x * HEIGHT / cell - gx - 0.2 - 0.6 * hash01(gx, gy, seed)
        dy = y * HEIGHT / cell - gy - 0.2 - 0.6 * hash01(gx, gy, seed + 1)
        bright = (hash01(gx, gy, seed + 2) > 0.8).float() * (1 - (dx * dx + dy * dy) * 30).clamp(0, 1)
        out = out + bright * 0.8 * rig["stars"]
    if rig["sun"]:
        sx, sy = (rig["sun"][0] - 0.5) * 16 / 9, rig["sun"][1]
        r = torch.sqrt((x - sx) ** 2 + (y - sy) ** 2)
        colour = rgb(rig["sun_colour"])[:, None, None]
        out = out + colour * rig["halo"] * 0.5 * torch.exp(-r * 6)
        out = over(out, colour, edge(rig["sun_radius"] - r))
    return out.clamp(0, 1)


def hills(x: Tensor, seed: int, base: float, amplitude: float, frequency: float) -> Tensor:
    """Height of a ridge above the horizon, frame heights, from x alone."""
    return base + amplitude * (fbm(x * frequency + seed % 89, torch.zeros_like(x) + 0.5, seed, 3) - 0.5) * 2


def mountains(x: Tensor, pick: random.Random, height: float) -> tuple[Tensor, Tensor]:
    """Max of triangles -> (height above the horizon, 1 on the lit side)."""
    top, light = torch.full_like(x, -1.0), torch.zeros_like(x)
    for _ in range(7):
        centre, h = pick.uniform(-1.4, 1.4), height * pick.uniform(0.5, 1.0)
        slope = h - (x - centre).abs() * pick.uniform(0.5, 0.8)
        light = torch.where(slope > top, ((x - centre) > 0).float(), light)
        top = torch.maximum(top, slope)
    return top, light


def tones(codes: list[str], at: Tensor) -> Tensor:
    return ramp(codes, at, (0.0, 0.5, 1.0))


def ridge(far: Tensor, codes: list[str], top: Tensor, rig: dict, haze: float, seed: int) -> Tensor:
    x, y = grid(far.shape[2])
    tone = 0.25 + 0.5 * fbm(x * 3, y * 9, seed, 2) + 0.6 * (HORIZON - y)
    colour = lit(tones(codes, tone.clamp(0, 1)), rig)
    colour = daub(colour * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze, 7.0, seed + 3, 0.6)
    return over(far, colour, edge(y - (HORIZON - top)))


def ground_rows(codes: list[str], rig: dict, seed: int, stretch: float = 1.0) -> Tensor:
    x, y = grid(GROUND_WIDTH)
    depth = 0.10 / (y - HORIZON + 0.05).clamp(min=0.02)
    tone = fbm(x * depth * 6 * stretch + 40, depth * 14, seed, 3)
    tone = (tone * 4).round() / 4 * 0.5 + tone * 0.5
    colour = lit(tones(codes, (tone * 1.3 - 0.1).clamp(0, 1)), rig, 0.9)
    haze = ((1 - (y - HORIZON) / 0.12).clamp(0, 1) ** 2) * 0.45
    return colour * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze


def stand(near: Tensor, file: str, x: float, foot: float, height: float, rig: dict, haze: float = 0.0,
           tint: tuple[float, float, float] = (1, 1, 1), saturation: float = 0.85) -> None:
    """Stands a prop sprite on `near` (premultiplied), x in frame heights from the middle, foot and height in frame heights."""
    size = max(8, round(height * HEIGHT))
    sprite = prop(file, 96)
    h, w = size, max(4, round(size * sprite.shape[2] / sprite.shape[1]))
    small = F.interpolate(torch.cat([sprite[:3] * sprite[3:], sprite[3:]])[None], size=(h, w), mode="bilinear", antialias=True)[0].clamp(0, 1)
    colour, alpha = small[:3] / small[3:].clamp(min=1e-3), small[3:]
    grey = colour.mean(0, keepdim=True)
    colour = (grey + (colour - grey) * saturation) * torch.tensor(tint)[:, None, None]
    colour = lit(colour, rig)
    colour = colour * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze
    left, top = round(near.shape[2] / 2 + x * HEIGHT - w / 2), round(foot * HEIGHT) - h
    x0, x1, y0, y1 = max(left, 0), min(left + w, near.shape[2]), max(top, 0), min(top + h, HEIGHT)
    if x0 >= x1 or y0 >= y1:
        return
    a = alpha[:, y0 - top : y1 - top, x0 - left : x1 - left]
    c = colour[:, y0 - top : y1 - top, x0 - left : x1 - left].clamp(0, 1)
    near[:3, y0:y1, x0:x1] = near[:3, y0:y1, x0:x1] * (1 - a) + c * a
    near[3:, y0:y1, x0:x1] = near[3:, y0:y1, x0:x1] * (1 - a) + a


def row_of(near: Tensor, pick: random.Random, files: list[str], count: int, foot: tuple[float, float], height: tuple[float, float],
         rig: dict, haze: float, gap: float = 0.0, **more) -> None:
    """A row of props, far ones first. `gap` keeps the middle free, in frame heights either side."""
    entries = []
    for index in range(count):
        x = (index + pick.uniform(0.2, 0.8)) / count * 3.5 - 1.75
        if abs(x) >= gap:
            entries.append((pick.uniform(*foot), x, pick.uniform(*height), pick.choice(files)))
    for where, x, tall, file in sorted(entries):
        stand(near, file, x, where, tall, rig, haze, **more)


def blank() -> Tensor:
    return torch.zeros(4, HEIGHT, NEAR_WIDTH)
