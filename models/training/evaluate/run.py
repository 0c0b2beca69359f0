"""One command -> one table -> the card.

    python -m models.training.evaluate.run            # a few minutes on two cores

Writes models/packs/starter/video/figures.json and puts the table between the two marks of CARD.part.md.
"""
from __future__ import annotations

import argparse
import json
import random
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from ..dataset.cache_latents import encode, load_autoencoder, to_unit
from ..paths import HEIGHT, PACK_VIDEO, RUNS, SHARED, WIDTH
from ..text import tokenizer as tokens
from ..transformer.data import LatentSource
from ..transformer.sample import generate, load
from ..world.captions import caption
from ..world.render import render
from ..world.scene import sample_scene
from ..world.vocab import TRAINED_SUBJECTS
from . import probe as probes

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


@torch.no_grad()
def autoencoder_figures() -> dict[str, float]:
    model = load_autoencoder()
    renders = [torch.from_numpy(np.ascontiguousarray(clip)) for file in sorted((RUNS / "renders").glob("heldout_*.npy")) for clip in np.load(file, mmap_mode="r")[:20]]
    out = {"renders": float(np.mean([psnr(model.decode(model.encode(to_unit(clip))), to_unit(clip)) for clip in renders]))}
    real = [clip for name in REAL_CLIPS if (clip := real_clip(SHARED / "media" / name)) is not None]
    scores = [psnr(model.decode(model.encode(to_unit(clip))), to_unit(clip)) for clip in real]
    return {**out, "real": float(np.mean(scores)), "realLeast": float(np.min(scores)), "realCount": len(scores)}


def held_out_scenes(count: int, seed: int) -> list:
    """Single trained subjects on backgrounds they were never trained with, storybook style."""
    pick = random.Random(seed)
    scenes = []
    while len(scenes) < count:
        scene = sample_scene(pick, held_out=True)
        actor = replace(scene.actors[0], place="middle", x=0.0, size="big" if pick.random() < 0.4 else "normal")
        if actor.subject in TRAINED_SUBJECTS:
            scenes.append(replace(scene, actors=(actor,), style="storybook", camera="still"))
    return scenes


def trained_probe(state: dict) -> probes.Probe:
    """Trained once on the cached renders, kept in runs/evaluate."""
    file = RUNS / "evaluate" / "probe.pt"
    if file.exists():
        probe = probes.Probe()
        probe.load_state_dict(torch.load(file))
        return probe.eval()
    source = LatentSource(0, state["mean"], state["std"])
    tokenizer = tokens.load()
    entries = [entry for entry in source.buckets["image"] + source.buckets["clip"] if entry["kind"] in ("generate", "patch", "first", "ends", "extend", "before")]
    latents, wanted = [], []
    for entry in entries:
        said = probes.labels([tokenizer.decode([i for i in row if i > 2]) for row in entry["ids"].tolist()])
        for index in range(0, entry["target"].shape[0], 2):
            latents.append(source.normal(entry["target"][index]))
            wanted.append(said)
    latents = torch.stack(latents)
    probe = probes.train(latents, wanted)
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save(probe.state_dict(), file)
    return probe


def held_out_prompts(count: int) -> tuple[list[str], list[dict[str, int]], list]:
    """(prompts, what they ask for, their scenes). Each attribute is named: a caption that leaves it out cannot be followed."""
    scenes, pick = held_out_scenes(count, 5), random.Random(11)
    prompts, asked = [], []
    for scene in scenes:
        wanted = {"subject": probes.SUBJECT_NAMES.index(scene.actors[0].subject), "background": probes.BACKGROUND_NAMES.index(scene.background),
                  "time": probes.TIME_NAMES.index(scene.time) if scene.time else -1}
        prompt = caption(scene, pick)
        while any(probes.labels([prompt])[name] != value for name, value in wanted.items()):
            prompt = caption(scene, pick)
        prompts.append(prompt)
        asked.append(wanted)
    return prompts, asked, scenes


