"""Painted backgrounds. Each is three textures the camera reads with its own parallax:

    far    f32[3,144,384]   sky and distance, moves .15 of the camera
    ground f32[3,144,640]   rows below the horizon move the more the nearer they are; rows above it are unused
    near   f32[4,144,512]   trees, houses, cacti: premultiplied, moves .5 of the camera

Everything is drawn once per (background, time, variant) and shared by many clips. How each is painted: outdoors.py, built.py.

    python -m models.training.world.backgrounds_sheet sheet.png      # all of them, to look at
"""
from __future__ import annotations

import random
from dataclasses import dataclass

from torch import Tensor

from . import built, outdoors
from .brush import HORIZON
from .light import RIGS
from .noise import daub

# Backgrounds with a light of their own, whatever the time of day.
OWN_LIGHT = {"space": "space", "moon": "space", "underwater": "underwater", "room": "room", "kitchen": "room", "classroom": "room", "stage": "stage", "cave": "cave"}
WITHOUT_GROUND = ("space", "clouds")


@dataclass
class Painting:
    far: Tensor
    ground: Tensor
    near: Tensor
    rig: dict
    has_ground: bool
    horizon: float  # where the ground begins, of the frame's height


def paint(name: str, time: str, variant: int) -> Painting:
    """A background. `time` is ignored by those that have a light of their own."""
    rig = RIGS[OWN_LIGHT.get(name, time)]
    seed = variant * 1009 + sum(map(ord, name)) * 31
    pick = random.Random(seed)
    painter = getattr(outdoors, name, None) or getattr(built, name)
    far, ground, near = painter(rig, seed, pick)
    ground = daub(ground, 8.0, seed + 4, 0.7)
    horizon = HORIZON + (0.2 if name == "underwater" else 0.0)
    return Painting(far.clamp(0, 1), ground.clamp(0, 1), near.clamp(0, 1), rig, name not in WITHOUT_GROUND, horizon)
