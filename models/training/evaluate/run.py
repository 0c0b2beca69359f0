"""One command -> one table -> the card.

    python -m models.training.evaluate.run            # a few minutes on two cores

Writes models/packs/starter/video/figures.json and puts the table between the two marks of CARD.part.md.
"""
from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..dataset.cache_latents import encode, load_autoencoder, to_unit
from ..paths import HEIGHT, PACK_VIDEO, RUNS, SHARED, WIDTH
from ..upscaler.evaluate import figures as upscaler_figures
from . import measures
from .command import whole_command
from .probe import JUDGE, camera_probe, probes
from .speed import speed
from .spread import told

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
REAL_CLIPS = ("mdn_flower.mp4", "sam_02_cups.mp4", "intel_walk.mkv", "mdn_stream-of-water.mp4", "am_bbb_960x540_60fps_vp8.webm")


def psnr(made: Tensor, true: Tensor) -> float:
    return float(-10 * torch.log10(((made.clamp(-1, 1) - true) / 2).square().mean() + 1e-9))


def real_clip(file: Path, frames: int = 33) -> Tensor | None:
    """uint8 [F,144,256,3] of a clip's first second or two, at the pack's size; None where it is not here."""
    if not file.exists():
        return None
    made = subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-vf", f"scale={WIDTH}:{HEIGHT}:flags=area,fps=16", "-frames:v", str(frames),
                           "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=False).stdout
    data = np.frombuffer(made, np.uint8)
    count = len(data) // (WIDTH * HEIGHT * 3)
    count = 1 + (count - 1) // 4 * 4
    return torch.from_numpy(data[: count * WIDTH * HEIGHT * 3].reshape(count, HEIGHT, WIDTH, 3).copy()) if count > 4 else None


def encoder():
    """uint8 [F,144,256,3] -> raw latents [T,16,18,32]."""
    model = load_autoencoder()
    return lambda frames: encode(model, to_unit(torch.from_numpy(frames.copy())))[0]


@torch.no_grad()
def autoencoder_figures() -> dict[str, float]:
    model = load_autoencoder()
    renders = [torch.from_numpy(np.ascontiguousarray(clip)) for file in sorted((RUNS / "renders").glob("heldout_*.npy")) for clip in np.load(file, mmap_mode="r")[:20]]
    out = {"renders": float(np.mean([psnr(model.decode(model.encode(to_unit(clip))), to_unit(clip)) for clip in renders]))}
    real = [clip for name in REAL_CLIPS if (clip := real_clip(SHARED / "media" / name)) is not None]
    scores = [psnr(model.decode(model.encode(to_unit(clip))), to_unit(clip)) for clip in real]
    return {**out, "real": float(np.mean(scores)), "realLeast": float(np.min(scores)), "realCount": len(scores)}


