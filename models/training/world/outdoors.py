"""Landscapes, water and sky. Each takes a light rig, a seed and its random choices, and gives far, ground and near."""
from __future__ import annotations

import random

import torch

from torch import Tensor

from ..paths import HEIGHT
from .brush import FAR_WIDTH, GROUND_WIDTH, HORIZON, NEAR_WIDTH, Layers, blank, edge, grid, ground_rows, hills, mountains, over, ridge, row_of, sky, stand, tones
from .light import lit, ramp, rgb
from .noise import daub, fbm, hash01, value_noise


def meadow(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.9)
    top, light = mountains(x, pick, 0.26)
    stone = tones(["#5A74A0", "#86A0BE", "#C6CDD0"], light * 0.5 + 0.3)
    far = over(far, lit(stone, rig) * 0.5 + rgb(rig["haze"])[:, None, None] * 0.5, edge(y - (HORIZON - top)))
    far = ridge(far, ["#3F7A58", "#6FAE62", "#C5DC7E"], hills(x, seed, 0.07, 0.05, 1.2), rig, 0.25, seed + 1)
    near = blank()
    row_of(near, pick, ["1f333.webp"], 7, (0.585, 0.61), (0.16, 0.28), rig, 0.1)
    row_of(near, pick, ["1f337.webp", "1f33c.webp", "1f33b.webp"], 12, (0.66, 0.72), (0.05, 0.08), rig, 0.0, 0.25)
    return far, ground_rows(["#3F8038", "#78B848", "#C6DE66"], rig, seed), near


