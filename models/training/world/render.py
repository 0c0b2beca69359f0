"""Scene -> frames and exact masks. All frames of a clip at once; no loop over pixels, no torch.rand; CPU and GPU alike.

    python -m models.training.world.render sheet.png      # a contact sheet to look at
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
import torch.nn.functional as F
from torch import Tensor

from ..paths import FPS, HEIGHT, WIDTH
from .backgrounds import Painting, paint
from .brush import HORIZON
from .light import rgb
from .scene import Actor, Scene
from .sprites import figure, light_figure
from .styles import apply_style
from .vocab import DIRECTED, SUBJECT_BY_NAME
from .weather import fall_in_front, veil

ASPECT = WIDTH / HEIGHT
LEGGED = ("walker", "doll", "bust", "hopper")
SIZE_CLASS = {"small": 0.27, "normal": 0.44, "big": 0.62}


@dataclass
class Rendered:
    frames: Tensor  # uint8 [F,144,256,3]
    masks: list[Tensor]  # one per actor, f32 [F,144,256] in 0..1: its coverage, not hidden by nearer ones
    boxes: list[Tensor]  # one per actor, f32 [F,4]: x0 y0 x1 y1 in px


@lru_cache(maxsize=450)
def painting(background: str, time: str, variant: int) -> Painting:
    return paint(background, time, variant)


@lru_cache(maxsize=400)
def lit_figure(subject: str, colour: str, background: str, time: str, variant: int, mirrored: bool) -> Tensor:
    sprite, normal = figure(subject, colour)
    if mirrored:
        sprite, normal = sprite.flip(2), normal.flip(2) * torch.tensor([-1.0, 1, 1])[:, None, None]
    return light_figure(sprite, normal, painting(background, time, variant).rig)


@dataclass
class View:
    """What the camera does, at each moment: f32[T]."""
    pan: Tensor  # frame heights
    tilt: Tensor  # frame heights, positive looks down
    zoom: Tensor
    roll: Tensor  # radians


def _camera(scene: Scene, t: Tensor) -> View:
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


def _read(texture: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Texture [C,h,w] at x (frame heights from its middle), y (0..1) -> [F,C,144,256]."""
    grid = torch.stack([x * HEIGHT * 2 / texture.shape[2], y * 2 - 1], dim=-1)
    return F.grid_sample(texture[None].expand(x.shape[0], -1, -1, -1), grid, mode="bilinear", padding_mode="border", align_corners=False)


def _screen(view: View) -> tuple[Tensor, Tensor]:
    """Where each pixel looks before zoom, tilt and roll: x in frame heights from the middle, y in 0..1; [F,144,256]."""
    def f(value: Tensor) -> Tensor:
        return value[:, None, None]

    down = ((torch.arange(HEIGHT) + 0.5) / HEIGHT - 0.5)[None, :, None]
    across = ((torch.arange(WIDTH) + 0.5) / HEIGHT - ASPECT / 2)[None, None, :]
    cos, sin = f(torch.cos(view.roll)), f(torch.sin(view.roll))
    column = (across * cos - down * sin) / f(view.zoom)
    row = (across * sin + down * cos - 0.1) / f(view.zoom) + 0.6 + f(view.tilt)
    return column, row


@dataclass
class _Pose:
    x: Tensor  # frame heights from the middle, before the camera
    foot: Tensor  # 0..1: where it touches, or would touch, the ground
    lift: Tensor  # frame heights above that
    rotation: Tensor
    stretch_x: Tensor
    stretch_y: Tensor
    gait: Tensor  # leg swing, -1..1
    wave: Tensor  # body wave phase, cycles


