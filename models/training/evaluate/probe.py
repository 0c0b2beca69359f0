"""An attribute probe: a small convolution that reads subject, background and time of day off latents.

Trained on latents of renders alone, with labels taken from their captions; the generator never sees it. What it reads from real
renders of held-out combinations is the ceiling, what it reads when the prompts are shuffled is the floor.
"""
from __future__ import annotations

import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

from ..world.vocab import BACKGROUNDS, SUBJECT_BY_NAME, TIMES, TRAINED_SUBJECTS

SUBJECT_NAMES = list(TRAINED_SUBJECTS)
BACKGROUND_NAMES = [background.name for background in BACKGROUNDS]
TIME_NAMES = list(TIMES)
HEADS = {"subject": len(SUBJECT_NAMES), "background": len(BACKGROUND_NAMES), "time": len(TIME_NAMES)}


def labels(captions: list[str]) -> dict[str, int]:
    """What the captions of one scene say; -1 where none of them does. Scenes with two subjects give no subject."""
    text = " | ".join(captions).lower()
    found = {"subject": -1, "background": -1, "time": -1}
    named = [i for i, name in enumerate(SUBJECT_NAMES) if any(f" {word}" in f" {text}" for word in (name, *SUBJECT_BY_NAME[name].also))]
    if len(named) == 1:
        found["subject"] = named[0]
    for i, background in enumerate(BACKGROUNDS):
        if any(phrase in text for phrase in background.phrases):
            found["background"] = i
    for i, phrases in enumerate(TIMES.values()):
        if any(phrase in text for phrase in phrases):
            found["time"] = i
    return found


class Probe(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(16, 48, 3, padding=1), nn.GELU(), nn.Conv2d(48, 64, 3, stride=2, padding=1), nn.GELU(),
                                  nn.Conv2d(64, 96, 3, stride=2, padding=1), nn.GELU(), nn.Conv2d(96, 128, 3, padding=1), nn.GELU())
        self.heads = nn.ModuleDict({name: nn.Linear(256, count) for name, count in HEADS.items()})

    def forward(self, latents: Tensor) -> dict[str, Tensor]:
        """[N,16,18,32] normalised -> logits by attribute."""
        x = self.body(latents)
        x = torch.cat([x.mean((2, 3)), x.amax((2, 3))], dim=1)
        return {name: head(x) for name, head in self.heads.items()}


def train(latents: Tensor, wanted: list[dict[str, int]], epochs: int = 16, seed: int = 0) -> Probe:
    torch.manual_seed(seed)
    probe = Probe()
    optimiser = torch.optim.AdamW(probe.parameters(), lr=2e-3, weight_decay=0.02)
    order = list(range(len(latents)))
    steps = epochs * (len(order) // 64)
    done = 0
    for _ in range(epochs):
        random.Random(seed + done).shuffle(order)
        for first in range(0, len(order) - 63, 64):
            rows = order[first : first + 64]
            x = latents[rows]
            # A little noise and shift: generated latents are rougher than rendered ones.
            x = x + torch.randn_like(x) * 0.2
            x = torch.roll(x, (random.randrange(-1, 2), random.randrange(-2, 3)), (2, 3))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                made = {name: value.float() for name, value in probe(x).items()}
            loss = sum(F.cross_entropy(made[name], torch.tensor([wanted[row][name] for row in rows]), ignore_index=-1, label_smoothing=0.05) for name in HEADS)
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * (1 - done / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
    return probe.eval()


@torch.no_grad()
def share_right(probe: Probe, latents: Tensor, wanted: list[dict[str, int]]) -> dict[str, float]:
    made = probe(latents)
    out = {}
    for name in HEADS:
        rows = [i for i, entry in enumerate(wanted) if entry[name] >= 0]
        hit = sum(int(made[name][i].argmax()) == wanted[i][name] for i in rows)
        out[name] = hit / max(1, len(rows))
    return out
