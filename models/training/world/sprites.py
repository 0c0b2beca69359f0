"""Sprites with normals, lit by a rig. Dolls and busts get a body here, once."""
from __future__ import annotations

import math
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


def _doll(head: Tensor, shirt: str, wears: str = "") -> Tensor:
    """A head on a small body with two legs, 4 x 112 x 84; a dress hides the legs, a scarf lies over the neck."""
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

    colour, garment = split_wears(wears)
    trousers, cloth = rgb("#4A4F6E"), CLOTH[colour] if garment in ("shirt", "coat", "dress") else rgb(shirt)
    capsule(-0.075, 0.80, -0.085, 0.94, 0.055, trousers)
    capsule(0.075, 0.80, 0.085, 0.94, 0.055, trousers)
    capsule(-0.15, 0.62, -0.21, 0.76, 0.045, cloth)
    capsule(0.15, 0.62, 0.21, 0.76, 0.045, cloth)
    capsule(0.0, 0.60, 0.0, 0.76, 0.15, cloth)
    if garment == "dress":
        _gown(out, 0.58, 0.95, 0.0, 0.10, 0.27, cloth)
    elif garment == "coat":
        _gown(out, 0.58, 0.86, 0.0, 0.14, 0.20, cloth)
    scaled = F.interpolate(head[None], size=(round(height * 0.58), round(height * 0.58 * head.shape[2] / head.shape[1])), mode="area")[0]
    left = (width - scaled.shape[2]) // 2
    area = out[:, : scaled.shape[1], max(left, 0) : max(left, 0) + min(scaled.shape[2], width)]
    part = scaled[:, :, : area.shape[2]]
    area[:3] = area[:3] * (1 - part[3:]) + part[:3] * part[3:]
    area[3] = torch.maximum(area[3], part[3])
    if garment == "scarf":
        capsule(-0.12, 0.595, 0.12, 0.595, 0.05, CLOTH[colour])
        capsule(0.08, 0.62, 0.10, 0.74, 0.04, CLOTH[colour])
    return out


WORN = ("hat", "crown", "straw hat", "cap", "glasses", "sunglasses", "scarf", "dress", "coat", "shirt")
COLOURED = ("hat", "cap", "scarf", "dress", "coat", "shirt")
HATS = {"hat": ("1f3a9.webp", 1.05, 0.16), "crown": ("1f451.webp", 0.92, 0.2), "straw hat": ("1f452.webp", 1.5, 0.42), "cap": ("1f9e2.webp", 0.98, 0.34)}
CLOTH = {name: rgb(value) for name, value in {
    "": "#C8433F", "red": "#D2362F", "orange": "#EE8A2A", "yellow": "#F2C531", "green": "#3F9E55", "blue": "#3A70C8", "purple": "#8A55BE",
    "pink": "#E983AB", "brown": "#8A5A3A", "white": "#EDEBE6", "black": "#35343C"}.items()}


def split_wears(wears: str) -> tuple[str, str]:
    """'red hat' -> ('red', 'hat'); 'crown' -> ('', 'crown')."""
    first, _, rest = wears.partition(" ")
    return (first, rest) if first in CLOTH and rest in WORN else ("", wears)


def can_wear(subject: Subject) -> tuple[str, ...]:
    """What of WORN fits: hats and glasses where the drawing's anchors are known, clothes on who has a body for them."""
    out = []
    if "hat" in subject.anchors and subject.kind in ("doll", "walker", "hopper"):
        out += list(HATS)
    if len(subject.anchors.get("eyes", ())) > 1 and subject.looks == "F":
        out += ["glasses", "sunglasses"]
    if subject.kind == "doll":
        out += ["scarf", "dress", "coat", "shirt"]
    elif subject.kind in ("walker", "hopper"):
        out += ["dress", "coat"]
    return tuple(out)


def _gown(out: Tensor, top: float, bottom: float, centre: float, narrow: float, wide: float, cloth: Tensor, within: Tensor | None = None) -> None:
    """Draws a flared garment with folds and a scalloped hem over f32[4,h,w]; lengths in heights, centre from the middle of the width."""
    height, width = out.shape[1:]
    y, x = torch.meshgrid(torch.arange(height) / height, (torch.arange(width) - width / 2 + 0.5) / height, indexing="ij")
    x = x - centre
    down = ((y - top) / (bottom - top)).clamp(0, 1)
    half = narrow + (wide - narrow) * down**1.3
    hem = bottom + 0.012 * torch.cos(x / 0.035 * math.pi)
    alpha = (((half - x.abs()) * height + 0.5).clamp(0, 1) * ((y - top) * height + 0.5).clamp(0, 1) * ((hem - y) * height + 0.5).clamp(0, 1))
    if within is not None:
        alpha = alpha * within
    shade = 1.08 - 0.3 * (x / half) ** 2 + 0.07 * down * torch.cos(x / half * 11) + 0.1 * (down > 0.86)
    out[:3] = out[:3] * (1 - alpha) + (cloth[:, None, None] * shade).clamp(0, 1) * alpha
    out[3] = torch.maximum(out[3], alpha)


