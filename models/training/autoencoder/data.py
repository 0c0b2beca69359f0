"""Training clips for the autoencoder: photographs under a moving camera with sprites gliding over them, and rendered scenes.

Everything is drawn by `grid_sample` on small crops; no image decoding happens in the training loop.
"""
from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from ..paths import RUNS, SHARED, SPRITES


HELD_OUT = 40  # of the photographs, the first


def photo_files() -> list[Path]:
    """All photographs, in one shuffled order."""
    files = sorted((SHARED / "training" / "photos").glob("*")) + sorted((SHARED / "training" / "photos-indoor").glob("*"))
    random.Random(7).shuffle(files)
    return files


def load_photos(limit: int, held_out: int = HELD_OUT) -> tuple[list[Tensor], list[Tensor]]:
    """uint8 [3,H,W] pictures of at most 540 px height, every one also at half size. Returns (training, held out)."""
    files = photo_files()[:limit]
    kept: list[list[Tensor]] = [[], []]
    for index, file in enumerate(files):
        image = Image.open(file).convert("RGB")
        scale = min(1.0, 540 / image.height)
        for factor in (scale, scale * 0.5):
            size = (max(160, round(image.width * factor)), max(160, round(image.height * factor)))
            small = image.resize(size, Image.Resampling.LANCZOS)
            kept[index < held_out].append(torch.from_numpy(np.asarray(small).copy()).permute(2, 0, 1).contiguous())
    return kept[0], kept[1]


def load_sprites(limit: int = 300) -> Tensor:
    """uint8 [N,4,96,96], straight alpha."""
    files = sorted(SPRITES.glob("1f*.webp"))
    random.Random(3).shuffle(files)
    sprites = [np.asarray(Image.open(file).convert("RGBA").resize((96, 96), Image.Resampling.LANCZOS)) for file in files[:limit]]
    return torch.from_numpy(np.stack(sprites)).permute(0, 3, 1, 2).contiguous()


class ClipSource:
    """Draws clips f32[B,F,3,S,S] in -1..1: photographs with probability `photo_share`, else crops of cached renders."""

    def __init__(self, photos: list[Tensor], sprites: Tensor, renders: Path = RUNS / "renders", seed: int = 0):
        self.photos, self.sprites, self.renders = photos, sprites, renders
        self.random = random.Random(seed)
        self.shards: list[np.ndarray] = []
        self.refresh()

    def refresh(self) -> None:
        """Picks up shards uint8 [N,F,144,256,3] that the renderer has written since."""
        self.shards = [np.load(file, mmap_mode="r") for file in sorted(self.renders.glob("clips_*.npy"))]

    def batch(self, count: int, frames: int, size: int, photo_share: float) -> Tensor:
        clips = [
            self.photo_clip(frames, size) if not self.shards or self.random.random() < photo_share else self.render_clip(frames, size)
            for _ in range(count)
        ]
        return torch.stack(clips)

    def render_clip(self, frames: int, size: int) -> Tensor:
        pick = self.random
        shard = pick.choice(self.shards)
        clip = shard[pick.randrange(shard.shape[0])]
        start = pick.randrange(clip.shape[0] - frames + 1)
        y, x = pick.randrange(clip.shape[1] - size + 1), pick.randrange(clip.shape[2] - size + 1)
        crop = torch.from_numpy(np.ascontiguousarray(clip[start : start + frames, y : y + size, x : x + size]))
        if pick.random() < 0.5:
            crop = crop.flip(2)
        return crop.permute(0, 3, 1, 2).float() / 127.5 - 1

    def photo_clip(self, frames: int, size: int) -> Tensor:
        pick = self.random
        photo = pick.choice(self.photos)
        _, height, width = photo.shape
        time = torch.linspace(-0.5, 0.5, frames)
        # Pan of up to 4 px a frame, zoom up to 1 % a frame, and a quarter of the clips stand still.
        moving = 0.0 if pick.random() < 0.25 else 1.0
        scale = torch.exp(time * pick.uniform(-0.12, 0.12) * moving) * pick.uniform(0.75, 1.15)
        reach = size * 0.5 * 1.25 + 2.0 * frames
        cx = pick.uniform(min(reach, width / 2), max(width - reach, width / 2)) + time * frames * pick.gauss(0, 1.5) * moving
        cy = pick.uniform(min(reach, height / 2), max(height - reach, height / 2)) + time * frames * pick.gauss(0, 0.8) * moving
        if pick.random() < 0.5:
            photo = photo.flip(2)
        # Only the neighbourhood is turned into floats: whole photographs would cost more than the crop.
        x0 = max(0, int(cx.min() - size * 0.8)); x1 = min(width, int(cx.max() + size * 0.8) + 2)
        y0 = max(0, int(cy.min() - size * 0.8)); y1 = min(height, int(cy.max() + size * 0.8) + 2)
        part = photo[:, y0:y1, x0:x1].float()[None] / 127.5 - 1
        clip = crops(part, cx - x0, cy - y0, scale, size)
        for _ in range(pick.choice((0, 0, 1, 1, 2))):
            clip = self._over(clip, time, size)
        return clip

    def _over(self, clip: Tensor, time: Tensor, size: int) -> Tensor:
        pick = self.random
        sprite = self.sprites[pick.randrange(len(self.sprites))].float()[None]
        scale = torch.exp(time * pick.uniform(-0.3, 0.3)) * pick.uniform(0.9, 2.2)
        cx = 48 + (pick.uniform(-0.4, 0.4) * size - time * pick.uniform(-0.6, 0.6) * size) * scale
        cy = 48 + (pick.uniform(-0.4, 0.4) * size - time * pick.uniform(-0.3, 0.3) * size) * scale
        layer = crops(sprite, cx, cy, scale, size, padding="zeros")
        alpha = layer[:, 3:] / 255
        return clip * (1 - alpha) + (layer[:, :3] / 127.5 - 1) * alpha


def crops(image: Tensor, cx: Tensor, cy: Tensor, scale: Tensor, size: int | tuple[int, int], padding: str = "reflection") -> Tensor:
    """image [1,C,h,w] seen through windows of `size` (or rows, columns) centred at (cx, cy) px with `scale` image px a pixel -> [F,C,rows,columns]."""
    height, width = image.shape[2:]
    rows, columns = size if isinstance(size, tuple) else (size, size)
    down, across = (torch.arange(count, dtype=torch.float32) - (count - 1) / 2 for count in (rows, columns))
    x = (cx[:, None, None] + across[None, None, :] * scale[:, None, None]).expand(-1, rows, -1)
    y = (cy[:, None, None] + down[None, :, None] * scale[:, None, None]).expand(-1, -1, columns)
    grid = torch.stack([(2 * x + 1) / width - 1, (2 * y + 1) / height - 1], dim=-1)
    return F.grid_sample(image.expand(len(cx), -1, -1, -1), grid, mode="bilinear", padding_mode=padding, align_corners=False)
