"""Clips by the shipped pipeline (makeClips.mjs), and rendered scenes in the same shape, to be measured side by side."""
from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..paths import HEIGHT, PACK_VIDEO, REPOSITORY, WIDTH
from ..world.render import layout, render
from ..world.scene import Scene


@dataclass
class Clip:
    frames: np.ndarray  # uint8 [F,144,256,3]
    boxes: list[list[list[float] | None]]  # per figure, in the order they were said, per frame: x0 y0 x1 y1 in pixels
    seconds: float = 0.0
    rewritten: str = ""


def make(jobs: list[dict], pack: Path = PACK_VIDEO.parent) -> dict[str, Clip]:
    """jobs as in makeClips.mjs; `known`, `mask` and `references` may be arrays, uint8 [F,H,W,3], [F,H,W] and a list of [H,W,3]."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = [{key: _file(folder, f"{job['name']}_{key}", value) if key in ("known", "mask") and value is not None
                    else [_file(folder, f"{job['name']}_ref{i}", picture[None]) for i, picture in enumerate(value)] if key == "references" else value
                    for key, value in job.items()} for job in jobs]
        (folder / "jobs.json").write_text(json.dumps(written))
        subprocess.run(["node", str(Path(__file__).parent / "makeClips.mjs"), str(pack), str(folder / "jobs.json"), str(folder / "out")], cwd=REPOSITORY, check=True,
                       stdout=subprocess.DEVNULL)
        out = {}
        for clip in json.loads((folder / "out" / "clips.json").read_text()):
            frames = np.fromfile(folder / "out" / f"{clip['name']}.rgb", np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
            boxes = [entry["boxes"] for entry in sorted(clip["figures"], key=lambda entry: entry["said"])]
            out[clip["name"]] = Clip(frames, boxes, clip["seconds"], clip["rewritten"])
        return out


def _file(folder: Path, name: str, data: np.ndarray) -> dict:
    path = folder / f"{name}.raw"
    np.ascontiguousarray(data).tofile(path)
    return {"path": str(path), "frameCount": data.shape[0], "width": data.shape[2], "height": data.shape[1]}


def rendered(scene: Scene, frames: int) -> Clip:
    """The renderer's own clip of a scene, boxes of its first actor only."""
    placed, order = layout(scene, frames)
    slot = order.index(scene.actors[0])
    boxes = [box_of(placed[0 if frame == 0 else (frame + 3) // 4, slot, 0 if frame % 4 == 1 else 1]) for frame in range(frames)]
    return Clip(render(scene, frames).frames.numpy(), [boxes])


def box_of(placement: Tensor) -> list[float]:
    """Where a figure's square falls on the frame, in pixels (world/render.layout)."""
    _, a, b, c, d, e, f = placement[:7].tolist()
    det = a * e - b * d
    xs = [((u - c) * e - (v - f) * b) / det for u in (-1, 1) for v in (-1, 1)]
    ys = [((v - f) * a - (u - c) * d) / det for u in (-1, 1) for v in (-1, 1)]
    return [(min(xs) + 1) / 2 * WIDTH, (min(ys) + 1) / 2 * HEIGHT, (max(xs) + 1) / 2 * WIDTH, (max(ys) + 1) / 2 * HEIGHT]


def crop(frame: np.ndarray, box: list[float] | None, side: int = 32) -> Tensor:
    """The part of a frame in a box, f32[3,side,side] in 0..1; grey where the box leaves the frame."""
    if box is None:
        return torch.full((3, side, side), 0.5)
    x0, y0, x1, y1 = box
    u = (torch.arange(side) + 0.5) / side
    gx, gy = (x0 + u * (x1 - x0)) / WIDTH * 2 - 1, (y0 + u * (y1 - y0)) / HEIGHT * 2 - 1
    grid = torch.stack(torch.meshgrid(gy, gx, indexing="ij")[::-1], dim=-1)[None]
    picture = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float() / 255 - 0.5
    # A box larger than the crop is averaged, not skipped over.
    shrink = max(1, round(min(x1 - x0, y1 - y0) / side))
    if shrink > 1:
        picture = torch.nn.functional.avg_pool2d(picture, shrink, ceil_mode=True)
    return torch.nn.functional.grid_sample(picture, grid, align_corners=False)[0] + 0.5
