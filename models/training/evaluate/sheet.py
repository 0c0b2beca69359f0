"""A contact sheet to look at: text to video (three frames of each clip), and one example of each editing job with its source.

    python -m models.training.evaluate.sheet models/packs/starter/video/sheet.jpg
"""
from __future__ import annotations

import argparse
import random

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from ..dataset.cache_latents import encode_shard, load_autoencoder
from ..dataset.samples import make_sample
from ..text import tokenizer as tokens
from ..transformer.data import LatentSource
from ..transformer.sample import PROMPTS, generate, load
from ..world.vocab import TRAINED_SUBJECTS

JOBS = (("add", 5), ("remove", 5), ("replace", 5), ("restyle", 5), ("first", 17), ("reference", 5))
SHOWN = (
    "an elephant walks to the right in a meadow by day", "a big red balloon floats in the snow by day", "a penguin stands still in the city at night",
    "a chick jumps on the beach by day", "a rocket flies in space", "a panda dances in a room", "a giraffe walks in the desert at sunset",
    "a yellow car drives to the left on a street by day", "a fox jumps in a forest by day", "watercolour: a frog dances on the beach by day",
    "pencil drawing: a dinosaur in a meadow by day", "a pig swims under water",
)


def pixels(video: Tensor) -> np.ndarray:
    """f32 [F,3,144,256] -> uint8 [F,144,256,3]."""
    return ((video.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()


def labelled(picture: np.ndarray, words: str) -> np.ndarray:
    image = Image.fromarray(picture).resize((picture.shape[1] * 5 // 8, 90), Image.Resampling.LANCZOS)
    out = Image.new("RGB", (image.width, image.height + 13), "white")
    out.paste(image, (0, 13))
    ImageDraw.Draw(out).text((2, 1), words[: image.width // 6], fill="black")
    return np.asarray(out)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--shift", type=float, default=2.0)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    text, model, state = load()
    autoencoder, tokenizer = load_autoencoder(), tokens.load()
    source = LatentSource.bare(state["mean"], state["std"])
    std, mean = state["std"][:, None, None], state["mean"][:, None, None]

    def decode(latents: Tensor) -> np.ndarray:
        with torch.no_grad():
            return pixels(autoencoder.decode((latents.transpose(0, 1) * std + mean)[None])[0])

    length = 5
    control = torch.cat([source.grey[:length], source.grey[:length], torch.ones(length, 64, 18, 32)], 1).transpose(0, 1)[None]
    ids = torch.tensor([tokens.encode(tokenizer, prompt) for prompt in SHOWN])
    made = generate(text, model, ids, control.expand(len(SHOWN), -1, -1, -1, -1), options.steps, options.shift, options.guidance, options.seed)
    cells = [labelled(np.concatenate(list(decode(entry)[[0, 8, 16]]), axis=1), words) for entry, words in zip(made, SHOWN)]

    pick = random.Random(21)
    for kind, frames in JOBS:
        sample = make_sample(pick, kind, frames)
        while not any(name in sample["captions"][0] for name in TRAINED_SUBJECTS) and kind != "remove":
            sample = make_sample(pick, kind, frames)
        entry = encode_shard(autoencoder, [sample], tokenizer)[0]
        source.buckets = {"one": [entry]}
        _, control, _ = source.batch("one", 1, entry["target"].shape[0], 0)
        made = generate(text, model, entry["ids"][:1], control, options.steps, options.shift, options.guidance, options.seed)[0]
        clip = decode(made[:, 1:] if sample["reference"] is not None else made)
        known = sample["known"] if sample["known"] is not None else sample["reference"][None]
        before = known[0].numpy().copy()
        result = clip[-1]
        if sample["mask"] is not None:
            mask = sample["mask"][-1].numpy()[..., None] > 127
            result = np.where(mask, result, known[-1].numpy())
            before = np.where(sample["mask"][0].numpy()[..., None] > 127, before // 2 + np.array([110, 20, 60], np.uint8), before)
        middle = clip[len(clip) // 2] if kind == "first" else sample["target"][-1].numpy()
        cells.append(labelled(np.concatenate([before, result, middle], axis=1), f"{kind}: '{sample['captions'][0]}'  source | made | " + ("half-way" if kind == "first" else "the truth")))
    rows = [np.concatenate(cells[i : i + 2], axis=1) for i in range(0, len(cells), 2)]
    Image.fromarray(np.concatenate(rows)).save(options.file, quality=82, optimize=True)


if __name__ == "__main__":
    main()