def table(figures: dict) -> str:
    rows = ["| figure | value |", "|---|---|"]

    def add(what: str, value: str) -> None:
        rows.append(f"| {what} | {value} |")

    align = figures.get("alignment", {"model": {}})
    named = {"subject": "who (one of 60 names drawn by a seed, read off the place where the figure was planned)", "place": "place", "time": "time of day", "weather": "weather", "style": "style"}
    named = {name: what for name, what in named.items() if name in align["model"]}
    for name, what in named.items():
        m, c, f = align["model"][name], align["ceiling"][name], align["floor"][name]
        add(f"text alignment, {what}, pairs of name and place never trained on", f"{m:.2f} ({m / max(c, 1e-6):.2f} of what renders reach, {c:.2f}; shuffled prompts, the floor: {f:.2f})")
    m = figures.get("camera")
    if m:
        add("camera, nine moves with the still one", f"{m['model']:.2f} ({m['model'] / m['ceiling']:.2f} of what renders reach, {m['ceiling']:.2f}; a guess: {m['floor']:.2f})")
    m = figures.get("motion")
    if m:
        add("directed motion: the figure is at the path's end in frame 17, still itself, no longer where it began", f"{m['model']:.2f} (renders {m['ceiling']:.2f}; paths of other prompts, the floor: {m['floor']:.2f})")
    if "identity" in figures:
        add("identity: rank-1 among 100 reference drawings that no training saw", f"{figures['identity']:.2f}")
    i = figures.get("inpainting")
    if i:
        add("inpaint: largest error outside the mask, before encoding; gradient across its edge over nearby", f"{i['error']}; {told(i['boundary'])} ({i['flat']} flat ones left out)")
        add("inpaint: 'add a ...' followed, first guess of 60; among the first three", f"{i['followed']:.2f}; {i['followed3']:.2f}")
    if "seam" in figures:
        m = figures["seam"]
        add("windows: step where one begins or ends over the clip's median step", f"{told(m['joint'])} ({m['still']} of {m['clips']} clips stand still and are left out)")
        add("windows: the same at other borders of latents; of renders", f"{told(m['latents'])}; {told(m['true'])}")
    if "extension" in figures:
        e = figures["extension"]
        add("extend: step at the seam over the median step after it, frames (of the true continuation)", f"{told(e['frames'])} ({told(e['trueFrames'])}); {e['still']} of {e['clips']} stand still and are left out")
        add("extend: the same of latents; known frames' largest error", f"{told(e['latents'])} ({told(e['trueLatents'])}); {e['error']}")
    if "minute" in figures:
        u = figures["minute"]
        add("60 s in one request: alignment in the last 5 s over the first 5 s", f"{u['ratio']:.2f} ({u['last']:.2f} / {u['first']:.2f})")
    auto = figures["autoencoder"]
    add("autoencoder, PSNR on held-out renders", f"{auto['renders']:.1f} dB")
    add(f"autoencoder, PSNR on {auto['realCount']} real clips nobody trained on", f"{auto['real']:.1f} dB (worst {auto['realLeast']:.1f})")
    up = figures.get("upscaler")
    if up:
        add(f"upscaler over Lanczos, {up['rendersCount']} held-out renders", f"{up['gain']:+.2f} dB ({up['renders']:.1f} against {up['rendersLanczos']:.1f}; least {up['gainLeast']:+.1f})")
        if "real" in up:
            add(f"upscaler over Lanczos, {up['realCount']} frames of real clips nobody trained on", f"{up['realGain']:+.2f} dB (least {up['realGainLeast']:+.2f})")
        add("upscaler over Lanczos, from what the autoencoder makes of the same renders", f"{up['decodedGain']:+.2f} dB")
        add("upscaler's flicker: change from frame to frame where nothing changes, levels of 255 (Lanczos)", f"{up['still']:.2f} ({up['stillLanczos']:.2f})")
        add("upscaler's flicker over that of Lanczos: of the error; of what the autoencoder made, where nothing changes", f"{up['error']:.2f}; {up['decoded']:.2f}")
        add("upscaler, a frame: processor time on one thread; wall time on two, other work beside it", f"{up['milliseconds']:.0f} ms; {up['millisecondsTwo']:.0f} ms")
    s = figures.get("speed")
    if s:
        add("the same graphs and steps in PyTorch on the same threads, words to frames, time over ours (transformer; decoder)", f"{s['torchOverOurs']:.2f} ({s['transformerTorchOverOurs']:.2f}; {s['decoderTorchOverOurs']:.2f})")
        add("the transformer's GFLOP/s over the machine's best matrix product", f"{s['gflops'] / s['matmulGflops']:.2f} ({s['gflops']:.0f} / {s['matmulGflops']:.0f})")
    c = figures.get("command")
    if c:
        add("81 frames; 257 frames: the whole command, two idle cores", f"{c['81']['seconds']:.1f} s; {c['257']['seconds']:.1f} s")
        add("memory at its peak, all processes of the command, 81; 257 frames", f"{c['81']['bytes'] / 1e9:.2f}; {c['257']['bytes'] / 1e9:.2f} GB")
    add("largest difference to torch of any graph, root mean square over the output's spread", f"{max(figures['parity'].values()):.4f}")
    add("weights of the video half", f"{figures['bytes'] / 1e6:.1f} MB")
    return "\n".join(rows)


PARTS = ("alignment", "camera", "motion", "identity", "inpainting", "seam", "extension", "minute", "autoencoder", "upscaler", "speed", "command")
# Measured by the probes, or by ratios that an older judge took otherwise.
JUDGED = ("alignment", "motion", "inpainting", "seam", "extension", "minute")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--prompts", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--parts", default=",".join(PARTS), help="which figures to measure; the others stay as they were")
    options = parser.parse_args()
    torch.set_num_threads(1)
    family = json.loads((PACK_VIDEO / "family.json").read_text())
    whole, who = probes()
    store = PACK_VIDEO / "figures.json"
    figures = json.loads(store.read_text()) if store.exists() else {}
    if figures.get("judge") != JUDGE:  # an older judge's figures are not printed beside the new one's
        figures = {part: value for part, value in figures.items() if part not in JUDGED} | {"judge": JUDGE}
    work = {
        "alignment": lambda: measures.alignment(options.prompts, options.seeds, whole, who),
        "camera": lambda: measures.camera(4, camera_probe()),
        "motion": lambda: measures.motion(24, who),
        "identity": lambda: measures.identity(100),
        "inpainting": lambda: measures.inpainting(30, who),
        "seam": lambda: measures.seams(8, family["maxFrames"]),
        "extension": lambda: measures.extension(12, encoder()),
        "minute": lambda: measures.minute(2, whole, who),
        "autoencoder": autoencoder_figures,
        "upscaler": lambda: upscaler_figures(PACK_VIDEO / "upscaler.onnx"),
        "speed": lambda: speed(latents=9),
        "command": lambda: {str(frames): whole_command(frames) for frames in (81, 257)},
    }
    for part in options.parts.split(","):
        figures[part] = work[part]()
        print(part, figures[part], flush=True)
        store.write_text(json.dumps(figures, indent=1) + "\n")
    figures |= {"parity": json.loads((PACK_VIDEO / "parity.json").read_text()), "bytes": sum(file.stat().st_size for file in PACK_VIDEO.glob("*.onnx"))}
    figures = {key: figures[key] for key in ("judge", *PARTS, "parity", "bytes") if key in figures}
    store.write_text(json.dumps(figures, indent=1) + "\n")
    card = PACK_VIDEO / "CARD.part.md"
    made = table(figures)
    print(made)
    if card.exists() and BEGIN in card.read_text():
        before, rest = card.read_text().split(BEGIN, 1)
        card.write_text(before + BEGIN + "\n" + made + "\n" + END + rest.split(END, 1)[1])


if __name__ == "__main__":
    main()
