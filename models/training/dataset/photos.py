"""Samples on photographs under a moving camera: what an edit of real footage keeps, and what it changes.

A look is a filter of the picture (world/styles.py), night is film's own 'day for night', rain falls in front: so each has an exact pair on
any photograph. Nobody says what a photograph shows; the words say only what is to be done.
"""
from __future__ import annotations

import random
from functools import lru_cache
from types import SimpleNamespace

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ..autoencoder.data import HELD_OUT, crops, photo_files
from ..paths import HEIGHT, WIDTH
from ..world.light import RIGS, rgb
from ..world.sprites import TEXTURE
from ..world.styles import apply_style
from ..world.vocab import CAMERAS, STYLES, TIMES, WEATHERS
from ..world.weather import fall_in_front, veil

PHOTO_KINDS_OF_IMAGES = {"photo_restyle": 0.04, "photo_relight": 0.02, "photo_weather": 0.01, "photo_patch": 0.03}
PHOTO_KINDS_OF_CLIPS = {"photo_restyle": 0.05, "photo_relight": 0.02, "photo_weather": 0.01, "photo_patch": 0.03, "photo_extend": 0.04}
KEPT_SLOTS = 2  # figures that a sample keeps


@lru_cache
def photos(count: int = 700, least: int = 170, most: int = 300) -> list[Tensor]:
    """uint8 [3,H,W], each of a height between the two; without those that are held out from the autoencoder."""
    out = []
    for index, file in enumerate(photo_files()[HELD_OUT : HELD_OUT + count]):
        image = Image.open(file).convert("RGB")
        height = least + (most - least) * (index % 11) // 10
        width = max(round(WIDTH * 1.1), round(image.width * height / image.height))
        out.append(torch.from_numpy(np.asarray(image.resize((width, height), Image.Resampling.LANCZOS)).copy()).permute(2, 0, 1).contiguous())
    return out


def moving_photo(pick: random.Random, frames: int) -> Tensor:
    """f32 [F,3,144,256] in 0..1: a third stands still, the others pan or zoom slowly."""
    photo = pick.choice(photos())
    if pick.random() < 0.5:
        photo = photo.flip(2)
    _, height, width = photo.shape
    time = torch.linspace(-0.5, 0.5, frames) if frames > 1 else torch.zeros(1)
    moving = float(pick.random() > 0.35)
    widest = min(height / HEIGHT, width / WIDTH)
    scale = torch.exp(time * pick.uniform(-0.15, 0.15) * moving) * pick.uniform(0.72, 0.97) * widest
    room_x, room_y = (max(0.0, (side - span * float(scale.max())) / 2) for side, span in ((width, WIDTH), (height, HEIGHT)))
    drift = pick.gauss(0, 1.2) * frames * moving
    cx = (width / 2 + pick.uniform(-room_x, room_x) + time * drift).clamp(width / 2 - room_x, width / 2 + room_x)
    cy = (height / 2 + pick.uniform(-room_y, room_y) + time * drift * 0.3).clamp(height / 2 - room_y, height / 2 + room_y)
    return crops(photo.float()[None] / 255, cx, cy, scale, (HEIGHT, WIDTH)).clamp(0, 1)


def by_other_light(image: Tensor, time: str) -> Tensor:
    """Day for night, and its kin for the evening: f32 [F,3,h,w] in 0..1."""
    grey = image.mean(1, keepdim=True)
    if time == "night":
        return (0.45 * grey + 0.55 * image) ** 1.25 * torch.tensor([0.34, 0.44, 0.74])[:, None, None]
    sky = torch.linspace(1, 0, image.shape[2])[:, None]
    return (0.15 * grey + 0.85 * image) * torch.tensor([1.06, 0.76, 0.58])[:, None, None] + sky * torch.tensor([0.10, 0.04, 0.02])[:, None, None]


def in_weather(image: Tensor, weather: str, pick: random.Random) -> Tensor:
    y, x = torch.meshgrid((torch.arange(HEIGHT) + 0.5) / HEIGHT, ((torch.arange(WIDTH) + 0.5) / WIDTH - 0.5) * WIDTH / HEIGHT, indexing="ij")
    x, y = (value[None].expand(len(image), -1, -1) for value in (x, y))
    scene, world = SimpleNamespace(weather=weather, seed=pick.randrange(1 << 20)), SimpleNamespace(rig=RIGS["day"], horizon=0.5)
    time = torch.arange(len(image)) / 16
    return fall_in_front(veil(image, scene, world, y), scene, world, x, y, time)


def to_bytes(image: Tensor) -> Tensor:
    return (image.clamp(0, 1) * 255 + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def photo_sample(pick: random.Random, kind: str, frames: int) -> dict:
    image, mask = moving_photo(pick, frames), None
    target = image
    if kind == "photo_restyle":
        style = pick.choice([name for name in STYLES if name != "storybook"])
        target, words = apply_style(image, style), [f"{style}:", *STYLES[style][:2]]
    elif kind == "photo_relight":
        time = pick.choice(("night", "sunset"))
        target, words = by_other_light(image, time), [f"an empty place {phrase}" for phrase in TIMES[time]]
    elif kind == "photo_weather":
        weather = pick.choice([name for name in WEATHERS if name])
        target, words = in_weather(image, weather, pick), [pick.choice(WEATHERS[weather]) for _ in range(3)]
    elif kind == "photo_patch":
        words, mask = ["an empty place", "an empty place", ""], _spot(pick, frames)
    else:
        keep = torch.zeros(frames, dtype=torch.bool)
        keep[: pick.choice((1, 1, 5, 9))] = True
        if pick.random() < 0.3:
            keep[-1] = True
        mask = torch.where(keep[:, None, None], 0, 255).to(torch.uint8).expand(frames, HEIGHT, WIDTH)
        words = ["", "an empty place", pick.choice(CAMERAS["still"])]
    known = to_bytes(image)
    if kind == "photo_extend":
        known[mask[:, 0, 0] > 127] = 128
    return {"kind": kind, "known": known, "mask": mask, "target": to_bytes(target), "captions": words,
            "layout": torch.zeros((frames + 3) // 4, KEPT_SLOTS, 2, 10), "textures": torch.zeros(KEPT_SLOTS, 4, TEXTURE, TEXTURE, dtype=torch.uint8),
            "camera": torch.zeros((frames + 3) // 4, 2, 5)}


def _spot(pick: random.Random, frames: int) -> Tensor:
    """uint8 [F,144,256]: a blob that stands or drifts."""
    y, x = torch.meshgrid(torch.arange(HEIGHT).float(), torch.arange(WIDTH).float(), indexing="ij")
    rx, ry = pick.uniform(12, 48), pick.uniform(12, 40)
    time = torch.arange(frames)[:, None, None] / 16
    cx, cy = pick.uniform(rx, WIDTH - rx) + time * pick.choice((0, 0, pick.gauss(0, 25))), pick.uniform(ry, HEIGHT - ry) + 0 * time
    return ((((x - cx) / rx).abs() ** 2.5 + ((y - cy) / ry).abs() ** 2.5) < 1).to(torch.uint8) * 255