def _pose(actor: Actor, t: Tensor, grounded: bool, height: float) -> _Pose:
    """Closed forms of t, from WORLD.md section 4: the gait's phase comes from distance, a hop advances only in the air."""
    zero, one = torch.zeros_like(t), torch.ones_like(t)
    middle = 0.53
    two_pi = 2 * math.pi
    foot = zero + (0.76 + 0.2 * actor.depth if grounded else 0.5 + 0.24 * actor.depth + height * 0.3)
    pose = _Pose(zero + actor.x, foot, zero.clone(), zero.clone(), one.clone(), one.clone(), zero.clone(), zero.clone())
    motion = actor.motion
    if motion in DIRECTED:
        speed = {"walk": 0.26, "run": 0.5, "drive": 0.5, "fly": 0.42, "swim": 0.3, "roll": 0.4, "slide": 0.45}[motion]
        moved = speed * (t - middle)
        pose.x = actor.x + actor.way * moved
        cycle = two_pi * (actor.phase + moved / ({"walk": 0.17, "run": 0.24}.get(motion, 0.3)))
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
            pose.wave = cycle / two_pi
            pose.lift = 0.025 * torch.sin(cycle * 0.5)
            pose.gait = 0.6 * torch.sin(cycle)
    elif motion == "jump":
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
        beat = two_pi * (actor.phase + t / 0.75)
        pose.rotation = 0.16 * torch.sin(beat)
        pose.x = actor.x + 0.04 * torch.sin(beat)
        pose.stretch_y = 1 - 0.06 * torch.cos(2 * beat)
        pose.stretch_x = 1 + 0.05 * torch.cos(2 * beat)
        pose.lift = 0.012 * torch.sin(beat).abs()
    elif motion == "spin":
        pose.stretch_x = torch.cos(two_pi * (actor.phase + t / 1.6))
        pose.lift = zero + (0.0 if grounded and SUBJECT_BY_NAME[actor.subject].kind not in ("flyer", "swimmer") else 0.1 * grounded)
    elif motion == "float":
        bob = two_pi * (actor.phase + t / 1.5)
        pose.lift = (0.16 if grounded else 0.0) + 0.04 * torch.sin(bob)
        pose.rotation = 0.08 * torch.sin(bob + 0.8)
    elif motion in ("fall", "rise"):
        phase = (actor.phase + t / 2.0) % 1.0
        there = (1 - phase * phase) if motion == "fall" else phase * (2 - phase)
        pose.lift = (0.34 if grounded else 0.3) * there - (0.0 if grounded else 0.15)
        pose.rotation = 0.10 * torch.sin(two_pi * 2 * phase)
        if motion == "fall" and grounded:
            touch = (1 - 8 * pose.lift).clamp(min=0)
            pose.stretch_y, pose.stretch_x = 1 - 0.16 * touch, 1 + 0.12 * touch
    elif motion == "swing":
        angle = 0.5 * torch.sin(two_pi * (actor.phase + t / 1.8))
        pose.rotation = angle
        pose.x = actor.x - 0.34 * torch.sin(angle)
        pose.lift = 0.06 + 0.34 * (1 - torch.cos(angle))
    elif motion == "shake":
        beat = two_pi * (actor.phase + t / 0.19)
        pose.x = actor.x + 0.012 * torch.sin(beat)
        pose.rotation = 0.035 * torch.sin(beat + 0.7)
    else:  # stand: it breathes
        breath = two_pi * (actor.phase + t / 2.0)
        pose.stretch_y = 1 + 0.015 * torch.sin(breath)
    return pose


def _draw(actor: Actor, scene: Scene, pose: _Pose, height: float, screen_x: Tensor, screen_y: Tensor, pan: Tensor) -> Tensor:
    """The figure on all frames, premultiplied [F,4,144,256]."""
    texture = lit_figure(actor.subject, actor.colour, scene.background, scene.time, scene.variant, actor.way < 0)
    subject = SUBJECT_BY_NAME[actor.subject]
    px = height * HEIGHT
    if px < texture.shape[1] * 0.66:  # a coarser mip, so that small figures do not shimmer
        size = (round(texture.shape[1] * 0.6), round(texture.shape[2] * 0.6))
        texture = F.interpolate(texture[None], size=size, mode="area")[0]
    aspect = texture.shape[2] / texture.shape[1]

    def f(value: Tensor) -> Tensor:
        return value[:, None, None]

    dx = screen_x - f(pose.x - pan)
    dy = screen_y - f(pose.foot - pose.lift)
    # Turned about a third of its height, then squashed about the feet.
    cos, sin = torch.cos(pose.rotation), torch.sin(pose.rotation)
    hub = height * (0.5 if actor.motion == "roll" else 0.35)
    rx = dx * f(cos) + (dy + hub) * f(sin)
    ry = -dx * f(sin) + (dy + hub) * f(cos) - hub
    sx = torch.where(pose.stretch_x.abs() < 0.06, torch.full_like(pose.stretch_x, 0.06), pose.stretch_x)
    u = rx / (height * aspect) / f(sx)  # -.5..0.5
    v = 1 + ry / height / f(pose.stretch_y)  # 0..1
    if subject.kind in LEGGED:
        leg = ((v - 0.6) / 0.4).clamp(0, 1) ** 2
        u = u - 0.09 * leg * f(pose.gait) * torch.tanh(u * 9)
    if subject.kind == "swimmer" or actor.motion == "swim":
        v = v + 0.045 * torch.sin(2 * math.pi * (f(pose.wave) - u * actor.way * 1.1)) * (0.4 - u * actor.way).clamp(0, 1)
    grid = torch.stack([u * 2, v * 2 - 1], dim=-1)
    return F.grid_sample(texture[None].expand(len(pan), -1, -1, -1), grid, mode="bilinear", padding_mode="zeros", align_corners=False)


