"""Places that people have built, out of doors and in. As outdoors.py."""
from __future__ import annotations

import random

import torch

from torch import Tensor

from ..paths import HEIGHT
from .brush import FAR_WIDTH, GROUND_WIDTH, HORIZON, NEAR_WIDTH, Layers, blank, edge, grid, ground_rows, hills, mountains, over, ridge, row_of, sky, stand, tones
from .light import lit, ramp, rgb
from .noise import daub, fbm, hash01, value_noise


def city(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.6)
    night = rig["stars"] > 0
    cell = 0.17
    block = (x / cell).floor()
    top = 0.14 + 0.28 * hash01(block, torch.zeros_like(block), seed)
    tower = lit(tones(["#6F86A8", "#8B9DB6", "#A9B6C4"], hash01(block, torch.ones_like(block), seed)), rig) * 0.75 + rgb(rig["haze"])[:, None, None] * 0.25
    far = over(far, tower, edge(y - (HORIZON - top)))
    near = blank()
    walls = ["#D98E6A", "#E7C39A", "#9DB4B8", "#C9798A", "#8A9BC9", "#E3B24F"]
    nx, ny = grid(NEAR_WIDTH)
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
    row_of(near, pick, ["1f333.webp"], 4, (0.645, 0.65), (0.18, 0.26), rig, 0.0, 0.35)
    ground = ground_rows(["#5A5E6E", "#686C7C", "#767A8A"], rig, seed)
    gx, gy = grid(GROUND_WIDTH)
    pavement = lit(rgb("#C9BCAA")[:, None, None].expand(3, *gx.shape), rig)
    ground = over(ground, pavement, (edge(0.70 - gy)))
    dash = (((gx / (gy - 0.5)) * 1.2) % 1 < 0.5).float() * edge(0.015 - (gy - 0.955).abs())
    ground = over(ground, lit(rgb("#F2E6B8")[:, None, None].expand(3, *gx.shape), rig), dash)
    return far, ground, near


