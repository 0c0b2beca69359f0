"""The shipped upscaler on held-out renders and on real clips, against Lanczos: decibels, flicker, milliseconds.

    python -m models.training.upscaler.evaluate [--graph models/packs/starter/video/upscaler.onnx] [--sheet sheet.png]

Needs the held-out shards of data.py. Prints one JSON object:
    renders, rendersLanczos    dB, mean of the held-out pictures' PSNR; gain = their difference, gainLeast that of the worst picture
    real, realLanczos, ...     the same on real clips that are at least 1024 px wide
    decodedGain                dB over Lanczos from what the autoencoder made of the same pictures
    still                      levels of 255: mean change from frame to frame where the truth does not change; stillLanczos beside it
    moving                     mean change from frame to frame over the truth's: 1 = neither smeared nor flickering
    error                      mean change of the error from frame to frame over that of Lanczos: below 1 = steadier
    decoded                    the same change over that of Lanczos where the truth stands still, of what the decoder made: 1 = no flicker added
    milliseconds               of processor time a frame, one thread, least of several; millisecondsTwo: wall time on two
"""
from __future__ import annotations

import argparse
import json
import subprocess
import time
from pathlib import Path

import numpy as np
from PIL import Image

from ...export.quiet_onnxruntime import onnxruntime
from ..paths import PACK_VIDEO, RUNS, SHARED

SCALE, WIDTH, HEIGHT = 4, 256, 144
DATA = RUNS / "upscaler" / "data"
REAL_CLIPS = ("sam_02_cups.mp4", "am_bbb_2500ms.ts", "mb_video-h265.mp4", "am_sample_edit_list.mp4")
STILL_LEVELS = 1  # of 255, over the whole clip


