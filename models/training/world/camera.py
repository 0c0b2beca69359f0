"""What the camera does: closed forms of time, the same as models/planners/storybook/staging/motion.ts has."""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from .scene import Scene


@dataclass
class View:
    """What the camera does, at each moment: f32[T]."""
    pan: Tensor  # frame heights
    tilt: Tensor  # frame heights, positive looks down
    zoom: Tensor
    roll: Tensor  # radians


def view_of(scene: Scene, t: Tensor) -> View:
    """`t` in seconds from the clip's start."""
    # A camera that travels is met anywhere on its way: a long clip is made in windows, and most of them are not its first.
    reach = 0.8 if scene.camera.startswith("pan") else 0.3
    start = (((scene.seed >> 4) % 1000) / 1000 - 0.5) * reach
    move, zero = scene.camera, torch.zeros_like(t)
    pan = start + {"pan left": -0.16, "pan right": 0.16}.get(move, 0.0) * (t - 0.5)
    tilt, zoom, roll = zero, zero + 1, zero
    if move == "push in":
        zoom = 1 + 0.25 * ((scene.seed >> 14) % 1000) / 1000 + 0.12 * t
    elif move == "pull out":
        zoom = 1 + (0.24 - 0.12 * t).clamp(min=0)
    elif move in ("tilt up", "tilt down"):
        zoom = zero + 1.15
        tilt = (-1 if move == "tilt up" else 1) * (0.12 * t - 0.06).clamp(-0.06, 0.06)
    elif move == "shake":
        zoom = zero + 1.06
        pan = pan + 0.012 * torch.sin(23 * t) + 0.008 * torch.sin(37 * t)
        tilt = 0.012 * torch.sin(29 * t + 1)
    elif move == "roll":
        zoom = zero + 1.16
        roll = 0.07 * torch.sin(2 * math.pi * t / 2.4)
    return View(pan, tilt, zoom, roll)