def text_alignment(count: int, seeds: int, guidance: float, steps: int, shift: float) -> dict[str, dict[str, float]]:
    text, model, state = load()
    source = LatentSource.bare(state["mean"], state["std"])
    tokenizer = tokens.load()
    probe = trained_probe(state)
    autoencoder = load_autoencoder()
    prompts, asked, scenes = held_out_prompts(count)
    real = torch.stack([source.normal(encode(autoencoder, to_unit(render(scene, 1).frames))[0, 0]) for scene in scenes])
    result = {"ceiling": probes.share_right(probe, real, asked)}
    ids = torch.tensor([tokens.encode(tokenizer, prompt) for prompt in prompts])
    grey = source.grey[:1]
    control = torch.cat([grey, grey, torch.ones(1, 64, 18, 32)], 1).transpose(0, 1)[None].expand(count, -1, -1, -1, -1)
    runs = [probes.share_right(probe, generate(text, model, ids, control, steps, shift, guidance, seed)[:, :, 0], asked) for seed in range(seeds)]
    result["model"] = {name: float(np.mean([run[name] for run in runs])) for name in probes.HEADS}
    shuffled = asked[count // 2 :] + asked[: count // 2]
    made = generate(text, model, ids, control, steps, shift, guidance, 0)[:, :, 0]
    result["floor"] = probes.share_right(probe, made, shuffled)
    return result


def times() -> dict[str, float]:
    """Seconds a run of each shipped graph takes here, on two threads, best of three."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    out = {}
    for name in ("transformer", "encoder_step", "decoder_step"):
        session = onnxruntime.InferenceSession(str(PACK_VIDEO / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
        feeds = {entry.name: np.zeros([5 if isinstance(d, str) else d for d in entry.shape], np.float32) for entry in session.get_inputs()}
        best = 1e9
        for _ in range(3):
            began = time.perf_counter()
            session.run(None, feeds)
            best = min(best, time.perf_counter() - began)
        out[name] = best
    return out


def table(figures: dict) -> str:
    align, auto, seconds, parity = figures["alignment"], figures["autoencoder"], figures["seconds"], figures["parity"]
    rows = ["| figure | value |", "|---|---|"]
    for name in probes.HEADS:
        m, c, f = align["model"][name], align["ceiling"][name], align["floor"][name]
        rows.append(f"| text alignment, {name}, combinations never trained on | {m:.2f} (renders, the ceiling: {c:.2f}; shuffled prompts, the floor: {f:.2f}) |")
    rows.append(f"| autoencoder, PSNR on held-out renders | {auto['renders']:.1f} dB |")
    rows.append(f"| autoencoder, PSNR on {auto['realCount']} real clips nobody trained on | {auto['real']:.1f} dB (worst {auto['realLeast']:.1f}) |")
    rows.append(f"| one transformer run over 17 frames; one decoder step of 4 frames; on the machine that wrote this, with other work on it | {seconds['transformer']:.2f} s; {seconds['decoder_step']:.2f} s |")
    rows.append("| largest difference to torch of any graph, root mean square over the output's spread | " + f"{max(parity.values()):.4f} |")
    rows.append(f"| weights of the video half | {figures['bytes'] / 1e6:.1f} MB |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--prompts", type=int, default=72)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    family = json.loads((PACK_VIDEO / "family.json").read_text())
    scheduler = family["scheduler"]
    figures = {
        "alignment": text_alignment(options.prompts, options.seeds, scheduler["defaultGuidance"], scheduler["defaultSteps"], scheduler["shift"]),
        "autoencoder": autoencoder_figures(),
        "seconds": times(),
        "parity": json.loads((PACK_VIDEO / "parity.json").read_text()),
        "bytes": sum(file.stat().st_size for file in PACK_VIDEO.glob("*.onnx")),
    }
    (PACK_VIDEO / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    card = PACK_VIDEO / "CARD.part.md"
    made = table(figures)
    print(made)
    if card.exists() and BEGIN in card.read_text():
        before, rest = card.read_text().split(BEGIN, 1)
        card.write_text(before + BEGIN + "\n" + made + "\n" + END + rest.split(END, 1)[1])


if __name__ == "__main__":
    main()