def session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def upscaled(graph: onnxruntime.InferenceSession, low: np.ndarray) -> np.ndarray:
    """uint8 [N,144,256,3] -> uint8 [N,576,1024,3], frame by frame as the pipeline does it."""
    out = []
    for frame in low:
        given = (frame.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
        made = graph.run(None, {"frame": given})[0][0].transpose(1, 2, 0)
        out.append(np.clip((made + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8))
    return np.stack(out)


def lanczos(low: np.ndarray) -> np.ndarray:
    return np.stack([np.asarray(Image.fromarray(frame).resize((SCALE * WIDTH, SCALE * HEIGHT), Image.Resampling.LANCZOS)) for frame in low])


def psnr(made: np.ndarray, true: np.ndarray) -> np.ndarray:
    """dB of each picture, f64[N]."""
    square = ((made.astype(np.float32) - true) ** 2).mean((1, 2, 3))
    return -10 * np.log10(square / 255**2 + 1e-10)


def box_filtered(high: np.ndarray) -> np.ndarray:
    n = len(high)
    return (high.reshape(n, HEIGHT, SCALE, WIDTH, SCALE, 3).astype(np.float32).mean((2, 4)) + 0.5).astype(np.uint8)


def held_out(kind: str) -> list[dict[str, np.ndarray]]:
    files = sorted(DATA.glob(f"heldout_{kind}_*.npz"))
    if not files:
        raise SystemExit(f"No held-out {kind}s in {DATA}: see models/training/upscaler/data.py.")
    return [dict(np.load(file)) for file in files]


def real_frames(file: Path, count: int = 4) -> np.ndarray | None:
    """uint8 [N,576,1024,3], one every second; None where the clip is not here."""
    if not file.exists():
        return None
    made = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-vf", f"fps=1,scale={SCALE * WIDTH}:{SCALE * HEIGHT}:flags=area", "-frames:v", str(count),
                           "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=False).stdout
    frames = np.frombuffer(made, np.uint8)
    size = SCALE * WIDTH * SCALE * HEIGHT * 3
    return frames[: len(frames) // size * size].reshape(-1, SCALE * HEIGHT, SCALE * WIDTH, 3) if len(frames) >= size else None


def change(frames: np.ndarray, where: np.ndarray | None = None) -> float:
    """Mean absolute change from frame to frame, levels; `where` bool [H,W]."""
    total, count = 0.0, 0
    for before, after in zip(frames[:-1], frames[1:]):
        off = np.abs(after.astype(np.float32) - before)
        total, count = total + float((off if where is None else off[where]).mean()), count + 1
    return total / count


def flicker(graph: onnxruntime.InferenceSession) -> dict[str, float]:
    rows: dict[str, list[float]] = {name: [] for name in ("still", "stillLanczos", "moving", "error", "decoded")}
    for clip in held_out("clip"):
        high, ours, plain = clip["high"], upscaled(graph, clip["low"]), lanczos(clip["low"])
        rows["moving"].append(change(ours) / change(high))
        rows["error"].append(change(ours.astype(np.int16) - high) / change(plain.astype(np.int16) - high))
        still = (high.max(0).astype(np.int16) - high.min(0)).max(-1) <= STILL_LEVELS
        if still.mean() > 0.1:
            rows["still"].append(change(ours, still))
            rows["stillLanczos"].append(change(plain, still))
            rows["decoded"].append(change(upscaled(graph, clip["decoded"]), still) / change(lanczos(clip["decoded"]), still))
    return {name: float(np.mean(values)) for name, values in rows.items() if values}


def speed(graph: Path) -> dict[str, float]:
    feeds = {"frame": np.random.default_rng(0).uniform(-1, 1, (1, 3, HEIGHT, WIDTH)).astype(np.float32)}
    best = {}
    for threads, name, clock in ((1, "milliseconds", time.process_time), (2, "millisecondsTwo", time.perf_counter)):
        run = session(graph, threads)
        run.run(None, feeds)
        times = []
        for _ in range(20):
            began = clock()
            run.run(None, feeds)
            times.append(clock() - began)
        best[name] = 1000 * min(times)
    return best


def figures(path: Path) -> dict[str, float]:
    graph = session(path, 1)
    out: dict[str, float] = {}
    pictures = held_out("picture")
    real = [frames for name in REAL_CLIPS if (frames := real_frames(SHARED / "media" / name)) is not None]
    for name, cases in (("renders", [(shard["high"], shard["low"]) for shard in pictures]), ("real", [(frames, box_filtered(frames)) for frames in real])):
        if not cases:
            continue
        ours = np.concatenate([psnr(upscaled(graph, low), high) for high, low in cases])
        plain = np.concatenate([psnr(lanczos(low), high) for high, low in cases])
        lead = "gain" if name == "renders" else "realGain"
        out |= {name: float(ours.mean()), f"{name}Lanczos": float(plain.mean()), lead: float((ours - plain).mean()), f"{lead}Least": float((ours - plain).min()), f"{name}Count": len(ours)}
    decoded = [psnr(upscaled(graph, shard["decoded"]), shard["high"]) - psnr(lanczos(shard["decoded"]), shard["high"]) for shard in pictures]
    return {**out, "decodedGain": float(np.concatenate(decoded).mean()), **flicker(graph), **speed(path)}


def sheet(path: Path, file: Path) -> None:
    """Parts of held-out pictures at their own size: Lanczos, ours, the truth; below the same from what the decoder made."""
    graph, rows = session(path, 1), []
    for shard in held_out("picture")[:2]:
        for index in (0, 3):
            for kind in ("low", "decoded"):
                low, high = shard[kind][index : index + 1], shard["high"][index : index + 1]
                columns = [picture[0][150:450, 320:720] for picture in (lanczos(low), upscaled(graph, low), high)]
                rows.append(np.concatenate(columns, axis=1))
    Image.fromarray(np.concatenate(rows)).save(file)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--graph", type=Path, default=PACK_VIDEO / "upscaler.onnx")
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    if options.sheet:
        sheet(options.graph, options.sheet)
    print(json.dumps({name: round(value, 4) for name, value in figures(options.graph).items()}))


if __name__ == "__main__":
    main()
