"""One command trains text encoder and transformer together; resumes from runs/transformer/last.pt, checkpoints every 90 s.

    python -m models.training.transformer.train --minutes 60 --workers 2

Pictures first (a fifth of the cost of a clip), then pictures and clips in turn; rates fall linearly over the last 65 % of the time.
The loss is the mean square error of the velocity, each channel weighted by how much of the picture it carries.
"""
from __future__ import annotations

import argparse
import os
import random
import time

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import Tensor

from ..dataset.cache_latents import load_autoencoder
from ..paths import RUNS
from ..text.model import TextEncoder
from .data import LatentSource
from .figures import coverage
from .model import TransformerConfig, VideoTransformer
from .optimiser import Optimiser

FOLDER = RUNS / "transformer"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--columns", type=int, default=8, help="patches in a row of the frame: 8 of 3x4 latents, or 16 of 3x2")
    parser.add_argument("--refiner", type=int, nargs=2, default=(48, 3), metavar=("WIDTH", "DEPTH"))
    parser.add_argument("--start-from", default="", help="a last.pt of another size or autoencoder: every tensor that fits is taken over")
    parser.add_argument("--images", type=int, default=16, help="pictures a step and worker")
    parser.add_argument("--clips", type=int, default=5, help="clips of three latents a step and worker; fewer when longer")
    parser.add_argument("--clip-from", type=float, default=0.5, help="share of the time after which clips join")
    parser.add_argument("--rate-matrix", type=float, default=0.02)
    parser.add_argument("--rate-rest", type=float, default=1.5e-3)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steady", type=float, default=0.6, help="weight of errors' change from latent to latent")
    parser.add_argument("--apart", type=int, default=8, help="steps between two averages of the workers")
    parser.add_argument("--restart-schedule", action="store_true")
    return parser.parse_args()


def draw_batch(source: LatentSource, pick: random.Random, fraction: float, options: argparse.Namespace) -> tuple[Tensor, ...]:
    clips_ready = len(source.buckets["clip"]) > 20
    if not clips_ready or fraction < options.clip_from or pick.random() < 0.35:
        return source.batch("image", options.images, 1)
    latents = pick.choices((2, 3, 5, 9), (0.15, 0.25, 0.30, 0.30))[0]
    return source.batch("clip", max(1, round(options.clips * 3 / latents)), latents)


