"""Attribute probes, trained on renders as they are; the generator never sees them, and they are not suited to its faults.

What they read from real renders of held-out combinations is the ceiling, what they read when the prompts are shuffled is the floor.
`Probe` reads place, time, weather and style off a whole frame, a quarter as wide and high; `SubjectProbe` says which of `NAMES` fills a crop;
`CameraProbe` what the camera does, off five frames of a second.
"""
from __future__ import annotations

import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

from ..paths import RUNS
from ..world.scene import Scene, sample_scene
from ..world.vocab import BACKGROUNDS, CAMERAS, STYLES, SUBJECT_BY_NAME, TIMES, WEATHERS

# Of the probes and the names they know: figures of another judge are not compared with these.
JUDGE = 2
# Drawn by a seed from all names, so that nobody chooses the easy ones; 60, so that a guess is right once in sixty.
NAMES = tuple(random.Random(20261130).sample(sorted(SUBJECT_BY_NAME), 60))
PLACE_NAMES = [background.name for background in BACKGROUNDS]
TIME_NAMES = list(TIMES)
STYLE_NAMES = list(STYLES)
WEATHER_NAMES = list(WEATHERS)
CAMERA_NAMES = list(CAMERAS)
CAMERA_FRAMES = (0, 4, 8, 12, 16)
HEADS = {"place": len(PLACE_NAMES), "time": len(TIME_NAMES), "style": len(STYLE_NAMES), "weather": len(WEATHER_NAMES)}


def labels(scene: Scene) -> dict[str, int]:
    return {"place": PLACE_NAMES.index(scene.background), "time": TIME_NAMES.index(scene.time) if scene.time else -1, "style": STYLE_NAMES.index(scene.style),
            "weather": WEATHER_NAMES.index(scene.weather) if scene.time else -1}


class Probe(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 40, 3, padding=1), nn.GELU(), nn.Conv2d(40, 64, 3, stride=2, padding=1), nn.GELU(),
                                  nn.Conv2d(64, 96, 3, stride=2, padding=1), nn.GELU(), nn.Conv2d(96, 96, 3, padding=1), nn.GELU())
        self.heads = nn.ModuleDict({name: nn.Linear(192, count) for name, count in HEADS.items()})

    def forward(self, small: Tensor) -> dict[str, Tensor]:
        """f32 [N,3,36,64] in 0..1 -> logits by attribute."""
        x = self.body((small - 0.5) * 4)
        x = torch.cat([x.mean((2, 3)), x.amax((2, 3))], dim=1)
        return {name: head(x) for name, head in self.heads.items()}


class SubjectProbe(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 32, 3, padding=1), nn.GELU(), nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.GELU(),
                                  nn.Conv2d(64, 96, 3, stride=2, padding=1), nn.GELU(), nn.Conv2d(96, 128, 3, stride=2, padding=1), nn.GELU())
        self.head = nn.Linear(128 * 16, len(NAMES))

    def forward(self, crops: Tensor) -> Tensor:
        """f32 [N,3,32,32] in 0..1 -> logits over NAMES."""
        return self.head(self.body((crops - 0.5) * 4).flatten(1))


class CameraProbe(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(len(CAMERA_FRAMES), 32, 5, padding=2), nn.GELU(), nn.Conv2d(32, 48, 5, stride=2, padding=2), nn.GELU(),
                                  nn.Conv2d(48, 64, 3, stride=2, padding=1), nn.GELU(), nn.Conv2d(64, 96, 3, stride=2, padding=1), nn.GELU())
        self.head = nn.Linear(96 * 9 * 16, len(CAMERA_NAMES))

    def forward(self, grey: Tensor) -> Tensor:
        """f32 [N,5,72,128] in 0..1 -> logits over CAMERA_NAMES. What stays the same is taken out: only the change tells."""
        change = torch.cat([grey[:, :1] - grey.mean((1, 2, 3), keepdim=True), (grey[:, 1:] - grey[:, :-1]) * 4], dim=1)
        return self.head(self.body(change).flatten(1))


def whole_input(frames) -> Tensor:
    """uint8 [N,144,256,3] -> f32 [N,3,36,64]. Pixels, not latents: probes stay what they are when an autoencoder is trained anew."""
    return torch.cat([F.avg_pool2d(torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float() / 255, 4) for frame in frames])