def _put_on(sprite: Tensor, subject: Subject, wears: str) -> Tensor:
    """A drawing (looking to the right) with a hat, glasses or, on animals and busts, a dress or coat; may grow upwards."""
    colour, garment = split_wears(wears)
    height, width = sprite.shape[1:]
    if garment in HATS:
        file, scale, sink = HATS[garment]
        seat = subject.anchors["hat"]
        across = max(8, round(max(0.42, seat["w"]) * scale * width))
        hat = _trimmed(file, 256)
        hat = F.interpolate(hat[None], size=(max(4, round(across * hat.shape[1] / hat.shape[2])), across), mode="area")[0]
        if colour:
            hat = recolour(hat, colour)
        top = round(seat["v"] * height + sink * hat.shape[1]) - hat.shape[1]
        left = round(seat["u"] * width - across / 2)
        grow = (max(0, -left), max(0, left + across - width), max(0, -top), 0)
        out = F.pad(sprite, grow)
        area = out[:, top + grow[2] : top + grow[2] + hat.shape[1], left + grow[0] : left + grow[0] + across]
        area[:3] = area[:3] * (1 - hat[3:]) + hat[:3] * hat[3:]
        area[3] = torch.maximum(area[3], hat[3])
        return out
    out = sprite.clone()
    if garment in ("glasses", "sunglasses"):
        (u0, v0), (u1, v1) = subject.anchors["eyes"][:2]
        across = max(6, round(2.05 * abs(u1 - u0) * width))
        glasses = _trimmed("1f453.webp" if garment == "glasses" else "1f576-fe0f.webp" if (SPRITES / "1f576-fe0f.webp").exists() else "1f576.webp", 256)
        glasses = F.interpolate(glasses[None], size=(max(3, round(across * glasses.shape[1] / glasses.shape[2])), across), mode="area")[0]
        top, left = round((v0 + v1) / 2 * height - glasses.shape[1] / 2), round((u0 + u1) / 2 * width - across / 2)
        y0, x0, y1, x1 = max(0, top), max(0, left), min(height, top + glasses.shape[1]), min(width, left + across)
        part, area = glasses[:, y0 - top : y1 - top, x0 - left : x1 - left], out[:, y0:y1, x0:x1]
        area[:3] = area[:3] * (1 - part[3:]) + part[:3] * part[3:]
        area[3] = torch.maximum(area[3], part[3])
    elif garment in ("dress", "coat") and subject.kind != "doll":  # animals on their own legs
        aspect = width / height
        if aspect < 1.0 or subject.looks == "F":  # upright
            _gown(out, 0.46, 0.97 if garment == "dress" else 0.85, 0.0, 0.30 * aspect, (0.55 if garment == "dress" else 0.42) * aspect, CLOTH[colour])
        else:  # a blanket over the back
            _gown(out, 0.30, 0.80, 0.0, 0.20 * aspect, 0.26 * aspect, CLOTH[colour], (out[3] > 0.3).float())
    return out