ACTOR_PARALLAX = 0.4 + 0.75 * 0.7


def figure_height(actor: Actor) -> float:
    """In frame heights."""
    return SIZE_CLASS[actor.size] * SUBJECT_BY_NAME[actor.subject].height * (0.9 + 0.2 * actor.depth)


def _grounded(scene: Scene) -> bool:
    return painting(scene.background, scene.time, scene.variant).has_ground and scene.background != "underwater"


SLOTS = 4  # figures the generator can be told of
PLACEMENT = 10  # numbers that say where a figure is at one moment


def moments(frame_count: int) -> Tensor:
    """The frames at which a latent is described: the first and the last of its four; the very first latent holds one frame. f32[T,2]."""
    latents = (frame_count + 3) // 4
    return torch.tensor([[0, 0]] + [[4 * k - 3, 4 * k] for k in range(1, latents)], dtype=torch.float32)


def camera_path(scene: Scene, frame_count: int, fps: float = FPS, start: float = 0.0) -> Tensor:
    """Where the camera looks, f32[T,2,5]: two moments a latent, and of each 1 (told), pan, tilt, zoom, roll (see View)."""
    when = moments(frame_count)
    view = _camera(scene, start + when.flatten() / fps)
    rows = [torch.ones_like(view.pan), view.pan, view.tilt, view.zoom, view.roll]
    return torch.stack(rows, dim=-1).reshape(*when.shape, 5)


def layout(scene: Scene, frame_count: int, fps: float = FPS, start: float = 0.0) -> tuple[Tensor, list[Actor]]:
    """Where each figure is, without drawing it, and the actors in the order of their slots: far ones first.

    f32[T,4,2,10] for T latent frames: two moments each (the first and the last of the four frames that it holds; the very first
    latent holds one frame), and of each moment
        0      1 where the slot is used
        1..6   a b c d e f: gu = a X + b Y + c, gv = d X + e Y + f, from the frame's -1..1 to the texture's -1..1
        7      swing of the legs
        8, 9   height of the body's wave, and its phase in cycles
    """
    when = moments(frame_count)
    latents, t = len(when), start + when.flatten() / fps
    view = _camera(scene, t)
    turn_cos, turn_sin = torch.cos(view.roll), torch.sin(view.roll)
    out = torch.zeros(latents, SLOTS, 2, PLACEMENT)
    order = sorted(scene.actors, key=lambda actor: actor.depth)
    for slot, actor in enumerate(order[:SLOTS]):
        height = figure_height(actor)
        pose = _pose(actor, t, _grounded(scene), height)
        sprite, _ = figure(actor.subject, actor.colour)
        aspect = sprite.shape[2] / sprite.shape[1]
        kind = SUBJECT_BY_NAME[actor.subject].kind
        hub = height * (0.5 if actor.motion == "roll" else 0.35)
        cos, sin = torch.cos(pose.rotation), torch.sin(pose.rotation)
        sx = torch.where(pose.stretch_x.abs() < 0.06, torch.full_like(pose.stretch_x, 0.06), pose.stretch_x)
        across, down = 2 * actor.way / (height * aspect * sx), 2 / (height * pose.stretch_y)
        # (x, y) = roll of (X * ASPECT / 2, Y / 2); dx = x / zoom - shift_x;  dy + hub = y / zoom + shift_y
        shift_x = pose.x - view.pan * ACTOR_PARALLAX
        shift_y = (0.5 - 0.6) / view.zoom + 0.6 + view.tilt - (pose.foot - pose.lift) + hub
        c, s = (cos * turn_cos + sin * turn_sin) / view.zoom, (sin * turn_cos - cos * turn_sin) / view.zoom  # figure's turn less the camera's
        row = [torch.ones_like(t),
               across * c * (ASPECT / 2), across * s * 0.5, across * (-cos * shift_x + sin * shift_y),
               -down * s * (ASPECT / 2), down * c * 0.5, down * (sin * shift_x + cos * shift_y - hub) + 1,
               pose.gait if kind in LEGGED else torch.zeros_like(t),
               torch.full_like(t, 0.045 if kind == "swimmer" or actor.motion == "swim" else 0.0), pose.wave % 1.0]
        out[:, slot] = torch.stack(row, dim=-1).reshape(latents, 2, PLACEMENT)
    return out, order