def work(rank: int, options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    if options.workers > 1:
        os.setsid()  # Linux shares the processor by session (autogroup); in one session the workers would share one share
    if options.workers > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29511")
        distributed.init_process_group("gloo", rank=rank, world_size=options.workers)
    torch.manual_seed(0)
    last = FOLDER / "last.pt"
    state = torch.load(last, map_location=options.device) if last.exists() else None
    start = torch.load(options.start_from, map_location=options.device) if options.start_from and state is None else None
    text = TextEncoder().to(options.device)
    model = VideoTransformer(TransformerConfig(**state["config"]) if state else fresh_config(options)).to(options.device)
    optimiser = Optimiser([text, model], model.blocks, options.rate_matrix, options.rate_rest, options.workers)
    step, spent, ema = 0, 0.0, None
    if state:
        text.load_state_dict(state["text"])
        model.load_state_dict(state["model"])
        optimiser.load(state["optimiser"])
        step, spent, ema = state["step"], 0.0 if options.restart_schedule else state["spent"], state["ema"]
    elif start:
        take_over(text, start["text"])
        take_over(model, start["model"])
    seed = 1000 * step + rank + 1
    source = LatentSource(seed, *(() if state is None else (state["mean"], state["std"])))
    pick = random.Random(step)  # the same in every worker: they draw the same kinds of batches, not the same batches
    generator = torch.Generator().manual_seed(seed)
    parameters = [*text.parameters(), *model.parameters()]
    if ema is None:
        ema = [p.detach().clone() for p in parameters]
    weight = channel_weight(source.std).to(options.device)
    if rank == 0:
        count = sum(p.numel() for p in model.parameters()) / 1e6
        print(f"{count:.1f}M parameters, " + ", ".join(f"{k} {len(v)}" for k, v in source.buckets.items()), flush=True)

    budget, saved, log = options.minutes * 60, time.monotonic(), []
    samples = 0
    while spent < budget or step % options.apart:
        tick = time.monotonic()
        fraction = spent / budget
        factor = min(1.0, (step + 1) / 40) * min(1.0, (1 - fraction) / 0.65 + 0.01)
        targets, control, figures, ids = (t.to(options.device) for t in draw_batch(source, pick, fraction, options))
        batch = targets.shape[0]
        samples += batch * targets.shape[2] * options.workers
        sigma = draw_sigma(batch, generator).to(options.device)
        noise = shared_noise(targets.shape, pick.choice((0.8, 1.0, 1.0, 1.0)), generator).to(options.device)
        mixed = (1 - sigma[:, None, None, None, None]) * targets + sigma[:, None, None, None, None] * noise
        model.train()
        with torch.autocast(options.device, dtype=torch.bfloat16):
            words = text(ids, (ids != 0).long())
            scales = torch.ones(2, device=options.device)
            made = model(mixed, sigma * 1000, sigma * 1000, torch.ones(batch, device=options.device), words, control, scales, figures)
        # What figures cover is an eighth of the picture and most of what is looked at.
        stress = weight * (1 + 2 * coverage(figures))
        error = made - (noise - targets)
        loss = (error.square() * stress).sum() / stress.expand_as(targets).sum()
        if targets.shape[2] > 1:
            # What is wrong by the same in every latent is a soft picture; what is wrong by another amount in each is one that twitches.
            loss = loss + options.steady * ((error[:, :, 1:] - error[:, :, :-1]).square() * stress[:, :, 1:]).sum() / stress[:, :, 1:].expand_as(error[:, :, 1:]).sum()
        loss.backward()
        norm = optimiser.step(factor)
        step += 1
        elapsed = time.monotonic() - tick
        spent += elapsed
        if options.workers > 1 and step % options.apart == 0:
            optimiser.average()
            clock = torch.tensor([spent])  # one clock, or the workers would part at the end
            distributed.broadcast(clock, 0)
            spent = float(clock)
        if step % options.apart == 0:
            decay = min(0.95, (step + 1) / (step + 3 * options.apart))
            with torch.no_grad():
                torch._foreach_lerp_(ema, parameters, 1 - decay)
        log.append((loss.item(), targets.shape[2]))
        if step % 40 == 0:
            source.refresh()
            if rank == 0:
                parts = []
                for length in sorted({entry[1] for entry in log}):
                    values = [entry[0] for entry in log if entry[1] == length]
                    parts.append(f"T{length} {sum(values) / len(values):.4f} ({len(values)})")
                print(f"step {step} {spent:.0f}s norm {norm:.2f} seen {samples} " + " ".join(parts), flush=True)
                log.clear()
        if rank == 0 and step % options.apart == 0 and (time.monotonic() - saved > 90 or spent >= budget):
            torch.save({"text": text.state_dict(), "model": model.state_dict(), "optimiser": optimiser.state(), "ema": ema, "config": model.config_dict(),
                        "mean": source.mean, "std": source.std, "step": step, "spent": spent}, FOLDER / "part.pt")
            (FOLDER / "part.pt").replace(last)
            saved = time.monotonic()
    if rank == 0:
        print("done", step, flush=True)


def draw_sigma(count: int, generator: torch.Generator) -> Tensor:
    """f32[count] in 0..1: logit-normal, and a fifth near 1, where a clip begins: a model that is seldom asked there goes by what the
    noise happens to look like, and not by the words."""
    usual = torch.sigmoid(torch.randn(count, generator=generator) + 0.3)
    early = 0.88 + 0.12 * torch.rand(count, generator=generator)
    return torch.where(torch.rand(count, generator=generator) < 0.2, early, usual)


def shared_noise(shape: torch.Size, share: float, generator: torch.Generator) -> Tensor:
    """f32[B,C,T,h,w], standard normal. Of its variance `share` is the same in every latent frame: what the model leaves of the
    noise then stands still, instead of flickering with every latent (as PYoCo's mixed noise, Ge et al. 2023)."""
    own = torch.randn(shape, generator=generator)
    common = torch.randn((*shape[:2], 1, *shape[3:]), generator=generator)
    return share**0.5 * common + (1 - share) ** 0.5 * own


def fresh_config(options: argparse.Namespace) -> TransformerConfig:
    width, depth = options.refiner
    return TransformerConfig(width=options.width, layers=options.layers, heads=options.width // 32, columns=options.columns, refiner_width=width, refiner_depth=depth)


def take_over(module: torch.nn.Module, trained: dict[str, Tensor]) -> None:
    """Copies each tensor of `trained` whose name and shape `module` has; the others keep their fresh start."""
    own = module.state_dict()
    for wider in ("refiner.first.weight", "figure_in.weight", "figure_fine.weight", "token.weight", "place"):  # more channels in, more words: the old ones keep their weights
        if wider in trained and wider in own and own[wider].shape != trained[wider].shape:
            grown = own[wider].clone() if wider in ("token.weight", "place") else torch.zeros_like(own[wider])
            grown[tuple(slice(size) for size in trained[wider].shape)] = trained[wider]
            trained = {**trained, wider: grown}
    fitting = {name: value for name, value in trained.items() if (own := module.state_dict().get(name)) is not None and own.shape == value.shape}
    module.load_state_dict(fitting, strict=False)


def channel_weight(std: Tensor) -> Tensor:
    """f32[1,16,1,1,1], mean near 1: what a channel carries to the picture (the decoder's linear map times the channel's deviation), its root, so
    that faint detail does not drown the picture and the picture does not drown the detail."""
    linear = load_autoencoder().decoder.linear.weight[:, :, 0, 0]
    carried = linear.norm(dim=0).cpu() * std.cpu()
    return (carried / carried.mean()).sqrt()[None, :, None, None, None]


def main() -> None:
    options = parse()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if options.workers == 1:
        work(0, options)
    else:
        multiprocessing.spawn(work, (options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