def room(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    wall = pick.choice((["#6FA096", "#7DAEA0"], ["#B58A9A", "#C79CA8"], ["#8C9BC0", "#9FAED0"], ["#D2B27A", "#DFC28C"]))
    stripe = ((x * 9) % 1 < 0.5).float() * 0.5
    far = lit(ramp(wall, stripe, (0.0, 1.0)), rig)
    wainscot = lit(rgb("#E9D8B6")[:, None, None].expand(3, *x.shape), rig)
    far = over(far, wainscot, edge(y - 0.46))
    near = blank()
    wx = pick.choice((-0.5, 0.5)) + pick.uniform(-0.1, 0.1)
    nx, ny = grid(NEAR_WIDTH)
    frame = ((nx - wx).abs() < 0.2) & ((ny - 0.24).abs() < 0.17)
    pane = ((nx - wx).abs() < 0.17) & ((ny - 0.24).abs() < 0.14) & ((nx - wx).abs() > 0.012) & ((ny - 0.24).abs() > 0.012)
    view = ramp(["#8FC8F0", "#CFE8F2", "#9CC98A"], ((ny - 0.1) / 0.28).clamp(0, 1), (0.0, 0.6, 1.0))
    colour = torch.where(pane, view, lit(rgb("#F3E9D8")[:, None, None].expand(3, *nx.shape), rig))
    near[:3] = torch.where(frame, colour, near[:3])
    near[3:] = torch.where(frame[None], torch.ones(1), near[3:])
    stand(near, "1f6cb-fe0f.webp", -wx + pick.uniform(-0.1, 0.1), 0.66, 0.3, rig)
    stand(near, "1fab4.webp", wx + pick.uniform(0.2, 0.4) * pick.choice((-1, 1)), 0.65, 0.26, rig)
    if pick.random() < 0.7:
        stand(near, "1f5bc-fe0f.webp", -wx, 0.27, 0.16, rig)
    gx, gy = grid(GROUND_WIDTH)
    depth = 0.10 / (gy - 0.5).clamp(min=0.02)
    plank = (depth * 12).floor()
    ground = lit(tones(["#B0703F", "#C58A52", "#D9A164"], hash01(plank, (gx * depth * 2.5 + plank * 0.37).floor(), seed)), rig, 0.9)
    rug = edge(0.5 - torch.sqrt(gx**2 + ((gy - 0.83) * 3.6) ** 2))
    ground = over(ground, lit(rgb(pick.choice(("#4A7C92", "#C95F50", "#7A5C9A")))[:, None, None].expand(3, *gx.shape), rig), rug)
    return far, ground, near


def _slab(near: Tensor, alpha: Tensor, code: str, rig: dict) -> None:
    """A flat painted shape on `near`."""
    colour = lit(rgb(code)[:, None, None].expand(3, *alpha.shape), rig).clamp(0, 1)
    near[:3] = near[:3] * (1 - alpha) + colour * alpha
    near[3:] = near[3:] * (1 - alpha) + alpha


def _box(x: Tensor, y: Tensor, left: float, top: float, right: float, bottom: float) -> Tensor:
    return edge(torch.minimum(torch.minimum(x - left, right - x), torch.minimum(y - top, bottom - y)))


def _planks(rig: dict, seed: int, codes: list[str]) -> Tensor:
    x, y = grid(GROUND_WIDTH)
    depth = 0.10 / (y - 0.5).clamp(min=0.02)
    plank = (depth * 12).floor()
    return lit(tones(codes, hash01(plank, (x * depth * 2.5 + plank * 0.37).floor(), seed)), rig, 0.9)


def stage(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    cloth = pick.choice((["#5A0F1E", "#A8202E", "#E0484A"], ["#2A1450", "#5A2C94", "#9458C8"], ["#0F2A5A", "#2050A0", "#4A86D0"]))
    fold = 0.5 + 0.5 * torch.sin(x * 34 + 2 * torch.sin(x * 7 + seed))
    far = lit(tones(cloth, fold * 0.8 + 0.1 * (1 - y)), rig)
    for centre, lean in ((-0.5, 0.35), (0.5, -0.35), (0.0, 0.0)):
        beam = (1 - ((x - centre - lean * y) / (0.05 + 0.22 * y)).abs()).clamp(0, 1)
        far = far + rgb(pick.choice(("#FFE9A8", "#A8D8FF", "#FFB8E0")))[:, None, None] * beam * 0.32
    near = blank()
    nx, ny = grid(NEAR_WIDTH)
    _slab(near, edge(0.10 + 0.012 * torch.sin(nx * 40) - 0.03 * torch.cos(nx * 3.4) - ny), "#8A1A26" if cloth[0] == "#5A0F1E" else "#3A1E6E", rig)
    for side in (-1, 1):
        _slab(near, edge((side * nx) - 0.78 - 0.03 * torch.sin(ny * 9)), "#8A1A26" if cloth[0] == "#5A0F1E" else "#3A1E6E", rig)
    if pick.random() < 0.5:
        stand(near, "1faa9.webp", pick.uniform(-0.3, 0.3), 0.26, 0.16, rig)
    gx, gy = grid(GROUND_WIDTH)
    ground = _planks(rig, seed, ["#8A5630", "#A86C3C", "#C48A50"])
    pool = torch.exp(-((gx / 0.6) ** 2 + ((gy - 0.84) / 0.13) ** 2))
    return far, ground * (0.7 + 0.55 * pool), near


def harbour(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.8)
    far = ridge(far, ["#49708A", "#7CA08E", "#C9C49A"], hills(x, seed, 0.05, 0.05, 1.4), rig, 0.4, seed + 1)
    water = tones(["#12507E", "#2A88A8", "#5AB4C0"], ((y - 0.5) / 0.2 + 0.4 * (value_noise(x * 6, y * 70, seed) - 0.5)).clamp(0, 1))
    far = over(far, lit(water, rig) * 0.85 + rgb(rig["haze"])[:, None, None] * 0.1, edge(y - 0.51))
    near = blank()
    row_of(near, pick, ["1f6a2.webp", "26f5.webp", "1f6e5-fe0f.webp", "26f4-fe0f.webp"], 5, (0.585, 0.62), (0.16, 0.3), rig, 0.1)
    nx, ny = grid(NEAR_WIDTH)
    for post in range(9):
        at = (post - 4) * 0.38 + pick.uniform(-0.03, 0.03)
        _slab(near, _box(nx, ny, at - 0.02, 0.61, at + 0.02, 0.71), "#6A4E3A", rig)
        _slab(near, _box(nx, ny, at - 0.024, 0.60, at + 0.024, 0.622), "#E8E0D0", rig)
    gx, gy = grid(GROUND_WIDTH)
    sea = lit(tones(["#12507E", "#2A88A8", "#5AB4C0"], value_noise(gx * 6, gy * 70, seed)), rig) * 0.9
    return far, over(sea, _planks(rig, seed, ["#7A6450", "#967C62", "#B09878"]), edge(gy - 0.69)), near


def playground(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.9)
    far = ridge(far, ["#3F7A58", "#6FAE62", "#C5DC7E"], hills(x, seed, 0.09, 0.03, 3.0), rig, 0.15, seed + 1)
    near = blank()
    row_of(near, pick, ["1f333.webp"], 5, (0.585, 0.60), (0.2, 0.28), rig, 0.1, 0.3)
    side = pick.choice((-1, 1))
    stand(near, "1f6dd.webp", side * pick.uniform(0.5, 0.68), 0.67, 0.34, rig)
    stand(near, pick.choice(("1f3a0.webp", "1f3a1.webp")), -side * pick.uniform(0.5, 0.68), 0.62, 0.36, rig)
    gx, gy = grid(GROUND_WIDTH)
    ground = ground_rows(["#D9A86C", "#EFCB8C", "#FBE6B6"], rig, seed)
    tiles = ((gx * 0.10 / (gy - 0.5).clamp(min=0.02) * 9).floor() + (0.10 / (gy - 0.5).clamp(min=0.02) * 9).floor()) % 2
    mat = edge(0.7 - torch.sqrt(gx**2 + ((gy - 0.86) * 3.4) ** 2))
    colour = tones(["#D0504A", "#4A90C8", "#4A90C8"], tiles)
    return far, over(over(ground, ground_rows(["#4A9038", "#82C04C", "#CBE46E"], rig, seed), edge(0.68 - gy)), lit(colour, rig), mat), near


def kitchen(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    light, dark = pick.choice((("#EAF0EA", "#C8DED6"), ("#F4EAD6", "#E0CBA4"), ("#E6ECF4", "#BFD0E4")))
    chequer = ((x * 11).floor() + (y * 11).floor()) % 2
    far = lit(tones([light, dark, dark], chequer), rig)
    grout = torch.maximum(((x * 11) % 1 < 0.08).float(), ((y * 11) % 1 < 0.08).float())
    far = over(far, lit(rgb("#F8F6F0")[:, None, None].expand(3, *x.shape), rig), grout * 0.8)
    near = blank()
    nx, ny = grid(NEAR_WIDTH)
    wood = pick.choice(("#C98B52", "#6E94A8", "#A8B878", "#C97A6A"))
    for index in range(8):
        left = -1.76 + index * 0.44
        _slab(near, _box(nx, ny, left, 0.44, left + 0.43, 0.645), wood, rig)
        _slab(near, _box(nx, ny, left + 0.19, 0.50, left + 0.24, 0.515), "#F2E8D8", rig)
        if index % 3 != 1:
            _slab(near, _box(nx, ny, left, 0.04, left + 0.43, 0.19), wood, rig)
            _slab(near, _box(nx, ny, left + 0.205, 0.05, left + 0.215, 0.18), "#8A6A4A", rig)
    _slab(near, _box(nx, ny, -1.78, 0.42, 1.78, 0.445), "#E8E0D4", rig)
    row_of(near, pick, ["1fad6.webp", "1f372.webp", "1f34e.webp", "1fab4.webp", "1f3fa.webp"], 7, (0.425, 0.428), (0.09, 0.14), rig, 0.0, 0.12)
    gx, gy = grid(GROUND_WIDTH)
    depth = 0.10 / (gy - 0.5).clamp(min=0.02)
    tile = ((gx * depth * 7).floor() + (depth * 9).floor()) % 2
    return far, lit(tones(["#F0E8DA", "#8AA0A8", "#8AA0A8"], tile), rig, 0.9), near


def classroom(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    wall = pick.choice(("#E8D9A8", "#C8DCC0", "#D8CCE0"))
    far = lit(rgb(wall)[:, None, None].expand(3, *x.shape), rig)
    far = over(far, lit(rgb("#B98A5A")[:, None, None].expand(3, *x.shape), rig), edge(y - 0.49))
    far = far * (0.97 + 0.06 * value_noise(x * 9, y * 9, seed))
    near = blank()
    nx, ny = grid(NEAR_WIDTH)
    centre = pick.uniform(-0.15, 0.15)
    _slab(near, _box(nx, ny, centre - 0.47, 0.07, centre + 0.47, 0.42), "#A8763F", rig)
    _slab(near, _box(nx, ny, centre - 0.45, 0.09, centre + 0.45, 0.40), "#2F5A4A", rig)
    for line in range(pick.choice((2, 3))):
        at = 0.16 + line * 0.08
        chalk = edge(0.006 - (ny - at - 0.012 * torch.sin(nx * 60 + line)).abs()) * edge(0.3 - (nx - centre + 0.06 * line).abs())
        _slab(near, chalk, "#EDF2EA", rig)
    stand(near, "1f5fa-fe0f.webp", centre + 0.72, 0.36, 0.26, rig)
    stand(near, "1f4da.webp", centre - 0.62, 0.63, 0.14, rig)
    for at in (-1.1, 0.62, 1.25):
        _slab(near, _box(nx, ny, at - 0.17, 0.56, at + 0.17, 0.585), "#C89058", rig)
        for leg in (-0.14, 0.13):
            _slab(near, _box(nx, ny, at + leg, 0.585, at + leg + 0.015, 0.69), "#7A7A84", rig)
    return far, _planks(rig, seed, ["#A87A48", "#BE9058", "#D2A86C"]), near