def camera_input(frames) -> Tensor:
    """uint8 [5,144,256,3] -> f32 [5,72,128]."""
    return F.avg_pool2d(torch.from_numpy(frames.copy()).float().mean(3)[:, None] / 255, 2)[:, 0]


def camera_probe(count: int = 1500) -> CameraProbe:
    """Trained once on fresh renders and kept in runs/evaluate."""
    from dataclasses import replace

    from ..world.render import render

    file, model = RUNS / "evaluate" / "camera.pt", CameraProbe()
    if file.exists():
        model.load_state_dict(torch.load(file))
        return model.eval()
    pick, inputs, wanted = random.Random(321), [], []
    for index in range(count):
        scene = replace(sample_scene(pick), camera=CAMERA_NAMES[index % len(CAMERA_NAMES)])
        inputs.append(camera_input(render(scene, len(CAMERA_FRAMES), fps=4).frames.numpy()))
        wanted.append(index % len(CAMERA_NAMES))
    target = torch.tensor(wanted)
    fit(model, torch.stack(inputs), lambda made, rows: F.cross_entropy(made, target[rows], label_smoothing=0.05), 12, lambda x: x + torch.randn_like(x) * 0.01)
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), file)
    return model


def fit(model: nn.Module, inputs: Tensor, loss_of, epochs: int, roughen) -> nn.Module:
    torch.manual_seed(0)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.03)
    order, steps, done = list(range(len(inputs))), epochs * (len(inputs) // 64), 0
    for epoch in range(epochs):
        random.Random(epoch).shuffle(order)
        for first in range(0, len(order) - 63, 64):
            rows = order[first : first + 64]
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * (1 - done / steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model(roughen(inputs[rows])), rows)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
    return model.eval()


def probes(count: int = 5000) -> tuple[Probe, SubjectProbe]:
    """Both, trained once on fresh renders and kept in runs/evaluate."""
    from .clips import crop, rendered

    file = RUNS / "evaluate" / f"probes_{JUDGE}.pt"
    whole, who = Probe(), SubjectProbe()
    if file.exists():
        state = torch.load(file)
        whole.load_state_dict(state["whole"])
        who.load_state_dict(state["who"])
        return whole.eval(), who.eval()
    from dataclasses import replace

    pick = random.Random(123)
    crops, frames, wanted, names = [], [], [], []
    for index in range(count):
        scene = sample_scene(pick)
        if index % 3:
            actor = replace(scene.actors[0], subject=NAMES[index % len(NAMES)])
            scene = replace(scene, actors=(actor,), style="storybook" if index % 5 else scene.style)
        clip = rendered(scene, 1)
        frames.append(whole_input(clip.frames))
        wanted.append(labels(scene))
        if scene.actors[0].subject in NAMES:
            box = clip.boxes[0][0]
            w, h = box[2] - box[0], box[3] - box[1]
            for _ in range(2):
                shift = [pick.uniform(-0.08, 0.08) * side for side in (w, h, w, h)]
                crops.append(crop(clip.frames[0], [value + move for value, move in zip(box, shift)]))
                names.append(NAMES.index(scene.actors[0].subject))
    target = torch.tensor(names)

    def whole_loss(made: dict[str, Tensor], rows: list[int]) -> Tensor:
        return sum(F.cross_entropy(made[name], torch.tensor([wanted[row][name] for row in rows]), ignore_index=-1, label_smoothing=0.05) for name in HEADS)

    # No blur: a picture that comes out soft is to be judged as what it is.
    fit(whole, torch.cat(frames), whole_loss, 12, lambda x: x * (0.9 + 0.2 * torch.rand(len(x), 1, 1, 1)) + torch.randn_like(x) * 0.02)
    fit(who, torch.stack(crops), lambda made, rows: F.cross_entropy(made, target[rows], label_smoothing=0.05), 14,
        lambda x: x * (0.85 + 0.3 * torch.rand(len(x), 1, 1, 1)) + torch.randn_like(x) * 0.03)
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"whole": whole.state_dict(), "who": who.state_dict()}, file)
    return whole, who
