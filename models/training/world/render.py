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
from .camera import View, view_of
from .light import rgb
from .pose import Pose, pose_of
from .scene import Actor, Scene
from .sprites import figure, light_figure
from .styles import apply_style
from .vocab import SUBJECT_BY_NAME
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


def _draw(actor: Actor, scene: Scene, pose: Pose, height: float, screen_x: Tensor, screen_y: Tensor, pan: Tensor) -> Tensor:
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
    view = view_of(scene, start + when.flatten() / fps)
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
    view = view_of(scene, t)
    turn_cos, turn_sin = torch.cos(view.roll), torch.sin(view.roll)
    out = torch.zeros(latents, SLOTS, 2, PLACEMENT)
    order = sorted(scene.actors, key=lambda actor: actor.depth)
    for slot, actor in enumerate(order[:SLOTS]):
        height = figure_height(actor)
        pose = pose_of(actor, t, _grounded(scene), height)
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
    view = view_of(scene, t)
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
        pose = pose_of(actor, t, grounded, height)
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
