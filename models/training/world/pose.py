"""How figures move: closed forms of time, the same as models/planners/storybook/staging/motion.ts has (motion_fixture.py holds them together)."""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from .scene import Actor
from .vocab import DIRECTED, SUBJECT_BY_NAME

MIDDLE = 0.53  # seconds: from here a directed figure's way is counted
TWO_PI = 2 * math.pi


@dataclass
class Pose:
    x: Tensor  # frame heights from the middle, before the camera
    foot: Tensor  # 0..1: where it touches, or would touch, the ground
    lift: Tensor  # frame heights above that
    rotation: Tensor
    stretch_x: Tensor
    stretch_y: Tensor
    gait: Tensor  # leg swing, -1..1
    wave: Tensor  # body wave phase, cycles


def pose_of(actor: Actor, t: Tensor, grounded: bool, height: float) -> Pose:
    """Closed forms of t, from WORLD.md section 4: the gait's phase comes from distance, a hop advances only in the air."""
    zero, one = torch.zeros_like(t), torch.ones_like(t)
    foot = zero + (0.76 + 0.2 * actor.depth if grounded else 0.5 + 0.24 * actor.depth + height * 0.3)
    pose = Pose(zero + actor.x, foot, zero.clone(), zero.clone(), one.clone(), one.clone(), zero.clone(), zero.clone())
    if actor.motion in DIRECTED:
        _travel(pose, actor, t, grounded, height)
    elif actor.motion in ("jump", "bounce", "dance"):
        _leap(pose, actor, t)
    else:
        _stay(pose, actor, t, grounded)
    return pose


def _travel(pose: Pose, actor: Actor, t: Tensor, grounded: bool, height: float) -> None:
    motion, zero = actor.motion, torch.zeros_like(t)
    speed = {"walk": 0.26, "run": 0.5, "drive": 0.5, "fly": 0.42, "swim": 0.3, "roll": 0.4, "slide": 0.45}[motion]
    moved = speed * (t - MIDDLE)
    pose.x = actor.x + actor.way * moved
    cycle = TWO_PI * (actor.phase + moved / ({"walk": 0.17, "run": 0.24}.get(motion, 0.3)))
    if motion in ("walk", "run"):
        run = motion == "run"
        pose.gait = torch.sin(cycle) * (1.0 if run else 0.7)
        pose.lift = (0.03 if run else 0.012) * torch.sin(cycle).abs()
        pose.rotation = actor.way * (0.06 if run else 0.025) * torch.sin(cycle + 0.5)
        pose.stretch_y = 1 - 0.02 * torch.cos(2 * cycle)
    elif motion == "roll":
        pose.rotation = actor.way * moved / (height * 0.5)
    elif motion == "drive":
        pose.lift = 0.004 * torch.sin(cycle * 3).abs()
        pose.rotation = 0.008 * torch.sin(cycle * 2)
    elif motion == "slide":
        pose.rotation = zero - actor.way * (0.07 + 0.03 * torch.sin(cycle * 0.3))
    elif motion == "fly":
        pose.lift = 0.16 + 0.03 * torch.sin(cycle * 0.5) if grounded else 0.03 * torch.sin(cycle * 0.5)
        pose.rotation = zero + 0.10 * torch.cos(cycle * 0.5)
    else:
        pose.wave = cycle / TWO_PI
        pose.lift = 0.025 * torch.sin(cycle * 0.5)
        pose.gait = 0.6 * torch.sin(cycle)


def _leap(pose: Pose, actor: Actor, t: Tensor) -> None:
    motion, zero = actor.motion, torch.zeros_like(t)
    if motion == "jump":
        phase = (actor.phase + t / 0.8) % 1.0
        crouch = torch.where(phase < 0.22, torch.sin(phase / 0.22 * math.pi), zero)
        air = ((phase - 0.22) / 0.58).clamp(0, 1)
        flying = (phase > 0.22) & (phase < 0.8)
        land = torch.where(phase >= 0.8, torch.sin((phase - 0.8) / 0.2 * math.pi), zero)
        pose.lift = torch.where(flying, 4 * air * (1 - air) * 0.17, zero)
        pose.stretch_y = 1 - 0.14 * crouch - 0.16 * land + torch.where(flying, 0.08 * (1 - (2 * air - 1).abs()), zero)
        pose.stretch_x = 2 - pose.stretch_y
    elif motion == "bounce":
        fall = 2 * ((actor.phase + t / 0.7) % 1.0) - 1
        pose.lift = 0.22 * (1 - fall * fall)
        touch = (1 - 6 * pose.lift).clamp(min=0)
        pose.stretch_y, pose.stretch_x = 1 - 0.18 * touch, 1 + 0.14 * touch
    elif motion == "dance":
        beat = TWO_PI * (actor.phase + t / 0.75)
        pose.rotation = 0.16 * torch.sin(beat)
        pose.x = actor.x + 0.04 * torch.sin(beat)
        pose.stretch_y = 1 - 0.06 * torch.cos(2 * beat)
        pose.stretch_x = 1 + 0.05 * torch.cos(2 * beat)
        pose.lift = 0.012 * torch.sin(beat).abs()


def _stay(pose: Pose, actor: Actor, t: Tensor, grounded: bool) -> None:
    motion, zero = actor.motion, torch.zeros_like(t)
    if motion == "spin":
        pose.stretch_x = torch.cos(TWO_PI * (actor.phase + t / 1.6))
        pose.lift = zero + (0.0 if grounded and SUBJECT_BY_NAME[actor.subject].kind not in ("flyer", "swimmer") else 0.1 * grounded)
    elif motion == "float":
        bob = TWO_PI * (actor.phase + t / 1.5)
        pose.lift = (0.16 if grounded else 0.0) + 0.04 * torch.sin(bob)
        pose.rotation = 0.08 * torch.sin(bob + 0.8)
    elif motion in ("fall", "rise"):
        phase = (actor.phase + t / 2.0) % 1.0
        there = (1 - phase * phase) if motion == "fall" else phase * (2 - phase)
        pose.lift = (0.34 if grounded else 0.3) * there - (0.0 if grounded else 0.15)
        pose.rotation = 0.10 * torch.sin(TWO_PI * 2 * phase)
        if motion == "fall" and grounded:
            touch = (1 - 8 * pose.lift).clamp(min=0)
            pose.stretch_y, pose.stretch_x = 1 - 0.16 * touch, 1 + 0.12 * touch
    elif motion == "swing":
        angle = 0.5 * torch.sin(TWO_PI * (actor.phase + t / 1.8))
        pose.rotation = angle
        pose.x = actor.x - 0.34 * torch.sin(angle)
        pose.lift = 0.06 + 0.34 * (1 - torch.cos(angle))
    elif motion == "shake":
        beat = TWO_PI * (actor.phase + t / 0.19)
        pose.x = actor.x + 0.012 * torch.sin(beat)
        pose.rotation = 0.035 * torch.sin(beat + 0.7)
    else:  # stand: it breathes
        breath = TWO_PI * (actor.phase + t / 2.0)
        pose.stretch_y = 1 + 0.015 * torch.sin(breath)
