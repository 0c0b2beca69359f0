"""Batches of cached latents. Buckets keep one length per batch; shards written while training runs are picked up."""
from __future__ import annotations

import random

import torch
from torch import Tensor

from ..paths import RUNS
from ..text.tokenizer import END, MAX_TOKENS, PAD, load
from ..world.vocab import SUBJECTS, TRAINED_SUBJECTS

EMPTY = [END] + [PAD] * (MAX_TOKENS - 1)
NEEDS_ALL_FRAMES = {"ends", "extend", "before"}


class LatentSource:
    def __init__(self, seed: int, mean: Tensor | None = None, std: Tensor | None = None):
        self.random = random.Random(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.folder = RUNS / "latents"
        self.seen: set[str] = set()
        self.left_out = [word for subject in SUBJECTS if TRAINED_SUBJECTS and subject.name not in TRAINED_SUBJECTS for word in (subject.name, *subject.also)]
        self.tokenizer = load()
        self.buckets: dict[str, list[dict]] = {name: [] for name in ("image", "image_reference", "clip", "clip_short", "clip_reference")}
        grey = torch.load(self.folder / "grey.pt").float()
        self.refresh()
        if mean is None or std is None:
            sample = torch.stack([entry["target"].float() for entry in self.buckets["image"][:4000]])
            mean, std = sample.mean((0, 1, 3, 4)), sample.std((0, 1, 3, 4))
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
            for entry in torch.load(file):
                said = self.tokenizer.decode(entry["ids"].flatten().tolist())
                if any(word in said for word in self.left_out):
                    continue
                name = "image" if entry["target"].shape[0] == 1 else "clip"
                if entry["reference"] is not None:
                    self.buckets[name + "_reference"].append(entry)
                else:
                    self.buckets[name].append(entry)
                    if name == "clip" and entry["kind"] not in NEEDS_ALL_FRAMES:
                        self.buckets["clip_short"].append(entry)

    def batch(self, bucket: str, count: int, latents: int, text_drop: float = 0.1) -> tuple[Tensor, Tensor, Tensor]:
        """(targets f32[B,16,T,18,32], control f32[B,96,T,18,32], ids i64[B,L]); a reference adds one to T, in front."""
        targets, controls, ids = [], [], []
        for _ in range(count):
            entry = self.random.choice(self.buckets[bucket])
            grey = self.grey[:latents]
            target = self.normal(entry["target"][:latents])
            inactive = grey if entry["inactive"] is None else self.normal(entry["inactive"][:latents])
            reactive = grey if entry["reactive"] is None else self.normal(entry["reactive"][:latents])
            mask = torch.ones(latents, 64, 18, 32) if entry["mask"] is None else entry["mask"][:latents].float()
            control = torch.cat([inactive, reactive, mask], dim=1)
            if entry["reference"] is not None:
                reference = self.normal(entry["reference"])[None]
                target = torch.cat([reference, target])
                control = torch.cat([torch.cat([reference, torch.zeros(1, 80, 18, 32)], dim=1), control])
            targets.append(target.transpose(0, 1))
            controls.append(control.transpose(0, 1))
            ids.append(torch.tensor(EMPTY) if self.random.random() < text_drop else self.random.choice(list(entry["ids"])))
        return torch.stack(targets), torch.stack(controls), torch.stack(ids)
