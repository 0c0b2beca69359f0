"""What the upscaler learns from: the world at 1024x576 beside its box-filtered self at 256x144, and photographs cut to the same sizes.

    python -m models.training.upscaler.data --pictures 96 --photos 96 --seed 1
    python -m models.training.upscaler.data --held-out --pictures 24 --seed 2      # pairs of figure and place that training never sees
    python -m models.training.upscaler.data --held-out --clips 3 --seed 3

writes runs/upscaler/data/<kind>_<seed>_<number>.npz:
    high     uint8 [N,576,1024,3]
    low      uint8 [N,144,256,3], `high` box-filtered
    decoded  uint8 [N,144,256,3], `low` through the pack's autoencoder: in use the input is what the decoder made
N is 8 pictures, or the 17 frames of one clip. People with bodies (dolls, busts) are left out: the world draws their bodies at one size only.
"""
from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

from .. import paths

SCALE = 4
LOW_WIDTH, LOW_HEIGHT = 256, 144
SHARD = 8

paths.WIDTH, paths.HEIGHT = SCALE * LOW_WIDTH, SCALE * LOW_HEIGHT  # before the renderer reads them

from ..world import brush  # noqa: E402

brush.FAR_WIDTH, brush.NEAR_WIDTH, brush.GROUND_WIDTH = SCALE * brush.FAR_WIDTH, SCALE * brush.NEAR_WIDTH, SCALE * brush.GROUND_WIDTH

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from PIL import Image  # noqa: E402
from torch import Tensor  # noqa: E402

from ..dataset.cache_latents import load_autoencoder, to_unit  # noqa: E402
from ..world import sprites, styles  # noqa: E402
from ..world.render import render  # noqa: E402
from ..world.scene import Scene, sample_scene  # noqa: E402
from ..world.vocab import SUBJECT_BY_NAME  # noqa: E402

sprites.SIZE = 256  # the drawings' own size
FOLDER = paths.RUNS / "upscaler" / "data"
BODIES = ("doll", "bust")
WIDE = 800  # px: photographs at least this wide are taken for one picture
SCENES_A_PAINTING = 3  # a painting of 1024x576 takes longer than what is seen in it


def _scale_styles() -> None:
    """Strokes, hatching and outlines are given in pixels of 144 rows: here each is as wide as it would be there."""
    plain_blur = styles._blur

    def coordinates(x: Tensor) -> tuple[Tensor, Tensor]:
        return torch.meshgrid(torch.arange(x.shape[2]) / SCALE, torch.arange(x.shape[3]) / SCALE, indexing="ij")

    def edges(x: Tensor) -> Tensor:
        grey, s = x.mean(1, keepdim=True), SCALE
        gx = F.pad(grey[..., 2 * s :] - grey[..., : -2 * s], (s, s, 0, 0))
        gy = F.pad(grey[..., 2 * s :, :] - grey[..., : -2 * s, :], (0, 0, s, s))
        return (torch.sqrt(gx * gx + gy * gy) * 3.2 - 0.22).clamp(0, 1)

    def pixel_art(x: Tensor) -> Tensor:
        return F.interpolate(small_pixel_art(F.avg_pool2d(x, SCALE)), scale_factor=SCALE, mode="nearest")

    def small_pixel_art(x: Tensor) -> Tensor:
        styles._coordinates = plain_coordinates
        try:
            return plain_pixel_art(x)
        finally:
            styles._coordinates = coordinates

    plain_coordinates, plain_pixel_art = styles._coordinates, styles._pixel_art
    styles._blur = lambda x, radius: plain_blur(x, radius * SCALE)
    styles._edges, styles._coordinates, styles._STYLES["pixel art"] = edges, coordinates, pixel_art


_scale_styles()


