"""Sprites with normals, lit by a rig. Dolls get a capsule body under their head here, once."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from ..paths import SPRITES
from .light import rgb
from .vocab import SUBJECT_BY_NAME, Subject

SIZE = 112  # px of a sprite's longer side: a big hero is 95 px high


def _trimmed(file: str, size: int) -> Tensor:
    """f32[4,h,w] in 0..1, straight alpha, cut to its alpha box, longer side `size`."""
    image = Image.open(SPRITES / file).convert("RGBA")
    image = image.crop(image.getchannel("A").point(lambda a: 255 * (a > 20)).getbbox())
    scale = size / max(image.size)
    image = image.resize((max(4, round(image.width * scale)), max(4, round(image.height * scale))), Image.Resampling.LANCZOS)
    return torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1).float() / 255


@lru_cache(maxsize=None)
def prop(file: str, size: int) -> Tensor:
    return _trimmed(file, size)


def _doll(head: Tensor, shirt: str) -> Tensor:
    """A head on a small body with two legs, 4 x 112 x 84."""
    height, width = SIZE, 84
    y, x = torch.meshgrid(torch.arange(height) / height, (torch.arange(width) - width / 2 + 0.5) / height, indexing="ij")
    out = torch.zeros(4, height, width)

    def capsule(x0: float, y0: float, x1: float, y1: float, radius: float, colour: Tensor) -> None:
        px, py, dx, dy = x - x0, y - y0, x1 - x0, y1 - y0
        along = ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0, 1)
        distance = torch.sqrt((px - along * dx) ** 2 + (py - along * dy) ** 2)
        alpha = ((radius - distance) * height + 0.5).clamp(0, 1)
        shade = 1.05 - 0.35 * (distance / radius).clamp(0, 1) ** 2
        out[:3] = out[:3] * (1 - alpha) + colour[:, None, None] * shade * alpha
        out[3] = out[3] + alpha * (1 - out[3])

    trousers, cloth = rgb("#4A4F6E"), rgb(shirt)
    capsule(-0.075, 0.80, -0.085, 0.94, 0.055, trousers)
    capsule(0.075, 0.80, 0.085, 0.94, 0.055, trousers)
    capsule(-0.15, 0.62, -0.21, 0.76, 0.045, cloth)
    capsule(0.15, 0.62, 0.21, 0.76, 0.045, cloth)
    capsule(0.0, 0.60, 0.0, 0.76, 0.15, cloth)
    scaled = F.interpolate(head[None], size=(round(height * 0.58), round(height * 0.58 * head.shape[2] / head.shape[1])), mode="area")[0]
    left = (width - scaled.shape[2]) // 2
    area = out[:, : scaled.shape[1], max(left, 0) : max(left, 0) + min(scaled.shape[2], width)]
    part = scaled[:, :, : area.shape[2]]
    area[:3] = area[:3] * (1 - part[3:]) + part[:3] * part[3:]
    area[3] = torch.maximum(area[3], part[3])
    return out


def recolour(sprite: Tensor, colour: str) -> Tensor:
    """Turns the reds of a sprite into another colour, keeping its shading."""
    if colour == "red" or not colour:
        return sprite
    r, g, b, a = sprite
    red = (r - torch.maximum(g, b)).clamp(min=0)[None]
    base = torch.minimum(g, b)[None]
    target = {"blue": (0.12, 0.45, 1.0), "green": (0.15, 0.75, 0.25), "yellow": (1.0, 0.82, 0.1)}[colour]
    new = base + red * 1.1 * torch.tensor(target)[:, None, None]
    mask = (red * 3).clamp(0, 1)
    return torch.cat([(sprite[:3] * (1 - mask) + new * mask).clamp(0, 1), a[None]])


@lru_cache(maxsize=None)
def figure(name: str, colour: str = "") -> tuple[Tensor, Tensor]:
    """(rgba f32[4,h,w] that looks to the RIGHT, premultiplied borders bled; normals f32[3,h,w])."""
    subject: Subject = SUBJECT_BY_NAME[name]
    sprite = _trimmed(subject.file, SIZE)
    if subject.kind == "doll":
        sprite = _doll(sprite, subject.shirt)
    if subject.looks == "L":
        sprite = sprite.flip(2)
    if subject.colours:
        sprite = recolour(sprite, colour)
    sprite = F.pad(sprite, (6, 6, 6, 1))  # no room below: the feet stand on the ground
    alpha = sprite[3:]
    height = torch.zeros_like(alpha)
    for share in (0.02, 0.06, 0.13):
        radius = max(1, round(share * SIZE))
        kernel = 2 * radius + 1
        height = height + F.avg_pool2d(F.avg_pool2d(alpha[None], kernel, 1, radius), kernel, 1, radius)[0] / 3
    gx = F.pad(height[:, :, 2:] - height[:, :, :-2], (1, 1)) * 10
    gy = F.pad(height[:, 2:] - height[:, :-2], (0, 0, 1, 1)) * 10
    normal = torch.cat([-gx, gy, torch.ones_like(gx)])
    return sprite, normal / normal.norm(dim=0, keepdim=True)


def light_figure(sprite: Tensor, normal: Tensor, rig: dict) -> Tensor:
    """A figure under a rig (WORLD.md section 3), f32[4,h,w] with colour premultiplied by alpha."""
    colour, alpha = sprite[:3], sprite[3:]
    direction = torch.tensor(rig["L"])
    direction = direction / direction.norm()
    facing = (normal * direction[:, None, None]).sum(0, keepdim=True)
    diffuse = (0.5 + 0.5 * facing).clamp(min=0) ** 1.25
    side = (1 - normal[2:]).clamp(0, 1)

    def tint(name: str) -> Tensor:
        return rgb(rig[name])[:, None, None]

    up = (0.5 + 0.5 * normal[1:2]).clamp(0, 1)
    ambient = (tint("bounce") * (1 - up) + tint("amb") * up) * rig["ambI"]
    light = ambient + 1.05 * tint("key") * rig["keyI"] * diffuse
    out = colour * rig["hero"] * (1 - 0.2 * side**1.1) * light
    out = out + 1.25 * tint("rim") * rig["rimI"] * side**1.5 * facing.clamp(min=0) * (0.45 + 0.55 * colour)
    return torch.cat([out.clamp(0, 1) * alpha, alpha])
