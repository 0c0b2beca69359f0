"""Pixels to latents with the frozen encoder: runs/samples/*.pt -> runs/latents/*.pt (float16, raw, not normalised).

    python -m models.training.dataset.cache_latents --only image

Each entry: target [T,16,18,32]; inactive, reactive [T,16,18,32] and mask [T,64,18,32] (as bits) or None; layout and textures of its
figures and camera as in samples.py; ids: three captions as token ids; kind.
"""
from __future__ import annotations

import argparse

import numpy as np
import torch
from torch import Tensor

from ..autoencoder.model import VideoAutoencoder
from ..paths import RUNS
from ..text import tokenizer as text


def load_autoencoder(device: str = "cpu") -> VideoAutoencoder:
    """The frozen one, if there is one (`freeze.pt`), with the newest decoder."""
    folder = RUNS / "autoencoder"
    state = torch.load(folder / "last.pt", map_location=device)
    model = VideoAutoencoder(**state["config"]).to(device, memory_format=torch.channels_last)
    model.load_state_dict(state["model"])
    return model.eval().requires_grad_(False)


def to_unit(frames: Tensor) -> Tensor:
    """uint8 [F,H,W,3] -> f32 [1,F,3,H,W] in -1..1."""
    return (frames.float() / 127.5 - 1).permute(0, 3, 1, 2)[None]


def encode(model: VideoAutoencoder, video: Tensor) -> Tensor:
    """f32 [B,F,3,H,W] -> f16 [B,T,16,18,32]."""
    with torch.no_grad(), torch.autocast(video.device.type, dtype=torch.bfloat16):
        return model.encode(video).half()


def pack_mask(mask: Tensor, frames: int) -> Tensor:
    """uint8 [F,144,256] -> f16 [T,64,18,32] in 0..1: 8x8 to channels, in time nearest-exact floor((i+.5)F/T)."""
    latents = (frames + 3) // 4
    picked = mask[[int((i + 0.5) * frames / latents) for i in range(latents)]].float() / 255
    t, h, w = picked.shape
    return picked.reshape(t, h // 8, 8, w // 8, 8).permute(0, 2, 4, 1, 3).reshape(t, 64, h // 8, w // 8).half()


def to_bits(mask: Tensor) -> Tensor:
    """[...,32] of zeros and ones -> uint8 [...,4]."""
    return torch.from_numpy(np.packbits((mask > 0.5).numpy(), axis=-1))


def from_bits(bits: Tensor) -> Tensor:
    return torch.from_numpy(np.unpackbits(bits.numpy(), axis=-1)).float()


def encode_shard(model: VideoAutoencoder, shard: list[dict], tokenizer) -> list[dict]:
    frames = shard[0]["target"].shape[0]
    out = []
    targets = torch.cat([encode(model, to_unit(sample["target"])) for sample in shard]) if frames > 1 else torch.cat(
        [encode(model, torch.cat([to_unit(sample["target"]) for sample in shard[i : i + 16]])) for i in range(0, len(shard), 16)])
    for sample, target in zip(shard, targets):
        entry = {"kind": sample["kind"], "target": target.clone(), "inactive": None, "reactive": None, "mask": None, "layout": sample["layout"], "textures": sample["textures"], "camera": sample["camera"]}
        if sample["known"] is not None:
            known = to_unit(sample["known"])
            mask = sample["mask"]
            if mask is None:
                entry["reactive"] = encode(model, known)[0]
                entry["mask"] = to_bits(torch.ones(target.shape[0], 64, 18, 32))
            else:
                hard = (mask > 127).float()[None, :, None]
                both = encode(model, torch.cat([known * (1 - hard), known * hard]))
                entry["inactive"], entry["reactive"] = both[0].clone(), both[1].clone()
                entry["mask"] = to_bits(pack_mask(mask, frames))
        entry["ids"] = torch.tensor([text.encode(tokenizer, words) for words in sample["captions"]])
        out.append(entry)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    folder = RUNS / "latents"
    folder.mkdir(parents=True, exist_ok=True)
    model, tokenizer = load_autoencoder(), text.load()
    grey = folder / "grey.pt"
    if not grey.exists():
        torch.save(encode(model, torch.zeros(1, 33, 3, 144, 256))[0], grey)
    for file in sorted((RUNS / "samples").glob(f"{options.only}*.pt"), reverse=False):
        made = folder / file.name
        if made.exists():
            continue
        torch.save(encode_shard(model, torch.load(file), tokenizer), made.with_suffix(".part"))
        made.with_suffix(".part").rename(made)
    print("cached", len(list(folder.glob("*_*.pt"))), "shards")


if __name__ == "__main__":
    main()