def box_filtered(high: Tensor) -> Tensor:
    """uint8 [N,576,1024,3] -> uint8 [N,144,256,3]."""
    small = F.avg_pool2d(high.permute(0, 3, 1, 2).float(), SCALE)
    return (small + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


@torch.no_grad()
def through_decoder(autoencoder, low: Tensor, clip: bool) -> Tensor:
    """`low` uint8 [N,144,256,3] encoded and decoded: as one clip, or each frame alone."""
    video = to_unit(low) if clip else to_unit(low).transpose(0, 1)
    made = autoencoder.decode(autoencoder.encode(video)).flatten(0, 1)
    return ((made.clamp(-1, 1) + 1) * 127.5 + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def scenes(pick: random.Random, held_out: bool):
    """Scenes without end; some in a row share their painting."""
    while True:
        scene = _without_bodies(pick, held_out)
        yield scene
        for _ in range(0 if held_out else SCENES_A_PAINTING - 1):
            other = _without_bodies(pick, False)
            yield replace(other, background=scene.background, time=scene.time, variant=scene.variant, weather=other.weather if scene.time else "")


def _without_bodies(pick: random.Random, held_out: bool) -> Scene:
    while True:
        scene = sample_scene(pick, held_out)
        if all(SUBJECT_BY_NAME[actor.subject].kind not in BODIES for actor in scene.actors):
            return scene


def photo(files: list[Path], pick: random.Random) -> Tensor:
    """A part of a wide photograph, made smaller rather than larger, or eight small ones side by side as they are; uint8 [576,1024,3]."""
    image = Image.open(files[0]).convert("RGB")
    if image.width >= WIDE:
        fit = max(paths.WIDTH / image.width, paths.HEIGHT / image.height)
        scale = fit if fit >= 1 else min(1.0, fit * pick.uniform(1.0, 1.6))
        return _part(image.resize((max(paths.WIDTH, round(image.width * scale)), max(paths.HEIGHT, round(image.height * scale))), Image.Resampling.LANCZOS), paths.WIDTH, paths.HEIGHT, pick)
    parts = [_part(Image.open(file).convert("RGB"), paths.WIDTH // 4, paths.HEIGHT // 2, pick) for file in files]
    return torch.cat([torch.cat(parts[:4], dim=1), torch.cat(parts[4:], dim=1)])


def _part(image: Image.Image, width: int, height: int, pick: random.Random) -> Tensor:
    left, top = pick.randrange(image.width - width + 1), pick.randrange(image.height - height + 1)
    return torch.from_numpy(np.asarray(image.crop((left, top, left + width, top + height))).copy())


def photo_groups() -> list[list[Path]]:
    """What one picture is made of: a wide photograph, or eight small ones."""
    folder, pick = paths.SHARED / "training", random.Random(7)
    wide = [[file] for file in sorted((folder / "photos").glob("*")) if Image.open(file).width >= WIDE]
    small = [file for file in sorted((folder / "photos-indoor").glob("*")) if min(Image.open(file).width / (paths.WIDTH // 4), Image.open(file).height / (paths.HEIGHT // 2)) >= 1]
    pick.shuffle(small)
    groups = wide + [small[first : first + 8] for first in range(0, len(small) - 7, 8)][: 2 * len(wide)]
    pick.shuffle(groups)
    return groups


def write(name: str, high: Tensor, autoencoder, clip: bool) -> None:
    low = box_filtered(high)
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"part_{name}.npz"
    np.savez(part, high=high.numpy(), low=low.numpy(), decoded=through_decoder(autoencoder, low, clip).numpy())
    part.rename(FOLDER / f"{name}.npz")
    print(name, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=0)
    parser.add_argument("--clips", type=int, default=0)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    autoencoder = load_autoencoder()
    pick = random.Random(options.seed)
    lead = "heldout_" if options.held_out else ""
    drawn = scenes(pick, options.held_out)
    groups = photo_groups() if options.photos else []
    pictures, photos = options.pictures // SHARD, min(options.photos, len(groups)) // SHARD
    for number in range(max(pictures, photos)):
        if number < photos:
            high = torch.stack([photo(group, pick) for group in groups[number * SHARD : (number + 1) * SHARD]])
            write(f"photo_{options.seed:02d}_{number:03d}", high, autoencoder, False)
        if number < pictures:
            high = torch.cat([render(next(drawn), 1, start=pick.uniform(0, 2)).frames for _ in range(SHARD)])
            write(f"{lead}picture_{options.seed:02d}_{number:03d}", high, autoencoder, False)
    for number in range(options.clips):
        # a camera that stands still leaves parts of the picture still: there is nothing to excuse flicker
        scene = replace(next(drawn), style="storybook", camera="still" if number % 2 == 0 else "pan right")
        high = torch.cat([render(scene, 1, start=frame / paths.FPS).frames for frame in range(17)])
        write(f"{lead}clip_{options.seed:02d}_{number:03d}", high, autoencoder, True)


if __name__ == "__main__":
    main()