def forest(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, _ = grid(FAR_WIDTH)
    green = dict(rig, sky=["#7FB9A0", "#A9D4A8", "#D4ECB8", "#F2F6CE"]) if rig["stars"] == 0 and rig["rimI"] < 0.5 else rig
    far = sky(green, seed, 0.0)
    far = ridge(far, ["#3E7A4E", "#6AA862", "#BBDD86"], hills(x, seed, 0.33, 0.07, 6.0), rig, 0.3, seed + 1)
    far = ridge(far, ["#2A5A3A", "#4C8F46", "#A8CE5E"], hills(x, seed + 9, 0.16, 0.09, 7.0), rig, 0.12, seed + 2)
    near = blank()
    row_of(near, pick, ["1f332.webp", "1f333.webp"], 11, (0.58, 0.60), (0.34, 0.46), rig, 0.15)
    row_of(near, pick, ["1f332.webp", "1f333.webp"], 6, (0.62, 0.66), (0.5, 0.66), rig, 0.0, 0.35)
    row_of(near, pick, ["1f344.webp", "1f33f.webp"], 9, (0.67, 0.72), (0.06, 0.09), rig, 0.0, 0.3)
    return far, ground_rows(["#3E6F38", "#6EA046", "#B9D066"], rig, seed), near


def beach(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.8)
    water = tones(["#0F5F93", "#2A9DB5", "#3CC0BE"], ((y - 0.47) / 0.12 + 0.3 * (value_noise(x * 4, y * 60, seed) - 0.5)).clamp(0, 1))
    glint = ((value_noise(x * 9, y * 90, seed + 2) - 0.75) * 6).clamp(0, 1)
    water = lit(water, rig) * 0.8 + rgb(rig["haze"])[:, None, None] * (0.12 + 0.3 * glint)
    far = over(far, water, edge(y - 0.47))
    near = blank()
    side = pick.choice((-1, 1))
    stand(near, "1f334.webp", side * pick.uniform(0.55, 0.8), 0.66, pick.uniform(0.5, 0.62), rig)
    if pick.random() < 0.6:
        stand(near, "1f3d6-fe0f.webp" if pick.random() < 0.0 else "26f1-fe0f.webp", -side * pick.uniform(0.5, 0.8), 0.66, 0.24, rig)
    if pick.random() < 0.5:
        stand(near, "26f5.webp", -side * pick.uniform(0.1, 0.8), 0.535, 0.12, rig, 0.2)
    return far, ground_rows(["#D9A86C", "#EFCB8C", "#FBE6B6"], rig, seed), near


def desert(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    warm = dict(rig, sky=["#3E86C8", "#7DBBE0", "#C9E0DC", "#FBE9C4"], haze="#F3DDBE") if rig["rimI"] < 0.5 else rig
    far = sky(warm, seed, 0.25)
    mesa = torch.full_like(x, -1.0)
    for _ in range(3):
        centre, h, w = pick.uniform(-1.2, 1.2), pick.uniform(0.1, 0.2), pick.uniform(0.12, 0.3)
        mesa = torch.maximum(mesa, torch.minimum(torch.full_like(x, h), (w - (x - centre).abs()) * 3))
    far = ridge(far, ["#8E4A3E", "#B96E50", "#E09A62"], mesa, warm, 0.25, seed)
    far = ridge(far, ["#B4683F", "#E0A25F", "#FBD793"], hills(x, seed, 0.06, 0.06, 1.6), warm, 0.1, seed + 2)
    near = blank()
    row_of(near, pick, ["1f335.webp"], 5, (0.6, 0.66), (0.16, 0.34), warm, 0.0, 0.3, saturation=0.72)
    return far, ground_rows(["#C98B4F", "#E8B470", "#FBDBA0"], warm, seed, 0.6), near


def snow(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.7)
    top, light = mountains(x, pick, 0.33)
    stone = tones(["#52648F", "#8A9ABB", "#F2F6FF"], light * 0.3 + 0.5 + (HORIZON - y))
    far = over(far, lit(stone.clamp(0, 1), rig) * 0.6 + rgb(rig["haze"])[:, None, None] * 0.4, edge(y - (HORIZON - top)))
    far = ridge(far, ["#B9CCEF", "#DCE8FA", "#FBFDFF"], hills(x, seed, 0.04, 0.03, 1.5), rig, 0.1, seed + 1)
    near = blank()
    row_of(near, pick, ["1f332.webp"], 9, (0.58, 0.61), (0.2, 0.32), rig, 0.2, tint=(0.85, 1.0, 1.25), saturation=0.6)
    row_of(near, pick, ["1f332.webp"], 5, (0.62, 0.66), (0.34, 0.5), rig, 0.05, 0.4, tint=(0.85, 1.0, 1.25), saturation=0.6)
    if pick.random() < 0.4:
        stand(near, "26c4.webp", pick.choice((-1, 1)) * pick.uniform(0.45, 0.75), 0.68, 0.2, rig)
    return far, ground_rows(["#B9CCEF", "#DCE8FA", "#FBFDFF"], rig, seed), near


def underwater(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = ramp(rig["sky"], (y * 1.1).clamp(0, 1))
    rays = ((value_noise(x * 5 + y * 1.5, torch.zeros_like(x), seed) - 0.55) * 3).clamp(0, 1) * (1 - y) ** 1.5
    far = far + rays * 0.3
    far = ridge(far, ["#16618C", "#2C86A6", "#7FC4BE"], hills(x, seed, -0.05, 0.08, 1.6), rig, 0.45, seed + 1)
    near = blank()
    row_of(near, pick, ["1fab8.webp"], 6, (0.74, 0.82), (0.12, 0.22), rig, 0.1, 0.2)
    row_of(near, pick, ["1f33f.webp"], 7, (0.74, 0.84), (0.12, 0.26), rig, 0.1, 0.2, tint=(0.6, 1.1, 0.9))
    x, y = grid(GROUND_WIDTH)
    ground = lit(tones(["#A09070", "#C8B890", "#EBE4C4"], fbm(x * 5, y * 16, seed, 3)), rig) * 0.9 + rgb(rig["haze"])[:, None, None] * 0.12
    caustic = (1 - (value_noise(x * 7, y * 22, seed + 4) - 0.5).abs() * 6).clamp(0, 1)
    return far, ground + caustic * 0.12, near


def space(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    cloud = fbm(x * 1.5, y * 1.5 + 3, seed, 4)
    far = daub(ramp(["#0B0C30", "#1A1650", "#43297E", "#A0489A"], ((cloud - 0.25) * 1.5).clamp(0, 1)), 10.0, seed + 3, 0.6)
    for cell, share in ((9.0, 0.8), (15.0, 0.75)):
        gx, gy = (x * HEIGHT / cell).floor(), (y * HEIGHT / cell).floor()
        dx = x * HEIGHT / cell - gx - 0.2 - 0.6 * hash01(gx, gy, seed)
        dy = y * HEIGHT / cell - gy - 0.2 - 0.6 * hash01(gx, gy, seed + 1)
        far = far + (hash01(gx, gy, seed + 2) > share).float() * (1 - (dx * dx + dy * dy) * cell * cell * 0.45).clamp(0, 1)
    near = blank()
    stand(near, "1fa90.webp", pick.choice((-1, 1)) * pick.uniform(0.45, 0.7), pick.uniform(0.45, 0.6), pick.uniform(0.3, 0.42), rig)
    if pick.random() < 0.6:
        stand(near, pick.choice(("1f315.webp", "1f30d.webp")), pick.uniform(-0.8, 0.8), pick.uniform(0.25, 0.95), 0.14, rig)
    return far, torch.zeros(3, HEIGHT, GROUND_WIDTH), near


def _water(x: Tensor, y: Tensor, rig: dict, seed: int, top: float, deep: str, shallow: str) -> Tensor:
    """Calm water from `top` down to the frame's bottom, in strokes that widen towards the eye; [3,144,w]."""
    near = ((y - top) / (1 - top)).clamp(0, 1)
    wave = value_noise(x * (9 - 5 * near), (1 - near) ** 2 * 60, seed)
    colour = lit(tones([deep, shallow, shallow], (0.15 + 0.7 * near + 0.4 * (wave - 0.5)).clamp(0, 1)), rig)
    glint = ((value_noise(x * (12 - 7 * near) + 9, (1 - near) ** 2 * 80, seed + 2) - 0.72) * 6).clamp(0, 1)
    haze = rgb(rig["haze"])[:, None, None]
    return colour * (0.85 - 0.25 * (1 - near) ** 3) + haze * (0.08 + 0.25 * (1 - near) ** 3 + 0.3 * glint)


def lake(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.7)
    top, light = mountains(x, pick, 0.36)
    stone = tones(["#3F4A72", "#6D7BA0", "#E4E4EC"], light * 0.35 + 0.2 + 1.1 * (HORIZON - 0.14 - y).clamp(0, 1))
    far = over(far, lit(stone.clamp(0, 1), rig) * 0.65 + rgb(rig["haze"])[:, None, None] * 0.35, edge(y - (HORIZON - 0.06 - top)))
    far = over(far, _water(x, y, rig, seed, 0.50, "#17406B", "#2F7E96"), edge(y - 0.50))
    near = blank()
    row_of(near, pick, ["1f332.webp"], 16, (0.505, 0.515), (0.07, 0.13), rig, 0.2)
    row_of(near, pick, ["1f33e.webp"], 8, (0.70, 0.74), (0.10, 0.16), rig, 0.0, 0.35, tint=(0.7, 1.1, 0.6))
    row_of(near, pick, ["1fab7.webp"], 5, (0.60, 0.62), (0.035, 0.05), rig, 0.0)
    gx, gy = grid(GROUND_WIDTH)
    bank = 0.68 + 0.02 * torch.sin(gx * 5 + seed)
    ground = over(_water(gx, gy, rig, seed, 0.50, "#17406B", "#2F7E96"), ground_rows(["#3F8038", "#6FA648", "#A8C45E"], rig, seed), edge(gy - bank))
    return far, ground, near


def sea(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.9)
    island = torch.minimum(torch.full_like(x, 0.07), (pick.uniform(0.15, 0.4) - (x - pick.uniform(-1, 1)).abs()) * 0.4)
    far = ridge(far, ["#49708A", "#7CA08E", "#C9C49A"], island, rig, 0.4, seed + 1)
    far = over(far, _water(x, y, rig, seed, 0.5, "#0E4F86", "#2A9DB5"), edge(y - 0.53))
    near = blank()
    if pick.random() < 0.6:
        stand(near, "26f5.webp", pick.choice((-1, 1)) * pick.uniform(0.4, 0.9), 0.57, 0.1, rig, 0.2)
    gx, gy = grid(GROUND_WIDTH)
    return far, _water(gx, gy, rig, seed, 0.5, "#0E4F86", "#2A9DB5"), near


def river(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.8)
    far = ridge(far, ["#3F7A58", "#6FAE62", "#C5DC7E"], hills(x, seed, 0.12, 0.07, 1.4), rig, 0.3, seed + 1)
    near = blank()
    row_of(near, pick, ["1f333.webp", "1f332.webp"], 9, (0.58, 0.60), (0.16, 0.28), rig, 0.1)
    row_of(near, pick, ["1faa8.webp"], 6, (0.64, 0.72), (0.04, 0.07), rig, 0.0, 0.15)
    gx, gy = grid(GROUND_WIDTH)
    ground = ground_rows(["#3F8038", "#78B848", "#C6DE66"], rig, seed)
    lower, upper = 0.70 + 0.012 * torch.sin(gx * 4 + seed), 0.605 + 0.008 * torch.sin(gx * 6)
    between = edge(torch.minimum(lower - gy, gy - upper))
    sand = edge(torch.minimum(lower + 0.02 - gy, gy - upper + 0.012))
    ground = over(ground, lit(tones(["#C8A970", "#DDC38C", "#EBD9A8"], value_noise(gx * 9, gy * 40, seed)), rig), sand)
    return far, over(ground, _water(gx, gy, rig, seed, 0.56, "#1F6F9E", "#4FB3C8"), between), near


def mountain(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.7)
    for height, haze, drop in ((0.5, 0.5, 0.0), (0.34, 0.25, 0.05)):
        top, light = mountains(x, pick, height)
        snowy = (0.30 - y + 0.05 * (value_noise(x * 14, y * 14, seed) - 0.5) > 0).float()
        stone = tones(["#4A4E72", "#7C7F9C", "#B0AAB4"], light * 0.5 + 0.3) * (1 - snowy) + tones(["#B9CCEF", "#DCE8FA", "#FBFDFF"], light * 0.7 + 0.2) * snowy
        far = over(far, lit(stone, rig) * (1 - haze) + rgb(rig["haze"])[:, None, None] * haze, edge(y - (HORIZON + drop - top)))
    near = blank()
    row_of(near, pick, ["1faa8.webp"], 8, (0.60, 0.70), (0.06, 0.16), rig, 0.05, 0.3)
    row_of(near, pick, ["1f332.webp"], 5, (0.585, 0.60), (0.10, 0.16), rig, 0.2, 0.3)
    return far, ground_rows(["#6E6A66", "#938C80", "#BDB39C"], rig, seed, 1.6), near


def jungle(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, _ = grid(FAR_WIDTH)
    damp = dict(rig, sky=["#2F8F6E", "#58B184", "#9AD69A", "#D9F0A6"]) if rig["stars"] == 0 and rig["rimI"] < 0.5 else rig
    far = sky(damp, seed, 0.0)
    far = ridge(far, ["#1F6B4A", "#3E9A58", "#8FCB6A"], hills(x, seed, 0.36, 0.1, 7.0), rig, 0.2, seed + 1)
    far = ridge(far, ["#124A36", "#267A42", "#6FB84E"], hills(x, seed + 9, 0.2, 0.1, 9.0), rig, 0.05, seed + 2)
    near = blank()
    row_of(near, pick, ["1f334.webp", "1f333.webp"], 9, (0.58, 0.61), (0.36, 0.52), rig, 0.1, tint=(0.8, 1.05, 0.85))
    row_of(near, pick, ["1f33f.webp", "1fab4.webp"], 12, (0.66, 0.74), (0.10, 0.2), rig, 0.0, 0.35, tint=(0.75, 1.05, 0.8))
    row_of(near, pick, ["1f33a.webp"], 6, (0.66, 0.73), (0.05, 0.07), rig, 0.0, 0.3)
    return far, ground_rows(["#2E5A30", "#4E7E38", "#8AA84A"], rig, seed), near


def farm(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, _ = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.9)
    far = ridge(far, ["#5E8A3E", "#9CBE58", "#E4DE86"], hills(x, seed, 0.07, 0.04, 1.3), rig, 0.25, seed + 1)
    near = blank()
    nx, ny = grid(NEAR_WIDTH)
    side = pick.choice((-1, 1))
    centre = side * pick.uniform(0.45, 0.65)
    wall = edge(torch.minimum(0.17 - (nx - centre).abs(), torch.minimum(ny - 0.40, 0.62 - ny)))
    roof = edge(torch.minimum(0.22 - (nx - centre).abs() - 0.9 * (0.40 - ny), 0.405 - ny))
    door = edge(torch.minimum(0.06 - (nx - centre).abs(), torch.minimum(ny - 0.49, 0.62 - ny)))
    for alpha, code in ((wall, "#B4473C"), (roof, "#6E4A44"), (door, "#F0E4CC")):
        near[:3] = near[:3] * (1 - alpha) + lit(rgb(code)[:, None, None].expand(3, *nx.shape), rig).clamp(0, 1) * alpha
        near[3:] = near[3:] * (1 - alpha) + alpha
    row_of(near, pick, ["1f33d.webp", "1f33b.webp"], 10, (0.60, 0.62), (0.08, 0.12), rig, 0.05, 0.1)
    post = edge(torch.minimum(0.008 - (((nx * 5) % 1 - 0.5) / 5).abs(), torch.minimum(ny - 0.61, 0.70 - ny)))
    rail = edge(torch.minimum(0.007 - (ny - 0.64).abs(), torch.ones_like(ny))) + edge(0.007 - (ny - 0.675).abs())
    fence = torch.maximum(post, rail.clamp(0, 1))
    near[:3] = near[:3] * (1 - fence) + lit(rgb("#EFE6D6")[:, None, None].expand(3, *nx.shape), rig).clamp(0, 1) * fence
    near[3:] = near[3:] * (1 - fence) + fence
    gx, gy = grid(GROUND_WIDTH)
    depth = 0.10 / (gy - 0.5).clamp(min=0.02)
    furrow = 0.5 + 0.5 * torch.sin(gx * depth * 40)
    ground = lit(tones(["#8A5A36", "#A8743F", "#C79A58"], furrow * 0.7 + 0.3 * value_noise(gx * 9, gy * 30, seed)), rig, 0.9)
    return far, over(ground, ground_rows(["#5E8A3E", "#86AE4C", "#C6CE6A"], rig, seed), edge(0.715 - gy)), near


def garden(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, _ = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.8)
    far = ridge(far, ["#2F6E42", "#57A052", "#A4CF6C"], torch.full_like(x, 0.13) + 0.012 * (value_noise(x * 20, x * 0, seed) - 0.5), rig, 0.1, seed + 1)
    near = blank()
    stand(near, pick.choice(("1f3e1.webp", "26f2.webp")), pick.choice((-1, 1)) * pick.uniform(0.45, 0.7), 0.62, pick.uniform(0.26, 0.34), rig)
    row_of(near, pick, ["1f333.webp"], 3, (0.60, 0.61), (0.26, 0.36), rig, 0.05, 0.4)
    row_of(near, pick, ["1f339.webp", "1f337.webp", "1f33b.webp", "1fabb.webp", "1f33c.webp"], 18, (0.64, 0.72), (0.07, 0.11), rig, 0.0, 0.12)
    gx, gy = grid(GROUND_WIDTH)
    ground = ground_rows(["#4A9038", "#82C04C", "#CBE46E"], rig, seed)
    path = edge(0.10 + (gy - 0.6) * 1.0 - (gx - 0.1).abs()) * edge(gy - 0.62)
    return far, over(ground, lit(tones(["#CBA878", "#DDBE8E", "#EBD4A8"], value_noise(gx * 12, gy * 30, seed)), rig), path), near


def volcano(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = sky(rig, seed, 0.3)
    ash = ((fbm(x * 2.2 + 3, y * 3, seed, 3) - 0.42) * 5).clamp(0, 1) * (1 - (y / 0.4)).clamp(0, 1)
    far = over(far, rgb("#5A4A52")[:, None, None] * (0.6 + 0.4 * rgb(rig["key"])[:, None, None]), ash * 0.8)
    centre = pick.uniform(-0.25, 0.25)
    slope = (0.40 - (x - centre).abs() * 0.55 - 0.02 * value_noise(x * 20, x * 0, seed)).clamp(max=0.33)
    plume = torch.exp(-(((x - centre) * 5) ** 2 + ((y - 0.17) * 5) ** 2))
    far = far + rgb("#FF7A3A")[:, None, None] * plume * 0.7
    far = ridge(far, ["#3A2A30", "#5A4046", "#8A5E54"], slope, rig, 0.12, seed + 1)
    flow = edge(0.012 + 0.03 * (y - 0.22).clamp(0, 1) - (x - centre - 0.10 * torch.sin(y * 14 + seed) * (y - 0.2).clamp(0, 1)).abs()) * edge(y - (HORIZON - slope)) * edge(HORIZON - y)
    far = over(far, tones(["#E0341E", "#FF7A2A", "#FFD25A"], value_noise(x * 20, y * 30, seed)), flow)
    near = blank()
    row_of(near, pick, ["1faa8.webp"], 9, (0.59, 0.70), (0.06, 0.15), rig, 0.0, 0.25, tint=(0.62, 0.5, 0.5))
    gx, gy = grid(GROUND_WIDTH)
    ground = ground_rows(["#3E3034", "#5C4848", "#7E6660"], rig, seed, 1.4)
    depth = 0.10 / (gy - HORIZON + 0.05).clamp(min=0.02)
    crack = (1 - (value_noise(gx * depth * 9, depth * 20, seed + 3) - 0.5).abs() * 16).clamp(0, 1)
    return far, over(ground, tones(["#E0341E", "#FF7A2A", "#FFD25A"], crack), crack * 0.85), near


def clouds(rig: dict, seed: int, pick: random.Random) -> Layers:
    """High up in the sky: nothing to stand on."""
    x, y = grid(FAR_WIDTH)
    wide = dict(rig, sun=rig["sun"] and (rig["sun"][0], 0.14))
    far = sky(wide, seed, 0.4)
    white = rgb(rig["haze"])[:, None, None] * (0.75 + 0.35 * rgb(rig["key"])[:, None, None])
    for level, size in ((0.52, 5.0), (0.68, 3.4), (0.84, 2.4)):
        crest = level + 0.09 * (fbm(x * size + 7 * level, torch.zeros_like(x), seed + int(level * 90), 3) - 0.5) * 2
        billow = 0.7 + 0.3 * fbm(x * size * 2, y * 9, seed + 5, 2) - 0.9 * (y - crest).clamp(0, 0.2)
        far = over(far, (white * billow * (0.86 + 0.16 * level)).clamp(0, 1), edge(y - crest))
    near = blank()
    row_of(near, pick, ["2601-fe0f.webp"], 4, (0.3, 0.9), (0.10, 0.2), rig, 0.25, 0.35, saturation=0.4)
    return far, torch.zeros(3, HEIGHT, GROUND_WIDTH), near


def moon(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    far = ramp(["#05061A", "#0A0B2A", "#141540", "#22204E"], (y / HORIZON).clamp(0, 1))
    for cell, share in ((9.0, 0.8), (15.0, 0.75)):
        gx, gy = (x * HEIGHT / cell).floor(), (y * HEIGHT / cell).floor()
        dx = x * HEIGHT / cell - gx - 0.2 - 0.6 * hash01(gx, gy, seed)
        dy = y * HEIGHT / cell - gy - 0.2 - 0.6 * hash01(gx, gy, seed + 1)
        far = far + (hash01(gx, gy, seed + 2) > share).float() * (1 - (dx * dx + dy * dy) * cell * cell * 0.45).clamp(0, 1)
    pale = dict(rig, key="#FFFFFF", amb="#C8C8D8", haze="#8A8AA0")
    far = ridge(far, ["#6A6A78", "#9A9AA6", "#CACAD2"], hills(x, seed, 0.05, 0.05, 1.5), pale, 0.05, seed + 1)
    near = blank()
    stand(near, "1f30d.webp", pick.choice((-1, 1)) * pick.uniform(0.3, 0.65), pick.uniform(0.28, 0.36), 0.22, rig)
    row_of(near, pick, ["1faa8.webp"], 6, (0.59, 0.68), (0.04, 0.09), pale, 0.0, 0.3, saturation=0.1)
    gx, gy = grid(GROUND_WIDTH)
    ground = lit(tones(["#74747F", "#A2A2AC", "#D2D2DA"], fbm(gx * 6, gy * 22, seed, 3)), pale, 0.9)
    for _ in range(9):
        cx, cy, r = pick.uniform(-2, 2), pick.uniform(0.62, 0.98), pick.uniform(0.06, 0.16)
        d = torch.sqrt(((gx - cx) / r) ** 2 + ((gy - cy) / (r * 0.32)) ** 2)
        ground = over(ground, ground * 0.62, edge((1 - d) * r * 0.4))
        ground = over(ground, (ground * 1.25).clamp(0, 1), edge((0.14 - (d - 1).abs()) * r * 0.3) * (gy > cy).float())
    return far, ground, near


def cave(rig: dict, seed: int, pick: random.Random) -> Layers:
    x, y = grid(FAR_WIDTH)
    rock = lit(tones(["#3A2E3E", "#5C4A58", "#8A7078"], fbm(x * 4, y * 6, seed, 3)), rig)
    mx = pick.uniform(-0.3, 0.3)
    glow = torch.exp(-(((x - mx) * 3.2) ** 2 + ((y - 0.36) * 4) ** 2))
    far = rock * (0.45 + 0.5 * glow)
    mouth = edge(0.17 - torch.sqrt(((x - mx) * 0.8) ** 2 + (y - 0.38) ** 2) + 0.02 * (value_noise(x * 18, y * 18, seed) - 0.5))
    far = over(far, ramp(["#BFE6F2", "#E6F4EA", "#FFF3D2"], ((y - 0.2) / 0.36).clamp(0, 1), (0.0, 0.5, 1.0)), mouth)
    far = daub(far, 9.0, seed + 3, 0.6)
    near = blank()
    nx, ny = grid(NEAR_WIDTH)
    teeth = 0.05 + 0.16 * (1 - ((nx * 4 + 0.3 * torch.sin(nx * 9 + seed)) % 1 - 0.5).abs() * 2) ** 2 * (0.4 + value_noise(nx * 2, nx * 0, seed))
    alpha = edge(teeth - ny)
    near[:3] = lit(tones(["#2E2432", "#4C3C4A", "#6E5A64"], value_noise(nx * 9, ny * 12, seed)), rig).clamp(0, 1) * alpha
    near[3:] = alpha
    row_of(near, pick, ["1faa8.webp"], 7, (0.60, 0.70), (0.07, 0.16), rig, 0.0, 0.3, tint=(0.7, 0.6, 0.75))
    row_of(near, pick, ["1f48e.webp", "1f344.webp"], 6, (0.64, 0.71), (0.06, 0.10), rig, 0.0, 0.3)
    return far, ground_rows(["#40323E", "#5E4C54", "#8A7270"], rig, seed, 1.3), near