def _bust(head: Tensor) -> Tensor:
    """Head and shoulders on two legs in the colour of the coat's hem, 4 x 112 x 90."""
    height, width = SIZE, 90
    y, x = torch.meshgrid(torch.arange(height) / height, (torch.arange(width) - width / 2 + 0.5) / height, indexing="ij")
    hem = head[:, -max(2, head.shape[1] // 10) :]
    cloth = (hem[:3] * hem[3:]).sum((1, 2)) / hem[3].sum().clamp(min=1)
    out = torch.zeros(4, height, width)
    for side in (-1, 1):
        px, py = x - 0.085 * side, (y - 0.86).clamp(-0.12, 0.08)
        distance = torch.sqrt(px**2 + (y - 0.86 - py) ** 2)
        alpha = ((0.065 - distance) * height + 0.5).clamp(0, 1)
        shade = 0.8 - 0.3 * (distance / 0.065).clamp(0, 1) ** 2
        out[:3] = out[:3] * (1 - alpha) + cloth[:, None, None] * shade * alpha
        out[3] = torch.maximum(out[3], alpha)
    rows, columns = round(height * 0.8), min(width, round(height * 0.8 * head.shape[2] / head.shape[1]))
    scaled = F.interpolate(head[None], size=(rows, columns), mode="area")[0]
    left = (width - columns) // 2
    area = out[:, :rows, left : left + columns]
    area[:3] = area[:3] * (1 - scaled[3:]) + scaled[:3] * scaled[3:]
    area[3] = torch.maximum(area[3], scaled[3])
    return out


HUES = {"red": 0.0, "orange": 0.075, "yellow": 0.14, "green": 0.36, "blue": 0.59, "purple": 0.76, "pink": 0.92, "brown": 0.06}


def _hsv(rgb_: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    r, g, b = rgb_
    value, least = rgb_.amax(0), rgb_.amin(0)
    spread = (value - least).clamp(min=1e-6)
    hue = torch.where(value == r, ((g - b) / spread) % 6, torch.where(value == g, (b - r) / spread + 2, (r - g) / spread + 4)) / 6
    return hue, (value - least) / value.clamp(min=1e-6), value


def _from_hsv(hue: Tensor, saturation: Tensor, value: Tensor) -> Tensor:
    return torch.stack([value - value * saturation * (torch.minimum((n + hue * 6) % 6, 4 - (n + hue * 6) % 6)).clamp(0, 1) for n in (5, 3, 1)])


def recolour(sprite: Tensor, colour: str) -> Tensor:
    """Turns the sprite's leading hue into another colour, keeping its shading; a sprite without any hue is tinted whole."""
    if not colour:
        return sprite
    hue, saturation, value = _hsv(sprite[:3])
    weight = (saturation * sprite[3] * (value > 0.15)).flatten()
    bins = torch.zeros(24).scatter_add(0, (hue.flatten() * 24).long() % 24, weight)
    bins = bins + 0.5 * (bins.roll(1) + bins.roll(-1))
    lead = (int(bins.argmax()) + 0.5) / 24
    away = ((hue - lead + 0.5) % 1 - 0.5).abs()
    mask = ((0.13 - away) / 0.05).clamp(0, 1) * (saturation * 5).clamp(0, 1)
    if float((mask * sprite[3]).sum()) < 0.18 * float(sprite[3].sum()):
        mask = torch.ones_like(hue)
    light = value.clamp(0, 1)
    if colour in ("white", "black"):
        toned = _from_hsv(hue, saturation * 0.08, 0.72 + 0.28 * light if colour == "white" else 0.05 + 0.3 * light)
    else:
        strength = saturation.clamp(min=0.62) * (0.8 if colour in ("pink", "brown") else 1.0)
        bright = light * (0.55 if colour == "brown" else 1.0)
        toned = _from_hsv(torch.full_like(hue, HUES[colour]), strength, bright)
    return torch.cat([sprite[:3] * (1 - mask) + toned * mask, sprite[3:]])


def toned_file(subject: Subject, tone: int) -> str:
    """The drawing in one of five skin tones: their code follows the first code point."""
    if not tone or not subject.tones:
        return subject.file
    first, rest = subject.file[: subject.file.index(".")].partition("-")[::2]
    file = f"{first}-1f3f{'bcdef'[tone - 1] if tone else ''}{'-' + rest if rest else ''}.webp".replace("-fe0f", "", 1)
    return file if (SPRITES / file).exists() else subject.file


@lru_cache(maxsize=3000)
def figure(name: str, colour: str = "", wears: str = "", tone: int = 0) -> tuple[Tensor, Tensor]:
    """`tone` 1..5 from light to dark where the subject has skin, 0 the yellow one. (rgba f32[4,h,w] that looks to the RIGHT, premultiplied borders bled; normals f32[3,h,w])."""
    subject: Subject = SUBJECT_BY_NAME[name]
    sprite = recolour(_trimmed(toned_file(subject, tone), SIZE), colour)
    if subject.looks == "L":
        sprite = sprite.flip(2)
    if wears:
        sprite = _put_on(sprite, subject, wears)
    if subject.kind == "doll":
        sprite = _doll(sprite, subject.shirt, wears)
    elif subject.kind == "bust":
        sprite = _bust(sprite)
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


TEXTURE = 48


@lru_cache(maxsize=3000)
def texture(name: str, colour: str = "", wears: str = "", tone: int = 0) -> Tensor:
    """The figure as the generator is told of it: stretched to a square, unlit, looking to the right, premultiplied; uint8 [4,48,48]."""
    sprite, _ = figure(name, colour, wears, tone)
    whole = torch.cat([sprite[:3] * sprite[3:], sprite[3:]])[None]
    return (F.interpolate(whole, size=(TEXTURE, TEXTURE), mode="bilinear", antialias=True)[0].clamp(0, 1) * 255 + 0.5).to(torch.uint8)
