"""Painted backgrounds. Each is three textures the camera reads with its own parallax:

    far    f32[3,144,384]   sky and distance, moves .15 of the camera
    ground f32[3,144,640]   rows below the horizon move the more the nearer they are; rows above it are unused
    near   f32[4,144,512]   trees, houses, cacti: premultiplied, moves .5 of the camera

Everything is drawn once per (background, time, variant) and shared by many clips.
"""
from __future__ import annotations

import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..paths import HEIGHT
from .light import RIGS, lit, ramp, rgb
from .noise import daub, fbm, hash01, value_noise
from .sprites import prop

FAR_WIDTH, NEAR_WIDTH, GROUND_WIDTH = 384, 512, 640
HORIZON = 0.56  # of the frame's height


@dataclass
class Painting:
    far: Tensor
    ground: Tensor
    near: Tensor
    rig: dict
    has_ground: bool


def _grid(width: int) -> tuple[Tensor, Tensor]:
    """x in frame heights from the middle, y in 0..1 downwards; [144,width] each."""
    y, x = torch.meshgrid((torch.arange(HEIGHT) + 0.5) / HEIGHT, (torch.arange(width) - width / 2 + 0.5) / HEIGHT, indexing="ij")
    return x, y


def _over(base: Tensor, colour: Tensor, alpha: Tensor) -> Tensor:
    return base * (1 - alpha) + colour * alpha


def _edge(distance: Tensor) -> Tensor:
    """Signed distance in frame heights (positive inside) -> antialiased alpha."""
    return (distance * HEIGHT + 0.5).clamp(0, 1)


def _sky(rig: dict, seed: int, clouds: float) -> Tensor:
    x, y = _grid(FAR_WIDTH)
    sky = ramp(rig["sky"], (y / HORIZON).clamp(0, 1))
    if clouds:
        shape = fbm(x * 1.6 + seed % 97, y * 4.5, seed + 5, 3)
        alpha = ((shape - 0.55) * 7).clamp(0, 1) * (1 - (y / HORIZON).clamp(0, 1)) ** 0.5 * clouds
        tone = rgb(rig["haze"])[:, None, None] * (0.8 + 0.35 * rgb(rig["key"])[:, None, None])
        sky = _over(sky, tone, alpha * 0.85)
    sky = daub(sky, 8.0, seed + 3, 0.7)  # strokes before stars and sun: those stay crisp
    if rig["stars"]:
        cell = 7.0
        gx, gy = (x * HEIGHT / cell).floor(), (y * HEIGHT / cell).floor()
        dx = x * HEIGHT / cell - gx - 0.2 - 0.6 * hash01(gx, gy, seed)
        dy = y * HEIGHT / cell - gy - 0.2 - 0.6 * hash01(gx, gy, seed + 1)
        bright = (hash01(gx, gy, seed + 2) > 0.8).float() * (1 - (dx * dx + dy * dy) * 30).clamp(0, 1)
        sky = sky + bright * 0.8 * rig["stars"]
    if rig["sun"]:
        sx, sy = (rig["sun"][0] - 0.5) * 16 / 9, rig["sun"][1]
        r = torch.sqrt((x - sx) ** 2 + (y - sy) ** 2)
        colour = rgb(rig["sun_colour"])[:, None, None]
        sky = sky + colour * rig["halo"] * 0.5 * torch.exp(-r * 6)
        sky = _over(sky, colour, _edge(rig["sun_radius"] - r))
    return sky.clamp(0, 1)


def _hills(x: Tensor, seed: int, base: float, amplitude: float, frequency: float) -> Tensor:
    """Height of a ridge above the horizon, frame heights, from x alone."""
    return base + amplitude * (fbm(x * frequency + seed % 89, torch.zeros_like(x) + 0.5, seed, 3) - 0.5) * 2


def _mountains(x: Tensor, pick: random.Random, height: float) -> tuple[Tensor, Tensor]:
    """Max of triangles -> (height above the horizon, 1 on the lit side)."""
    top, light = torch.full_like(x, -1.0), torch.zeros_like(x)
    for _ in range(7):
        centre, h = pick.uniform(-1.4, 1.4), height * pick.uniform(0.5, 1.0)
        ridge = h - (x - centre).abs() * pick.uniform(0.5, 0.8)
        light = torch.where(ridge > top, ((x - centre) > 0).float(), light)
        top = torch.maximum(top, ridge)
    return top, light


