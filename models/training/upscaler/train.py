"""One command trains the upscaler; resumes from runs/upscaler/last.pt, checkpoints every minute, takes up pictures that are rendered meanwhile.

    python -m models.training.upscaler.train --minutes 25

Loss: absolute and squared difference, what PSNR and the eye ask for; nothing rewards invented texture, which would flicker.
"""
from __future__ import annotations

import argparse
import math
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..paths import RUNS
from .model import SCALE, Upscaler

FOLDER = RUNS / "upscaler"
PHOTO_SHARE = 0.3
# what the network is given: the picture as it is, softened, or as the decoder would have made it
GIVEN = {"low": 0.52, "softened": 0.08, "decoded": 0.40}
WEIGHT = {"low": 1.0, "softened": 0.6, "decoded": 0.6}  # much of what the decoder lost cannot be learned: it must not drown the rest


class Crops:
    """Pairs of crops from the shards of data.py that are there by now."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.shards: dict[str, dict[str, np.ndarray]] = {}

    def refresh(self) -> None:
        for file in sorted((FOLDER / "data").glob("*.npz")):
            if file.stem not in self.shards and not file.stem.startswith(("heldout_", "part_")):
                with np.load(file) as stored:
                    self.shards[file.stem] = {name: stored[name] for name in ("high", "low", "decoded")}

    def batch(self, count: int, size: int) -> tuple[Tensor, Tensor, Tensor]:
        """Given f32[N,3,size,size], wanted f32[N,3,4 size,4 size], both -1..1, and weights f32[N]."""
        given, wanted, softened, weights = zip(*(self._crop(size) for _ in range(count)))
        small, large = (torch.from_numpy(np.stack(parts)).permute(0, 3, 1, 2).float().div_(127.5).sub_(1) for parts in (given, wanted))
        soft = F.avg_pool2d(F.pad(small, (1, 1, 1, 1), mode="replicate"), 3, 1)
        return torch.lerp(small, soft, torch.tensor(softened)[:, None, None, None]), large, torch.tensor(weights)

    def _crop(self, size: int) -> tuple[np.ndarray, np.ndarray, float, float]:
        """Given and wanted as uint8 [h,w,3], how far the given is to be softened, and its weight."""
        pick = self.random
        photos, pictures = ([name for name in self.shards if name.startswith("photo_") == wanted] for wanted in (True, False))
        shard = self.shards[pick.choice(photos if photos and pick.random() < PHOTO_SHARE else pictures)]
        number = pick.randrange(len(shard["high"]))
        low = shard["low"][number]
        places = [(pick.randrange(low.shape[0] - size + 1), pick.randrange(low.shape[1] - size + 1)) for _ in range(2)]
        # of two places the one with more to see: half of a storybook is sky
        y, x = max(places, key=lambda place: _detail(low[place[0] : place[0] + size, place[1] : place[1] + size]))
        kind = pick.choices(list(GIVEN), list(GIVEN.values()))[0]
        source = shard["decoded" if kind == "decoded" else "low"][number][y : y + size, x : x + size]
        target = shard["high"][number][SCALE * y : SCALE * (y + size), SCALE * x : SCALE * (x + size)]
        turns = (pick.random() < 0.5, pick.random() < 0.5, pick.random() < 0.5)
        softened = pick.uniform(0.2, 0.8) if kind == "softened" else 0.0
        return _turned(source, turns), _turned(target, turns), softened, WEIGHT[kind]


def _detail(part: np.ndarray) -> float:
    green = part[..., 1].astype(np.int16)
    return float(np.abs(np.diff(green, axis=0)).mean() + np.abs(np.diff(green, axis=1)).mean())


def _turned(picture: np.ndarray, turns: tuple[bool, bool, bool]) -> np.ndarray:
    upright = picture[:: -1 if turns[0] else 1, :: -1 if turns[1] else 1]
    return upright.swapaxes(0, 1) if turns[2] else upright


def save(model: Upscaler, average: dict[str, Tensor], optimiser: torch.optim.Optimizer, spent: float, step: int) -> None:
    part = FOLDER / "part_last.pt"
    torch.save({"config": model.config, "model": model.state_dict(), "average": average, "optimiser": optimiser.state_dict(), "seconds": spent, "step": step}, part)
    part.rename(FOLDER / "last.pt")


def load() -> Upscaler:
    """The averaged weights of the last checkpoint."""
    state = torch.load(FOLDER / "last.pt", map_location="cpu")
    model = Upscaler(**state["config"])
    model.load_state_dict(state["average"])
    return model.eval().requires_grad_(False)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=25, help="of training in all, counted over resumed runs")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--size", type=int, default=48, help="of a crop, pixels of the small picture")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    model = Upscaler().to(options.device, memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=1e-5, betas=(0.9, 0.99))
    average = {name: value.clone() for name, value in model.state_dict().items()}
    spent = step = 0
    if (FOLDER / "last.pt").exists():
        state = torch.load(FOLDER / "last.pt", map_location=options.device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, spent, step = state["average"], state["seconds"], state["step"]
    crops = Crops(step)
    crops.refresh()
    budget, began, before, saved, seen = options.minutes * 60, time.monotonic(), spent, time.monotonic(), []
    while (spent := before + time.monotonic() - began) < budget:
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * min(1, spent / budget))) + 1e-6
        given, wanted, weights = (part.to(options.device) for part in crops.batch(options.batch, options.size))
        given = given.contiguous(memory_format=torch.channels_last)
        with torch.autocast(options.device, dtype=torch.bfloat16):
            detail = model.detail(given)
        made = F.pixel_shuffle(model.rough(given) + detail.float(), SCALE)  # the filter in full precision: 8 bits would show
        off = made - wanted
        loss = ((off.abs() + 5 * off.square()).mean((1, 2, 3)) * weights).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimiser.step()
        step += 1
        keep = min(0.995, step / (step + 20))
        for name, value in model.state_dict().items():
            average[name].lerp_(value, 1 - keep)
        seen.append(loss.item())
        if step % 100 == 0:
            print(f"step {step} {spent:.0f} s, loss {sum(seen) / len(seen):.5f}, {len(crops.shards)} shards", flush=True)
            seen.clear()
        if time.monotonic() - saved > 60:
            save(model, average, optimiser, spent, step)
            crops.refresh()
            saved = time.monotonic()
    save(model, average, optimiser, spent, step)


if __name__ == "__main__":
    main()