def render(scene: Scene, frame_count: int, fps: float = FPS, start: float = 0.0) -> Rendered:
    """`start` in seconds: another moment of the same scene (cross-paired references)."""
    t = start + torch.arange(frame_count) / fps
    world = painting(scene.background, scene.time, scene.variant)
    view = _camera(scene, t)
    pan = view.pan
    x, y = _screen(view)

    def f(value: Tensor) -> Tensor:
        return value[:, None, None]

    near_shift = f(pan) * 0.55
    image = _read(world.far, x + f(pan) * 0.15, y)
    if world.has_ground:
        below = ((y - HORIZON) / (1 - HORIZON)).clamp(0, 1)
        ground = _read(world.ground, x + f(pan) * (0.4 + 0.75 * below), y)
        alpha = ((y - world.horizon) * HEIGHT + 0.5).clamp(0, 1)[:, None]
        image = image * (1 - alpha) + ground * alpha
    near = _read(world.near, x + near_shift, y)
    image = image * (1 - near[:, 3:]) + near[:, :3]

    image = veil(image, scene, world, y)
    grounded = _grounded(scene)
    shadow_tint = rgb(world.rig["shadow"])[:, None, None]
    masks: list[Tensor] = []
    boxes: list[Tensor] = []
    layers: list[tuple[float, int, Tensor]] = []
    for index, actor in enumerate(scene.actors):
        height = figure_height(actor)
        pose = _pose(actor, t, grounded, height)
        actor_pan = pan * ACTOR_PARALLAX
        layers.append((actor.depth, index, _draw(actor, scene, pose, height, x, y, actor_pan)))
        if grounded:
            width = height * 0.42 * pose.stretch_x.abs().clamp(min=0.35)
            dx = (x - f(pose.x - actor_pan)) / f(width)
            dy = (y - f(pose.foot)) / (height * 0.10)
            fade = f(0.55 / (1 + 5 * pose.lift))
            shade = (fade * torch.exp(-1.5 * (dx * dx + dy * dy)))[:, None]
            image = image * (1 - shade + shade * shadow_tint)
    for _, index, layer in sorted(layers, key=lambda entry: entry[0]):
        image = image * (1 - layer[:, 3:]) + layer[:, :3]
    for _, index, layer in sorted(layers, key=lambda entry: entry[1]):
        mask = layer[:, 3]
        masks.append(mask)
        boxes.append(torch.stack([_box(frame) for frame in mask]))

    image = fall_in_front(image, scene, world, x + f(pan) * 0.6, y, t)
    image = image + 0.10 * (image - 0.5) * (1 - (2 * image - 1).abs())  # contrast of the finish
    radius = (x * x / (ASPECT / 2) ** 2 + (2 * y - 1) ** 2) / 2
    image = image * (1 - 0.18 * radius[:, None])
    image = apply_style(image.clamp(0, 1), scene.style)
    frames = (image.clamp(0, 1) * 255 + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
    return Rendered(frames, masks, boxes)


def _box(mask: Tensor) -> Tensor:
    rows, columns = (mask.amax(1) > 0.3).nonzero(), (mask.amax(0) > 0.3).nonzero()
    if not len(rows) or not len(columns):
        return torch.zeros(4)
    return torch.tensor([float(columns[0]), float(rows[0]), float(columns[-1]) + 1, float(rows[-1]) + 1])


def render_reference(subject: str, colour: str, mirrored: bool) -> Tensor:
    """The subject alone on white, letterboxed as the pipeline letterboxes a user's picture; uint8 [144,256,3]."""
    sprite, normal = figure(subject, colour)
    if mirrored:
        sprite = sprite.flip(2)
    scale = min(HEIGHT / sprite.shape[1], WIDTH / sprite.shape[2])
    size = (round(sprite.shape[1] * scale), round(sprite.shape[2] * scale))
    premultiplied = torch.cat([sprite[:3] * sprite[3:], sprite[3:]])[None]
    small = F.interpolate(premultiplied, size=size, mode="bilinear", antialias=True)[0].clamp(0, 1)
    out = torch.ones(3, HEIGHT, WIDTH)
    top, left = (HEIGHT - size[0]) // 2, (WIDTH - size[1]) // 2
    area = out[:, top : top + size[0], left : left + size[1]]
    area.mul_(1 - small[3:]).add_(small[:3])
    return (out * 255 + 0.5).to(torch.uint8).permute(1, 2, 0).contiguous()


def main() -> None:
    import random
    import sys
    import time

    import numpy as np
    from PIL import Image

    from .captions import caption
    from .scene import sample_scene

    torch.set_num_threads(1)
    pick = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    rows = []
    for _ in range(12):
        scene = sample_scene(pick)
        began = time.monotonic()
        clip = render(scene, 17).frames.numpy()
        print(f"{time.monotonic() - began:.2f} s  {caption(scene, pick)}")
        rows.append(np.concatenate([clip[0], clip[8], clip[16]], axis=1))
    sheet = np.concatenate([np.concatenate(rows[:6]), np.concatenate(rows[6:])], axis=1)
    Image.fromarray(sheet).save(sys.argv[1])


if __name__ == "__main__":
    main()