def _tones(codes: list[str], at: Tensor) -> Tensor:
    return ramp(codes, at, (0.0, 0.5, 1.0))


def _ridge(far: Tensor, codes: list[str], top: Tensor, rig: dict, haze: float, seed: int) -> Tensor:
    x, y = _grid(far.shape[2])
    tone = 0.25 + 0.5 * fbm(x * 3, y * 9, seed, 2) + 0.6 * (HORIZON - y)
    colour = lit(_tones(codes, tone.clamp(0, 1)), rig)
    colour = daub(colour * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze, 7.0, seed + 3, 0.6)
    return _over(far, colour, _edge(y - (HORIZON - top)))


def _ground(codes: list[str], rig: dict, seed: int, stretch: float = 1.0) -> Tensor:
    x, y = _grid(GROUND_WIDTH)
    depth = 0.10 / (y - HORIZON + 0.05).clamp(min=0.02)
    tone = fbm(x * depth * 6 * stretch + 40, depth * 14, seed, 3)
    tone = (tone * 4).round() / 4 * 0.5 + tone * 0.5
    colour = lit(_tones(codes, (tone * 1.3 - 0.1).clamp(0, 1)), rig, 0.9)
    haze = ((1 - (y - HORIZON) / 0.12).clamp(0, 1) ** 2) * 0.45
    return colour * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze


