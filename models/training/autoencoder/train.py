"""One command trains the autoencoder: resumes from runs/autoencoder/last.pt, checkpoints every minute, stops at --minutes.

    python -m models.training.autoencoder.train --minutes 25 --threads 2

Loss: L1 + gradients at three scales + temporal difference + distance to the linear code. `--decoder-only` freezes the encoder (latents stay
valid for a transformer already trained on them) and goes on improving the decoder.
"""
from __future__ import annotations

import argparse
import math
import os
import time

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
import torch.nn.functional as F
from torch import Tensor

from ..paths import RUNS
from .data import ClipSource, load_photos, load_sprites
from .model import VideoAutoencoder, join_pairs


def gradient_loss(made: Tensor, true: Tensor, scales: int = 3) -> Tensor:
    """Mean |difference of x and y gradients| over a pyramid; [N,3,h,w]. Keeps edges that plain L1 blurs."""
    total = made.new_zeros(())
    error = made - true
    for _ in range(scales):
        total = total + (error[..., 1:] - error[..., :-1]).abs().mean() + (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
        error = F.avg_pool2d(error, 2)
    return total + error.abs().mean()


@torch.no_grad()
def start_from_components(model: VideoAutoencoder, source: ClipSource, photo_share: float) -> float:
    """Sets the linear bypass to the 16 principal components of 4x8x8 blocks, whitened; returns its PSNR in dB.

    The network starts at what a linear code can do (about 26 dB) instead of spending ten minutes to get there.
    """
    encoder, decoder = model.encoder.linear, model.decoder.linear
    rows = []
    for _ in range(60):
        clip = source.batch(8, 8, 64, photo_share)
        blocks = join_pairs(join_pairs(F.pixel_unshuffle(clip.flatten(0, 1), 8)))
        rows.append(blocks.permute(0, 2, 3, 1).reshape(-1, blocks.shape[1]))
    data = torch.cat(rows).double()
    mean = data.mean(0)
    values, vectors = torch.linalg.eigh((data - mean).T @ (data - mean) / len(data))
    order = torch.argsort(values, descending=True)[:16]
    basis, spread = vectors[:, order].T, values[order].sqrt()
    # Each latent in its own unit: small components keep their place under the KL and in the transformer's loss.
    encoder.weight[:16] = (basis / spread[:, None]).float()[:, :, None, None]
    encoder.bias[:16] = (-(basis @ mean) / spread).float()
    encoder.weight[16:], encoder.bias[16:] = 0, -5.0
    if not model.encoder.linear_only:
        model.encoder.head.weight.zero_()
        model.encoder.head.bias.zero_()
    decoder.weight.copy_((basis * spread[:, None]).T.float()[:, :, None, None])
    decoder.bias.copy_(mean.float())
    error = values.sum() - values[order].sum()
    return -10 * math.log10(error.item() / data.shape[1] / 4)


def losses(model: VideoAutoencoder, clip: Tensor, noise: float, anchor: float) -> tuple[Tensor, dict[str, float]]:
    """`noise`: standard deviation added to the whitened latents, so that what a transformer leaves undecided does not show. `anchor`: weight
    of the distance to the linear code, in place of a KL: latents that stay near it stay as easy to generate, and a transformer that knows
    the linear ones goes on from where it is."""
    mean, _ = model.encode_moments(clip)
    latents = mean + noise * torch.randn_like(mean)
    made = model.decode(latents)
    error = made - clip
    # Charbonnier-like mix: L1 for sharpness, squares so that PSNR (what editing real clips needs) is served too.
    pixel = error.abs().mean() + 4 * error.square().mean()
    moving = ((made[:, 1:] - made[:, :-1]) - (clip[:, 1:] - clip[:, :-1])).abs().mean()
    apart = (mean - model.encode_linear(clip)).square().mean() if anchor else mean.new_zeros(())
    total = pixel + 0.35 * gradient_loss(made.flatten(0, 1), clip.flatten(0, 1)) + 0.3 * moving + anchor * apart
    psnr = -10 * math.log10(((made.clamp(-1, 1) - clip) / 2).square().mean().item() + 1e-9)
    return total, {"psnr": psnr, "apart": apart.item() ** 0.5, "std": mean.std().item()}


def grow_encoder(state: dict) -> dict:
    """A checkpoint of a linear encoder with a network beside it whose last layer is zero: the same latents, and room to learn."""
    model = VideoAutoencoder(**{**state["config"], "linear_encoder": False})
    model.load_state_dict(state["model"], strict=False)
    for layer in (model.encoder.stem, model.encoder.down, model.encoder.pool, *(block.conv1 for block in (model.encoder.memory_fine, model.encoder.memory_half, model.encoder.memory_coarse))):
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")  # torch's own start fades by half a layer: the head would learn from nearly nothing
    torch.nn.init.zeros_(model.encoder.head.weight)
    torch.nn.init.zeros_(model.encoder.head.bias)
    return {"model": model.state_dict(), "config": model.config, "step": state["step"], "spent": 0.0}


def average_gradients(model: VideoAutoencoder, workers: int) -> None:
    """Means the gradients over all workers, in one message."""
    moved = [p for p in model.parameters() if p.grad is not None]
    flat = torch.cat([p.grad.reshape(-1) for p in moved])
    distributed.all_reduce(flat)
    at = 0
    for p in moved:
        p.grad.copy_((flat[at : at + p.numel()] / workers).view_as(p))
        at += p.numel()


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--frames", type=int, default=9)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--photo-share", type=float, default=0.5)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decoder-only", action="store_true")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--restart-schedule", action="store_true", help="begin a new warm-up and decay from the checkpoint")
    parser.add_argument("--start-only", action="store_true", help="write the linear start and stop: its latents are valid at once")
    parser.add_argument("--linear-encoder", action="store_true", help="keep the encoder at its linear start: no training, no cost")
    parser.add_argument("--grow-encoder", action="store_true", help="give a linear encoder its network, which begins at nothing")
    parser.add_argument("--noise", type=float, default=0.05)
    parser.add_argument("--anchor", type=float, default=0.02)
    parser.add_argument("--workers", type=int, default=1, help="processes of --threads each, gradients averaged")
    return parser.parse_args()


