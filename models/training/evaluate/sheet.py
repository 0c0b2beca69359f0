"""Contact sheets to look at, by the shipped pipeline: 24 prompts (three frames of each), and one example of each editing job.

    python -m models.training.evaluate.sheet models/packs/starter/video/sheet.jpg
"""
from __future__ import annotations

import argparse

import numpy as np
from PIL import Image, ImageDraw

from ..paths import HEIGHT, SPRITES, WIDTH
from ..world.render import render
from ..world.scene import Actor, Scene
from .clips import make

SHOWN = (
    "a small hippo swims", "an elephant walks to the right in the jungle in the rain", "a big red balloon rises above the clouds by day, the camera tilts up", "a penguin in a red gown dances in the snow by day",
    "two rabbits hop towards a giant carrot in a meadow by day", "a rocket flies to the stars", "a panda dances on a stage", "a giraffe walks in the desert at sunset",
    "a yellow car drives to the left on a street by day", "a hound chases a rabbit through the woods", "watercolour: a frog in a straw hat on the beach by day", "pencil drawing: a dinosaur in a meadow by day",
    "a dark-skinned woman in a yellow dress dances in the city at night", "a chef and a slice of cake in a kitchen", "a monkey on a horse runs in the desert by day", "three penguins jump in a harbour at sunset in a snowfall",
    "comic: a police car drives to the right in the city at night", "an astronaut walks on the moon", "a fish swims to the left under water", "a fox in a blue scarf walks to the right in the snow at night, the camera pans right",
    "a ball bounces on a playground by day", "一只大象在沙漠里跳舞", "a purple dragon flies over the beach at sunset", "neon: a wizard behind a castle in the mountains at night",
)


def labelled(frames: list[np.ndarray], words: str) -> np.ndarray:
    picture = Image.fromarray(np.concatenate(frames, axis=1))
    picture = picture.resize((picture.width * 5 // 8, 90), Image.Resampling.LANCZOS)
    out = Image.new("RGB", (picture.width, 103), "white")
    out.paste(picture, (0, 13))
    ImageDraw.Draw(out).text((2, 1), words[: picture.width // 6].encode("ascii", "replace").decode(), fill="black")
    return np.asarray(out)


def edits() -> tuple[list[dict], list[tuple[str, np.ndarray | None]]]:
    """Jobs, and for each its words and what it began from."""
    def scene(subject: str, motion: str, place: str, time: str, style: str = "storybook") -> np.ndarray:
        actor = Actor(subject, "", motion, 1, "normal", "middle", 0.0, 0.55, 0.2)
        return render(Scene((actor,) if subject else (), place, time, style, "still", 1, 31), 17).frames.numpy()

    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    blob = ((np.abs(x - 128) / 48) ** 2.5 + (np.abs(y - 92) / 48) ** 2.5 < 1).astype(np.uint8) * 255
    mask = np.broadcast_to(blob, (17, HEIGHT, WIDTH))
    bare, fox = scene("", "stand", "beach", "day"), scene("fox", "stand", "snow", "day")
    first = np.full((17, HEIGHT, WIDTH, 3), 128, np.uint8)
    first[0] = scene("giraffe", "walk", "meadow", "sunset")[0]
    later = np.zeros((17, HEIGHT, WIDTH), np.uint8)
    later[1:] = 255
    image = Image.open(SPRITES / "1f9dd-200d-2640-fe0f.webp" if (SPRITES / "1f9dd-200d-2640-fe0f.webp").exists() else next(SPRITES.glob("1f9dd*.webp"))).convert("RGBA").resize((160, 160))
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    reference = np.asarray(paper.convert("RGB"))
    cases = [
        ({"prompt": "add an elephant", "known": bare, "mask": mask}, bare[0]),
        ({"prompt": "replace it with a panda", "known": fox, "mask": mask}, fox[0]),
        ({"prompt": "remove the fox", "known": fox, "mask": mask}, fox[0]),
        ({"prompt": "watercolour: a fox in the snow by day", "known": fox}, fox[0]),
        ({"prompt": "at night", "known": fox}, fox[0]),
        ({"prompt": "a giraffe walks in a meadow at sunset", "known": first, "mask": later}, first[0]),
        ({"prompt": "a person dances on the beach at sunset", "references": [reference]}, None),
        ({"prompt": "a person walks in the snow by day", "references": [reference]}, None),
    ]
    jobs = [{"name": f"edit{i}", "frameCount": 17, "seed": i + 3, **job} for i, (job, _) in enumerate(cases)]
    names = ("add", "replace", "remove", "restyle", "another time", "from a first image", "from a picture of somebody", "the same picture again")
    thumb = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    thumb[:, 56:200] = np.asarray(Image.fromarray(reference).resize((144, 144)))
    begun = [before if before is not None else thumb for _, before in cases]
    for i in (0, 1, 2):
        begun[i] = np.where(blob[..., None] > 127, begun[i] // 2 + np.array([110, 20, 60], np.uint8), begun[i])
    return jobs, [(f"{name}: '{job['prompt']}'", before) for name, job, before in zip(names, jobs, begun)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    options = parser.parse_args()
    jobs = [{"name": str(i), "prompt": prompt, "frameCount": 17, "seed": i + 1} for i, prompt in enumerate(SHOWN)]
    changes, words = edits()
    made = make(jobs + changes)
    cells = [labelled([made[job["name"]].frames[i] for i in (0, 8, 16)], job["prompt"]) for job in jobs]
    cells += [labelled([before, *(made[job["name"]].frames[i] for i in (0, 16))], said) for job, (said, before) in zip(changes, words)]
    rows = [np.concatenate(cells[i : i + 2], axis=1) for i in range(0, len(cells), 2)]
    Image.fromarray(np.concatenate(rows)).save(options.file, quality=82, optimize=True)


if __name__ == "__main__":
    main()