def _place(near: Tensor, file: str, x: float, foot: float, height: float, rig: dict, haze: float = 0.0,
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


def _row(near: Tensor, pick: random.Random, files: list[str], count: int, foot: tuple[float, float], height: tuple[float, float],
         rig: dict, haze: float, gap: float = 0.0, **more) -> None:
    """A row of props, far ones first. `gap` keeps the middle free, in frame heights either side."""
    entries = []
    for index in range(count):
        x = (index + pick.uniform(0.2, 0.8)) / count * 3.5 - 1.75
        if abs(x) >= gap:
            entries.append((pick.uniform(*foot), x, pick.uniform(*height), pick.choice(files)))
    for where, x, tall, file in sorted(entries):
        _place(near, file, x, where, tall, rig, haze, **more)


def _blank() -> Tensor:
    return torch.zeros(4, HEIGHT, NEAR_WIDTH)


def paint(name: str, time: str, variant: int) -> Painting:
    """A background. `time` is ignored by the three that have a light of their own."""
    rig = RIGS[name if name in ("space", "underwater", "room") else time]
    seed = variant * 1009 + sum(map(ord, name)) * 31
    pick = random.Random(seed)
    far, ground, near = _PAINTERS[name](rig, seed, pick)
    ground = daub(ground, 8.0, seed + 4, 0.7)
    return Painting(far.clamp(0, 1), ground.clamp(0, 1), near.clamp(0, 1), rig, name not in ("space",))


def _meadow(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    far = _sky(rig, seed, 0.9)
    top, light = _mountains(x, pick, 0.26)
    stone = _tones(["#5A74A0", "#86A0BE", "#C6CDD0"], light * 0.5 + 0.3)
    far = _over(far, lit(stone, rig) * 0.5 + rgb(rig["haze"])[:, None, None] * 0.5, _edge(y - (HORIZON - top)))
    far = _ridge(far, ["#3F7A58", "#6FAE62", "#C5DC7E"], _hills(x, seed, 0.07, 0.05, 1.2), rig, 0.25, seed + 1)
    near = _blank()
    _row(near, pick, ["1f333.webp"], 7, (0.585, 0.61), (0.16, 0.28), rig, 0.1)
    _row(near, pick, ["1f337.webp", "1f33c.webp", "1f33b.webp"], 12, (0.66, 0.72), (0.05, 0.08), rig, 0.0, 0.25)
    return far, _ground(["#3F8038", "#78B848", "#C6DE66"], rig, seed), near


def _forest(rig, seed, pick):
    x, _ = _grid(FAR_WIDTH)
    green = dict(rig, sky=["#7FB9A0", "#A9D4A8", "#D4ECB8", "#F2F6CE"]) if rig["stars"] == 0 and rig["rimI"] < 0.5 else rig
    far = _sky(green, seed, 0.0)
    far = _ridge(far, ["#3E7A4E", "#6AA862", "#BBDD86"], _hills(x, seed, 0.33, 0.07, 6.0), rig, 0.3, seed + 1)
    far = _ridge(far, ["#2A5A3A", "#4C8F46", "#A8CE5E"], _hills(x, seed + 9, 0.16, 0.09, 7.0), rig, 0.12, seed + 2)
    near = _blank()
    _row(near, pick, ["1f332.webp", "1f333.webp"], 11, (0.58, 0.60), (0.34, 0.46), rig, 0.15)
    _row(near, pick, ["1f332.webp", "1f333.webp"], 6, (0.62, 0.66), (0.5, 0.66), rig, 0.0, 0.35)
    _row(near, pick, ["1f344.webp", "1f33f.webp"], 9, (0.67, 0.72), (0.06, 0.09), rig, 0.0, 0.3)
    return far, _ground(["#3E6F38", "#6EA046", "#B9D066"], rig, seed), near


def _beach(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    far = _sky(rig, seed, 0.8)
    water = _tones(["#0F5F93", "#2A9DB5", "#3CC0BE"], ((y - 0.47) / 0.12 + 0.3 * (value_noise(x * 4, y * 60, seed) - 0.5)).clamp(0, 1))
    glint = ((value_noise(x * 9, y * 90, seed + 2) - 0.75) * 6).clamp(0, 1)
    water = lit(water, rig) * 0.8 + rgb(rig["haze"])[:, None, None] * (0.12 + 0.3 * glint)
    far = _over(far, water, _edge(y - 0.47))
    near = _blank()
    side = pick.choice((-1, 1))
    _place(near, "1f334.webp", side * pick.uniform(0.55, 0.8), 0.66, pick.uniform(0.5, 0.62), rig)
    if pick.random() < 0.6:
        _place(near, "1f3d6-fe0f.webp" if pick.random() < 0.0 else "26f1-fe0f.webp", -side * pick.uniform(0.5, 0.8), 0.66, 0.24, rig)
    if pick.random() < 0.5:
        _place(near, "26f5.webp", -side * pick.uniform(0.1, 0.8), 0.535, 0.12, rig, 0.2)
    return far, _ground(["#D9A86C", "#EFCB8C", "#FBE6B6"], rig, seed), near


def _desert(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    warm = dict(rig, sky=["#3E86C8", "#7DBBE0", "#C9E0DC", "#FBE9C4"], haze="#F3DDBE") if rig["rimI"] < 0.5 else rig
    far = _sky(warm, seed, 0.25)
    mesa = torch.full_like(x, -1.0)
    for _ in range(3):
        centre, h, w = pick.uniform(-1.2, 1.2), pick.uniform(0.1, 0.2), pick.uniform(0.12, 0.3)
        mesa = torch.maximum(mesa, torch.minimum(torch.full_like(x, h), (w - (x - centre).abs()) * 3))
    far = _ridge(far, ["#8E4A3E", "#B96E50", "#E09A62"], mesa, warm, 0.25, seed)
    far = _ridge(far, ["#B4683F", "#E0A25F", "#FBD793"], _hills(x, seed, 0.06, 0.06, 1.6), warm, 0.1, seed + 2)
    near = _blank()
    _row(near, pick, ["1f335.webp"], 5, (0.6, 0.66), (0.16, 0.34), warm, 0.0, 0.3, saturation=0.72)
    return far, _ground(["#C98B4F", "#E8B470", "#FBDBA0"], warm, seed, 0.6), near


def _snow(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    far = _sky(rig, seed, 0.7)
    top, light = _mountains(x, pick, 0.33)
    stone = _tones(["#52648F", "#8A9ABB", "#F2F6FF"], light * 0.3 + 0.5 + (HORIZON - y))
    far = _over(far, lit(stone.clamp(0, 1), rig) * 0.6 + rgb(rig["haze"])[:, None, None] * 0.4, _edge(y - (HORIZON - top)))
    far = _ridge(far, ["#B9CCEF", "#DCE8FA", "#FBFDFF"], _hills(x, seed, 0.04, 0.03, 1.5), rig, 0.1, seed + 1)
    near = _blank()
    _row(near, pick, ["1f332.webp"], 9, (0.58, 0.61), (0.2, 0.32), rig, 0.2, tint=(0.85, 1.0, 1.25), saturation=0.6)
    _row(near, pick, ["1f332.webp"], 5, (0.62, 0.66), (0.34, 0.5), rig, 0.05, 0.4, tint=(0.85, 1.0, 1.25), saturation=0.6)
    if pick.random() < 0.4:
        _place(near, "26c4.webp", pick.choice((-1, 1)) * pick.uniform(0.45, 0.75), 0.68, 0.2, rig)
    return far, _ground(["#B9CCEF", "#DCE8FA", "#FBFDFF"], rig, seed), near


def _city(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    far = _sky(rig, seed, 0.6)
    night = rig["stars"] > 0
    cell = 0.17
    block = (x / cell).floor()
    top = 0.14 + 0.28 * hash01(block, torch.zeros_like(block), seed)
    tower = lit(_tones(["#6F86A8", "#8B9DB6", "#A9B6C4"], hash01(block, torch.ones_like(block), seed)), rig) * 0.75 + rgb(rig["haze"])[:, None, None] * 0.25
    far = _over(far, tower, _edge(y - (HORIZON - top)))
    near = _blank()
    walls = ["#D98E6A", "#E7C39A", "#9DB4B8", "#C9798A", "#8A9BC9", "#E3B24F"]
    nx, ny = _grid(NEAR_WIDTH)
    left = -1.78
    while left < 1.78:
        w, h = pick.uniform(0.26, 0.42), pick.uniform(0.26, 0.42)
        inside = (nx >= left) & (nx < left + w) & (ny > 0.62 - h) & (ny < 0.62)
        wall = lit(rgb(pick.choice(walls))[:, None, None].expand(3, *nx.shape), rig)
        u, v = (nx - left) / w * pick.choice((3, 4)), (ny - 0.62 + h) / 0.085
        window = ((u % 1 - 0.5).abs() < 0.24) & ((v % 1 - 0.5).abs() < 0.28) & (v < (h - 0.1) / 0.085)
        glow = (hash01(u.floor() + left * 50, v.floor(), seed) < (0.55 if night else 0.0)) & window
        colour = torch.where(window, rgb("#3B4560")[:, None, None] if night else rgb("#7FA0BE")[:, None, None], wall)
        colour = torch.where(glow, rgb("#FFC768")[:, None, None], colour)
        near[:3] = torch.where(inside, colour, near[:3])
        near[3:] = torch.where(inside[None], torch.ones(1), near[3:])
        left += w
    _row(near, pick, ["1f333.webp"], 4, (0.645, 0.65), (0.18, 0.26), rig, 0.0, 0.35)
    ground = _ground(["#5A5E6E", "#686C7C", "#767A8A"], rig, seed)
    gx, gy = _grid(GROUND_WIDTH)
    pavement = lit(rgb("#C9BCAA")[:, None, None].expand(3, *gx.shape), rig)
    ground = _over(ground, pavement, (_edge(0.70 - gy)))
    dash = (((gx / (gy - 0.5)) * 1.2) % 1 < 0.5).float() * _edge(0.015 - (gy - 0.955).abs())
    ground = _over(ground, lit(rgb("#F2E6B8")[:, None, None].expand(3, *gx.shape), rig), dash)
    return far, ground, near


def _room(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    wall = pick.choice((["#6FA096", "#7DAEA0"], ["#B58A9A", "#C79CA8"], ["#8C9BC0", "#9FAED0"], ["#D2B27A", "#DFC28C"]))
    stripe = ((x * 9) % 1 < 0.5).float() * 0.5
    far = lit(ramp(wall, stripe, (0.0, 1.0)), rig)
    wainscot = lit(rgb("#E9D8B6")[:, None, None].expand(3, *x.shape), rig)
    far = _over(far, wainscot, _edge(y - 0.46))
    near = _blank()
    wx = pick.choice((-0.5, 0.5)) + pick.uniform(-0.1, 0.1)
    nx, ny = _grid(NEAR_WIDTH)
    frame = ((nx - wx).abs() < 0.2) & ((ny - 0.24).abs() < 0.17)
    pane = ((nx - wx).abs() < 0.17) & ((ny - 0.24).abs() < 0.14) & ((nx - wx).abs() > 0.012) & ((ny - 0.24).abs() > 0.012)
    view = ramp(["#8FC8F0", "#CFE8F2", "#9CC98A"], ((ny - 0.1) / 0.28).clamp(0, 1), (0.0, 0.6, 1.0))
    colour = torch.where(pane, view, lit(rgb("#F3E9D8")[:, None, None].expand(3, *nx.shape), rig))
    near[:3] = torch.where(frame, colour, near[:3])
    near[3:] = torch.where(frame[None], torch.ones(1), near[3:])
    _place(near, "1f6cb-fe0f.webp", -wx + pick.uniform(-0.1, 0.1), 0.66, 0.3, rig)
    _place(near, "1fab4.webp", wx + pick.uniform(0.2, 0.4) * pick.choice((-1, 1)), 0.65, 0.26, rig)
    if pick.random() < 0.7:
        _place(near, "1f5bc-fe0f.webp", -wx, 0.27, 0.16, rig)
    gx, gy = _grid(GROUND_WIDTH)
    depth = 0.10 / (gy - 0.5).clamp(min=0.02)
    plank = (depth * 12).floor()
    ground = lit(_tones(["#B0703F", "#C58A52", "#D9A164"], hash01(plank, (gx * depth * 2.5 + plank * 0.37).floor(), seed)), rig, 0.9)
    rug = _edge(0.5 - torch.sqrt(gx**2 + ((gy - 0.83) * 3.6) ** 2))
    ground = _over(ground, lit(rgb(pick.choice(("#4A7C92", "#C95F50", "#7A5C9A")))[:, None, None].expand(3, *gx.shape), rig), rug)
    return far, ground, near


def _underwater(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    far = ramp(rig["sky"], (y * 1.1).clamp(0, 1))
    rays = ((value_noise(x * 5 + y * 1.5, torch.zeros_like(x), seed) - 0.55) * 3).clamp(0, 1) * (1 - y) ** 1.5
    far = far + rays * 0.3
    far = _ridge(far, ["#16618C", "#2C86A6", "#7FC4BE"], _hills(x, seed, -0.05, 0.08, 1.6), rig, 0.45, seed + 1)
    near = _blank()
    _row(near, pick, ["1fab8.webp"], 6, (0.74, 0.82), (0.12, 0.22), rig, 0.1, 0.2)
    _row(near, pick, ["1f33f.webp"], 7, (0.74, 0.84), (0.12, 0.26), rig, 0.1, 0.2, tint=(0.6, 1.1, 0.9))
    x, y = _grid(GROUND_WIDTH)
    ground = lit(_tones(["#A09070", "#C8B890", "#EBE4C4"], fbm(x * 5, y * 16, seed, 3)), rig) * 0.9 + rgb(rig["haze"])[:, None, None] * 0.12
    caustic = (1 - (value_noise(x * 7, y * 22, seed + 4) - 0.5).abs() * 6).clamp(0, 1)
    return far, ground + caustic * 0.12, near


def _space(rig, seed, pick):
    x, y = _grid(FAR_WIDTH)
    cloud = fbm(x * 1.5, y * 1.5 + 3, seed, 4)
    far = daub(ramp(["#0B0C30", "#1A1650", "#43297E", "#A0489A"], ((cloud - 0.25) * 1.5).clamp(0, 1)), 10.0, seed + 3, 0.6)
    for cell, share in ((9.0, 0.8), (15.0, 0.75)):
        gx, gy = (x * HEIGHT / cell).floor(), (y * HEIGHT / cell).floor()
        dx = x * HEIGHT / cell - gx - 0.2 - 0.6 * hash01(gx, gy, seed)
        dy = y * HEIGHT / cell - gy - 0.2 - 0.6 * hash01(gx, gy, seed + 1)
        far = far + (hash01(gx, gy, seed + 2) > share).float() * (1 - (dx * dx + dy * dy) * cell * cell * 0.45).clamp(0, 1)
    near = _blank()
    _place(near, "1fa90.webp", pick.choice((-1, 1)) * pick.uniform(0.45, 0.7), pick.uniform(0.45, 0.6), pick.uniform(0.3, 0.42), rig)
    if pick.random() < 0.6:
        _place(near, pick.choice(("1f315.webp", "1f30d.webp")), pick.uniform(-0.8, 0.8), pick.uniform(0.25, 0.95), 0.14, rig)
    return far, torch.zeros(3, HEIGHT, GROUND_WIDTH), near


_PAINTERS = {"meadow": _meadow, "forest": _forest, "beach": _beach, "desert": _desert, "snow": _snow, "city": _city,
             "room": _room, "underwater": _underwater, "space": _space}