def main() -> None:
    options = parse()
    if options.workers == 1:
        work(0, options)
    else:
        multiprocessing.spawn(work, (options,), nprocs=options.workers)


def work(rank: int, options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    if options.workers > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29510")
        distributed.init_process_group("gloo", rank=rank, world_size=options.workers)
    folder = RUNS / "autoencoder"
    folder.mkdir(parents=True, exist_ok=True)

    last = folder / "last.pt"
    state = torch.load(last, map_location=options.device) if last.exists() else None
    if state and options.grow_encoder and state["config"]["linear_encoder"]:
        state = grow_encoder(state)
    model = VideoAutoencoder(**(state["config"] if state else {"linear_encoder": options.linear_encoder})).to(options.device, memory_format=torch.channels_last)
    if options.decoder_only:
        model.encoder.requires_grad_(False)
    # The bypass begins at its optimum: at the network's rate Adam would shake it to pieces within a hundred steps.
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    shares = {"linear": 0.03, "encoder": 0.3, "decoder": 1.0}
    kind = lambda name: "linear" if ".linear." in name else name.split(".")[0]  # noqa: E731
    groups = [{"params": [p for name, p in named if kind(name) == which], "share": share} for which, share in shares.items()]
    groups = [group for group in groups if group["params"]]
    optimiser = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), weight_decay=1e-5)
    step, spent = 0, 0.0
    if state:
        model.load_state_dict(state["model"])
        step, spent = state["step"], state["spent"]
        if options.restart_schedule or "optimiser" not in state:
            spent = 0.0
        else:
            optimiser.load_state_dict(state["optimiser"])
    photos, _ = load_photos(options.photos)
    source = ClipSource(photos, load_sprites(), seed=step * 10 + rank)
    if options.start_only:
        print(f"linear start: {start_from_components(model, source, options.photo_share):.2f} dB")
        torch.save({"model": model.state_dict(), "config": model.config, "step": 1, "spent": 0.0}, last)
        return
    if step == 0:
        # Every worker computes the same start: the same seed for it, its own for the training.
        start = start_from_components(model, ClipSource(photos, source.sprites, seed=0), options.photo_share)
        print(f"linear start: {start:.2f} dB", flush=True)
    if rank == 0:
        print(f"{len(photos)} photographs, {len(source.shards)} render shards, from step {step}", flush=True)

    began = saved = time.monotonic()
    budget = options.minutes * 60
    log: list[dict[str, float]] = []
    while spent < budget:
        tick = time.monotonic()
        fraction = spent / budget
        # Warm-up, plateau, then a linear cool-down over the last 40 %, by time: the machine's speed is not ours to know.
        rate = options.rate * min(1, (step + 1) / 50) * min(1.0, (1 - fraction) / 0.4 + 0.02)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["share"]
        clip = source.batch(options.batch, options.frames, options.size, options.photo_share).to(options.device)
        with torch.autocast(options.device, dtype=torch.bfloat16):
            loss, numbers = losses(model, clip, options.noise, 0.0 if options.decoder_only else options.anchor)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if options.workers > 1:
            average_gradients(model, options.workers)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        elapsed = torch.tensor([time.monotonic() - tick])
        if options.workers > 1:  # one clock, or the workers would part at the end
            distributed.broadcast(elapsed, 0)
        spent += float(elapsed)
        log.append(numbers)
        if step % 50 == 0:
            mean = {key: sum(entry[key] for entry in log) / len(log) for key in log[0]}
            if rank == 0:
                print(f"step {step} {spent:.0f}s loss {loss.item():.4f} " + " ".join(f"{k} {v:.3f}" for k, v in mean.items()), flush=True)
            log.clear()
            source.refresh()
        if rank == 0 and (time.monotonic() - saved > 60 or spent >= budget):
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "config": model.config, "step": step, "spent": spent}, folder / "part.pt")
            (folder / "part.pt").replace(last)
            saved = time.monotonic()
    if rank == 0:
        print(f"done: {step} steps, {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
