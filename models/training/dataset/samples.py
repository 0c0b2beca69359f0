"""Training samples of every job the transformer knows, as pixels: what is wanted, what is known, what is masked, what is said.

    python -m models.training.dataset.samples --images 6000 --clips 800 --seed 1

writes runs/samples/*.pt, shards of at most 64 samples of one length. A sample is a dict:
    target     uint8 [F,144,256,3]
    known      uint8 [F,144,256,3] or None (nothing known: make everything)
    mask       uint8 [F,144,256] or None; 255 = make anew. None with `known` = keep structure (restyle)
    layout     f32 [T,2,2,10] and textures uint8 [2,4,48,48]: where the target's figures are and what they look like
               (world/render.layout, world/sprites.texture); at most two, the nearer one last
    camera     f32 [T,2,5]: where it looks (world/render.camera_path); zeros where nobody knows
    captions   three paraphrases
    kind       generate, empty, first, ends, extend, before, add, remove, replace, patch, restyle, relight, weather, background, and photo_*:
               the same on photographs under a moving camera (photos.py), so that edits of real footage keep what is there
"""
from __future__ import annotations

import argparse
import random
from dataclasses import replace

import torch
from torch import Tensor

from ..paths import HEIGHT, RUNS, WIDTH
from ..world.captions import caption, instruction
from ..world.render import camera_path, layout, render
from ..world.scene import Scene, replace_actor, sample_scene
from ..world.sprites import TEXTURE, texture
from ..world.vocab import BACKGROUND_BY_NAME, BACKGROUNDS, STYLES, TIMES, WEATHERS
from .photos import KEPT_SLOTS, PHOTO_KINDS_OF_CLIPS, PHOTO_KINDS_OF_IMAGES, photo_sample

IMAGE_KINDS = {"generate": 0.58, "empty": 0.06, "add": 0.07, "remove": 0.05, "replace": 0.04, "patch": 0.02, "restyle": 0.05, "relight": 0.02, "weather": 0.01,
               "background": 0.02, **PHOTO_KINDS_OF_IMAGES}
CLIP_KINDS = {"generate": 0.34, "empty": 0.05, "first": 0.12, "ends": 0.06, "extend": 0.10, "before": 0.03, "add": 0.05, "remove": 0.04,
              "replace": 0.03, "restyle": 0.03, "relight": 0.02, "weather": 0.01, "background": 0.02, **PHOTO_KINDS_OF_CLIPS}


def _mask_around(boxes: list[Tensor], pick: random.Random, frames: int) -> Tensor:
    """A painted mask as people paint them: one generous blob over the whole clip, or one that follows; uint8 [F,144,256]."""
    stacked = torch.stack(boxes)  # [K,F,4]
    box = torch.cat([stacked[..., :2].amin(0), stacked[..., 2:].amax(0)], dim=-1)  # [F,4]
    if pick.random() < 0.6 or frames == 1:
        box = torch.cat([box[:, :2].amin(0), box[:, 2:].amax(0)])[None].expand(frames, 4)
    grow = pick.uniform(4, 14)
    y, x = torch.meshgrid(torch.arange(HEIGHT).float(), torch.arange(WIDTH).float(), indexing="ij")
    cx, cy = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2 + 3
    rx, ry = (box[:, 2] - box[:, 0]) / 2 + grow, (box[:, 3] - box[:, 1]) / 2 + grow
    dx, dy = (x[None] - cx[:, None, None]).abs() / rx[:, None, None], (y[None] - cy[:, None, None]).abs() / ry[:, None, None]
    power = pick.choice((2.5, 6.0))  # an ellipse-like blob, or nearly a box
    return ((dx**power + dy**power) < 1.15).to(torch.uint8) * 255


def figures_of(scene: Scene, frames: int) -> dict:
    placed, order = layout(scene, frames)
    textures = torch.zeros(KEPT_SLOTS, 4, TEXTURE, TEXTURE, dtype=torch.uint8)
    for slot, actor in enumerate(order):
        textures[slot] = texture(actor.subject, actor.colour)
    return {"layout": placed[:, :KEPT_SLOTS].clone(), "textures": textures, "camera": camera_path(scene, frames)}


def _composite(known: Tensor, made: Tensor, mask: Tensor) -> Tensor:
    return torch.where(mask[..., None] > 127, made, known)


