"""The upscaler's checkpoint -> models/packs/starter/video/upscaler.onnx, its parity in parity.json, its name in family.json.

    python -m models.export.export_upscaler [--out FOLDER] [--unnamed]
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from ..training.paths import HEIGHT, PACK_VIDEO, WIDTH
from ..training.upscaler.train import load
from .export_video import export

GRAPH = "upscaler.onnx"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=PACK_VIDEO)
    parser.add_argument("--unnamed", action="store_true", help="family.json stays as it is: the graph lies there, and nothing uses it yet")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    frame = torch.nn.functional.interpolate(torch.rand(1, 3, HEIGHT // 8, WIDTH // 8), size=(HEIGHT, WIDTH), mode="bicubic") * 2 - 1
    parity = export(load(), (frame,), options.out / GRAPH, ["frame"], ["picture"], "fp16")
    report = options.out / "parity.json"
    known = json.loads(report.read_text()) if report.exists() else {}
    report.write_text(json.dumps({**known, "upscaler": round(parity, 6)}, indent=1) + "\n")
    family_file = options.out / "family.json"
    if not options.unnamed and family_file.exists():
        family = json.loads(family_file.read_text())
        family["graphs"]["upscaler"] = f"video/{GRAPH}"
        family_file.write_text(json.dumps(family, indent=1) + "\n")


if __name__ == "__main__":
    main()
