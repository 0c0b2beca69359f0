"""Batches of cached latents. Buckets keep one length per batch; shards written while training runs are picked up."""
from __future__ import annotations

import random

import torch
import torch.nn.functional as F
from torch import Tensor

from ..paths import RUNS
from ..dataset.cache_latents import from_bits
from ..text.tokenizer import END, MAX_TOKENS, PAD
from .figures import FigurePlane

EMPTY = [END] + [PAD] * (MAX_TOKENS - 1)
# How often the figures are not told of: where the picture itself shows them, nobody may know their place.
UNTOLD = {"first": 0.5, "ends": 0.5, "extend": 0.35, "before": 0.5, "restyle": 0.6, "relight": 0.6, "weather": 0.6, "background": 0.6, "patch": 0.5}
# And the camera: of footage that is there nobody knows where it looked.
CAMERA_UNTOLD = {"add": 0.6, "remove": 0.6, "replace": 0.6, "patch": 0.6, "restyle": 0.8, "relight": 0.8, "weather": 0.8, "background": 0.6}


class LatentSource:
    def __init__(self, seed: int, mean: Tensor | None = None, std: Tensor | None = None):
        self.random = random.Random(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.folder = RUNS / "latents"
        self.seen: set[str] = set()
        self.buckets: dict[str, list[dict]] = {name: [] for name in ("image", "clip")}
        self.plane = FigurePlane()
        grey = torch.load(self.folder / "grey.pt").float()
        self.refresh()
        norm = self.folder / "norm.pt"
        if mean is None and norm.exists():
            mean, std = torch.load(norm)
        if mean is None or std is None:
            # Pictures and clips alike: what tells of movement is nearly nothing in pictures, and would be far from unit deviation in clips.
            parts = [torch.cat([entry["target"].float() for entry in self.buckets[name][:3000]]) for name in ("image", "clip") if self.buckets[name]]
            mean = torch.stack([part.mean((0, 2, 3)) for part in parts]).mean(0)
            std = torch.stack([part.sub(mean[:, None, None]).square().mean((0, 2, 3)) for part in parts]).mean(0).sqrt()
            torch.save((mean, std), norm)  # one for all workers, whenever each begins
        self.mean, self.std = mean, std
        self.grey = self.normal(grey)

    @classmethod
    def bare(cls, mean: Tensor, std: Tensor) -> "LatentSource":
        """Without any data: for its normalisation and its way of packing a sample."""
        source = cls.__new__(cls)
        source.random, source.mean, source.std, source.buckets = random.Random(1), mean, std, {}
        source.grey = source.normal(torch.load(RUNS / "latents" / "grey.pt"))
        return source

    def normal(self, latents: Tensor) -> Tensor:
        """[...,16,18,32] raw -> zero mean, unit deviation by channel."""
        return (latents.float() - self.mean[:, None, None]) / self.std[:, None, None]

    def refresh(self) -> None:
        for file in sorted(self.folder.glob("*_*.pt")):  # small shards: a worker may join while others still write
            if file.name in self.seen:
                continue
            self.seen.add(file.name)
            for entry in torch.load(file, mmap=True):  # the workers share the pages, and none of them holds all
                name = "image" if entry["target"].shape[0] == 1 else "clip"
                self.buckets[name].append(entry)

    def batch(self, bucket: str, count: int, latents: int, text_drop: float = 0.1) -> tuple[Tensor, ...]:
        """(targets f32[B,16,T,18,32], control f32[B,96,T,18,32], figures f32[B,154,T,18,32], ids i64[B,L]), `latents` of each clip: half of
        the time its first, else from anywhere, as a long request's windows are."""
        entries = self.random.choices(self.buckets[bucket], k=count)
        targets, controls, ids, layouts, cameras = [], [], [], [], []
        start = 0 if self.random.random() < 0.5 else self.random.randrange(entries[0]["target"].shape[0] - latents + 1)  # one for all: the plane has one rhythm
        part = slice(start, start + latents)
        textures = torch.stack([entry["textures"] for entry in entries]).float() / 255
        grey = self.grey[part]
        for entry in entries:
            inactive = grey if entry["inactive"] is None else self.normal(entry["inactive"][part])
            reactive = grey if entry["reactive"] is None else self.normal(entry["reactive"][part])
            mask = torch.ones(latents, 64, 18, 32) if entry["mask"] is None else from_bits(entry["mask"][part])
            targets.append(self.normal(entry["target"][part]).transpose(0, 1))
            controls.append(torch.cat([inactive, reactive, mask], dim=1).transpose(0, 1))
            ids.append(torch.tensor(EMPTY) if self.random.random() < text_drop else self.random.choice(list(entry["ids"])))
            layouts.append(entry["layout"][part] * (self.random.random() >= UNTOLD.get(entry["kind"], 0.03)))
            cameras.append(entry["camera"][part] * (self.random.random() >= CAMERA_UNTOLD.get(entry["kind"], 0.05)))
        layout = torch.stack(layouts)
        with torch.no_grad():
            # Of a single picture both moments are one: one is drawn for both.
            figures = self.plane(layout if latents > 1 or start else layout[:, :, :, :1], self.rougher(textures), torch.stack(cameras))
        return torch.stack(targets), torch.stack(controls), figures, torch.stack(ids)

    def rougher(self, textures: Tensor) -> Tensor:
        """[B,K,4,S,S]: now and then a little blurred or noisy, as what the painter makes of a word."""
        flat = textures.flatten(0, 1)
        blurred = F.avg_pool2d(F.avg_pool2d(flat, 3, 1, 1), 3, 1, 1)
        share = torch.rand(len(flat), 1, 1, 1, generator=self.generator).mul(1.6).sub(0.6).clamp(min=0)
        flat = flat + share * (blurred - flat)
        return (flat + torch.randn(flat.shape, generator=self.generator) * 0.02 * flat[:, 3:]).clamp(0, 1).reshape(textures.shape)