def make_sample(pick: random.Random, kind: str, frames: int) -> dict:
    if kind.startswith("photo"):
        return photo_sample(pick, kind, frames)
    scene = sample_scene(pick)
    medium = BACKGROUND_BY_NAME[scene.background].medium
    if kind in ("relight", "weather") and not scene.time or kind == "background" and medium in ("water", "surface"):  # there is no other such place
        kind = "restyle"
    if kind in ("restyle", "relight", "weather", "background", "add", "remove", "replace") and scene.style != "storybook" and pick.random() < 0.7:
        scene = replace(scene, style="storybook")
    if kind == "empty":
        scene = replace(scene, actors=())
    sample: dict = {"kind": kind, "known": None, "mask": None, **figures_of(scene, frames)}
    if kind in ("add", "remove", "replace"):
        return _edit(pick, kind, scene, frames, sample)
    clip = render(scene, frames)
    target = clip.frames
    words = [caption(scene, pick) for _ in range(3)]
    if kind == "restyle":
        other = pick.choice([style for style in STYLES if style != scene.style])
        sample["known"] = target
        target_scene = replace(scene, style=other)
        target = render(target_scene, frames).frames
        lead = [style for style in STYLES[other] if style]
        words = [pick.choice(lead) + caption(replace(scene, style="storybook"), pick).removeprefix("storybook: ").removeprefix("an illustration of ") for _ in range(3)]
    elif kind == "relight":
        time = pick.choice([t for t in BACKGROUND_BY_NAME[scene.background].times if t != scene.time])
        sample["known"] = target
        target = render(replace(scene, time=time), frames).frames
        words = [f"{caption(replace(scene, time=''), pick)} {pick.choice(TIMES[time])}" for _ in range(3)]
    elif kind == "weather":
        weather = pick.choice([name for name in WEATHERS if name])
        sample["known"] = render(replace(scene, weather=""), frames).frames
        target = render(replace(scene, weather=weather), frames).frames
        words = [pick.choice(WEATHERS[weather]), *(caption(replace(scene, weather=weather), pick) for _ in range(2))]
    elif kind == "background":
        other = pick.choice([place for place in BACKGROUNDS if place.medium == medium and place.name != scene.background])
        changed = replace(scene, background=other.name, time=pick.choice(other.times) if other.times else "", weather="")
        figures = torch.stack(clip.masks).amax(0)
        near = torch.nn.functional.max_pool2d(figures[:, None], 7, 1, 3)[:, 0]
        sample["known"], sample["mask"] = target, torch.where(near > 0.3, 0, 255).to(torch.uint8)
        target = _composite(target, render(changed, frames).frames, sample["mask"])
        words = [caption(changed, pick) for _ in range(2)] + [caption(replace(changed, actors=()), pick)]
    elif kind == "patch":
        w, h = pick.uniform(30, 110), pick.uniform(30, 80)
        x, y = pick.uniform(0, WIDTH - w), pick.uniform(0, HEIGHT - h)
        box = torch.tensor([x, y, x + w, y + h]).expand(frames, 4)
        sample["known"], sample["mask"] = target, _mask_around([box], pick, frames)
    elif kind in ("first", "ends", "extend", "before"):
        keep = torch.zeros(frames, dtype=torch.bool)
        count = 1 if kind in ("first", "ends") else pick.choice((5, 5, 9))
        if kind == "before":
            keep[-count:] = True
        else:
            keep[:count] = True
        if kind == "ends":
            keep[-1] = True
        known = target.clone()
        known[~keep] = 128
        sample["known"], sample["mask"] = known, torch.where(keep[:, None, None], 0, 255).to(torch.uint8).expand(frames, HEIGHT, WIDTH)
    return {**sample, "target": target, "captions": words}


def _edit(pick: random.Random, kind: str, scene: Scene, frames: int, sample: dict) -> dict:
    """Before and after of the same scene, exactly equal outside the mask."""
    index = pick.randrange(len(scene.actors))
    full = render(scene, frames)
    if kind == "replace":
        if index:
            index = 0
        changed = replace_actor(pick, scene, index)
        other = render(changed, frames)
        mask = _mask_around([full.boxes[index], other.boxes[index]], pick, frames)
        sample |= figures_of(changed, frames)
        words = [instruction("replace", changed, pick, index) for _ in range(3)]
        known, target = full.frames, other.frames
    else:
        without = replace(scene, actors=tuple(actor for i, actor in enumerate(scene.actors) if i != index))
        bare = render(without, frames)
        mask = _mask_around([full.boxes[index]], pick, frames)
        if kind == "add":
            words = [instruction("add", scene, pick, index) for _ in range(3)]
            known, target = bare.frames, full.frames
        else:
            sample |= figures_of(without, frames)
            words = [instruction("remove", without, pick, 0, scene.actors[index]) for _ in range(3)]
            known, target = full.frames, bare.frames
    return {**sample, "known": known, "mask": mask, "target": _composite(known, target, mask), "captions": words}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=6000)
    parser.add_argument("--clips", type=int, default=800)
    parser.add_argument("--frames", type=int, default=17)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    folder = RUNS / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [("image", 1, IMAGE_KINDS)] * (options.images // 64) + [("clip", options.frames, CLIP_KINDS)] * (options.clips // 16)
    pick = random.Random(options.seed)
    # Images first: the transformer starts on them.
    for number, (name, frames, kinds) in enumerate(jobs):
        file = folder / f"{name}_{options.seed:02d}_{number:04d}.pt"
        shard_pick = random.Random(options.seed * 100003 + number)
        if file.exists() or (RUNS / "latents" / file.name).exists():
            continue
        shard = [make_sample(shard_pick, shard_pick.choices(list(kinds), list(kinds.values()))[0], frames) for _ in range(64 if frames == 1 else 16)]
        torch.save(shard, file.with_suffix(".part"))
        file.with_suffix(".part").rename(file)
        if number % 10 == 0:
            print(file.name, flush=True)


if __name__ == "__main__":
    main()
