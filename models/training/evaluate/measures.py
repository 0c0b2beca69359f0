"""Measures on clips by the shipped pipeline. Each gives figures for the card's table.

What can go wrong in single clips is told by its median, 95th percentile and worst (spread.py). Ratios to the movement of a clip leave out
clips that stand still, and say how many those were.
"""
from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import lru_cache

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from ..paths import HEIGHT, PACK_VIDEO, SPRITES, WIDTH
from ..world.captions import caption
from ..world.render import render
from ..world.scene import Scene, sample_actor, sample_scene
from ..world.vocab import DIRECTED, STYLES, SUBJECTS, is_held_out
from .clips import Clip, crop, make, rendered
from .spread import spread, step_ratios
from .probe import CAMERA_FRAMES, CAMERA_NAMES, NAMES, CameraProbe, Probe, SubjectProbe, camera_input, labels, whole_input


STILL = 0.2  # levels of 255 from frame to frame: below this a clip stands still
FLAT = 0.5  # levels from pixel to pixel: below this nothing is there to compare an edge with


@lru_cache
def pack_cast() -> dict:
    return json.loads((PACK_VIDEO / "cast.json").read_text())


def known_to_pack(scene: Scene) -> bool:
    """The world may have grown since the pack was trained."""
    cast = pack_cast()
    return (any(place["name"] == scene.background for place in cast["places"]) and scene.style in cast["styles"] and all(actor.motion in cast["motions"] for actor in scene.actors)
            and (not scene.weather or scene.weather in cast.get("weathers", {})))


def held_out_scenes(count: int, seed: int, directed: bool = False) -> list[Scene]:
    """Single figures of NAMES, as the world draws them, in places where training never showed that figure; everything named."""
    pick, scenes, tried = random.Random(seed), [], 0
    styles = [style for style in STYLES if style in pack_cast()["styles"]]
    while len(scenes) < count:
        scene = sample_scene(pick, held_out=True)
        tried += 1
        if not known_to_pack(scene):
            continue
        name = NAMES[(len(scenes) + tried // 400) * 7 % len(NAMES)]  # after a while the next one: a castle never goes anywhere
        if not is_held_out(name, scene.background):
            continue
        actor = sample_actor(pick, scene.background, name)
        if not known_to_pack(replace(scene, actors=(actor,))) or directed and actor.motion not in DIRECTED:
            continue
        style = styles[len(scenes) % len(styles)]  # each as often: then a shuffled prompt is right as seldom as a guess
        scenes.append(replace(scene, actors=(actor,), style=style, camera="still", weather="" if directed else scene.weather))
    return scenes


def spoken(scene: Scene, pick: random.Random) -> str:
    """A caption that names all that is measured."""
    from ..world.vocab import BACKGROUND_BY_NAME, CAMERAS, TIMES, WEATHERS

    while True:
        words = caption(scene, pick)
        actor = scene.actors[0]
        told = (actor.subject in words and any(phrase in words for phrase in BACKGROUND_BY_NAME[scene.background].phrases)
                and (not scene.time or any(phrase in words for phrase in TIMES[scene.time])) and (scene.style == "storybook" or any(lead and words.startswith(lead) for lead in STYLES[scene.style])))
        told = told and (not scene.weather or any(phrase in words for phrase in WEATHERS[scene.weather])) and (scene.camera == "still" or any(phrase and phrase in words for phrase in CAMERAS[scene.camera]))
        if told and (actor.motion not in DIRECTED or ("to the right" if actor.way > 0 else "to the left") in words):
            return words


def read(clips: list[Clip], asked: list[dict[str, int]], names: list[int], whole: Probe, who: SubjectProbe) -> dict[str, float]:
    """Shares right in the first frame."""
    with torch.no_grad():
        seen = whole(whole_input([clip.frames[0] for clip in clips]))
        subjects = who(torch.stack([crop(clip.frames[0], clip.boxes[0][0]) for clip in clips])).argmax(1)
    out = {"subject": float(np.mean([int(s) == n for s, n in zip(subjects, names)]))}
    for head, made in seen.items():
        rows = [i for i, entry in enumerate(asked) if entry[head] >= 0]
        out[head] = float(np.mean([int(made[i].argmax()) == asked[i][head] for i in rows]))
    return out


def alignment(count: int, seeds: int, whole: Probe, who: SubjectProbe) -> dict:
    scenes, pick = held_out_scenes(count, 5), random.Random(11)
    prompts, asked, names = [spoken(scene, pick) for scene in scenes], [labels(scene) for scene in scenes], [NAMES.index(scene.actors[0].subject) for scene in scenes]
    made = make([{"name": f"{i}_{seed}", "prompt": prompt, "frameCount": 1, "seed": seed} for i, prompt in enumerate(prompts) for seed in range(1, seeds + 1)])
    runs = [[made[f"{i}_{seed}"] for i in range(count)] for seed in range(1, seeds + 1)]
    scores = [read(run, asked, names, whole, who) for run in runs]
    half = count // 2
    return {"ceiling": read([rendered(scene, 1) for scene in scenes], asked, names, whole, who),
            "model": {key: float(np.mean([score[key] for score in scores])) for key in scores[0]},
            "floor": read(runs[0], asked[half:] + asked[:half], names[half:] + names[:half], whole, who), "prompts": count, "seeds": seeds}


def motion(count: int, who: SubjectProbe) -> dict[str, float]:
    """Directed motions: is the figure, at the last frame, where its path ends, and no longer where it began?"""
    scenes, pick = held_out_scenes(count, 21, directed=True), random.Random(3)
    made = make([{"name": str(i), "prompt": spoken(scene, pick), "frameCount": 17, "seed": i + 1} for i, scene in enumerate(scenes)])

    def right(clips: list[Clip]) -> float:
        hits = []
        for clip, scene in zip(clips, scenes):
            name, boxes = NAMES.index(scene.actors[0].subject), clip.boxes[0]
            ends = crop(clip.frames[-1], boxes[-1])
            with torch.no_grad():
                there = int(who(ends[None]).argmax()) == name
            forward = (boxes[-1][0] - boxes[0][0]) * scene.actors[0].way > 0
            # The picture moved too: the last frame looks more like the first one's figure at the path's end than at its start.
            begun = crop(clip.frames[0], boxes[0])
            moved = (ends - begun).abs().mean() < (crop(clip.frames[-1], boxes[0]) - begun).abs().mean()
            hits.append(there and forward and bool(moved))
        return float(np.mean(hits))

    clips = [made[str(i)] for i in range(count)]
    # The floor: each clip held against the path of another prompt.
    others = [Clip(clip.frames, other.boxes) for clip, other in zip(clips, clips[count // 2 :] + clips[: count // 2])]
    return {"model": right(clips), "ceiling": right([rendered(scene, 17) for scene in scenes]), "floor": right(others)}


def camera(each: int, read_camera: CameraProbe) -> dict:
    """`each` scenes for each move of the camera, a figure that stays where it is: what the camera does in a clip of 17 frames."""
    scenes, pick = [], random.Random(17)
    for index, scene in enumerate(held_out_scenes(each * len(CAMERA_NAMES), 31)):
        actor = replace(scene.actors[0], motion="stand" if scene.background not in ("space", "clouds", "underwater", "sea") else "float")
        scenes.append(replace(scene, actors=(actor,), style="storybook", weather="", camera=CAMERA_NAMES[index % len(CAMERA_NAMES)]))
    made = make([{"name": str(i), "prompt": spoken(scene, pick), "frameCount": 17, "seed": i + 1} for i, scene in enumerate(scenes)])
    wanted = [CAMERA_NAMES.index(scene.camera) for scene in scenes]

    def right(clips: list[Clip]) -> list[bool]:
        with torch.no_grad():
            seen = read_camera(torch.stack([camera_input(clip.frames[list(CAMERA_FRAMES)]) for clip in clips])).argmax(1).tolist()
        return [a == b for a, b in zip(seen, wanted)]

    model, ceiling = right([made[str(i)] for i in range(len(scenes))]), right([rendered(scene, 17) for scene in scenes])
    by_move = {name: float(np.mean([hit for hit, w in zip(model, wanted) if CAMERA_NAMES[w] == name])) for name in CAMERA_NAMES}
    return {"model": float(np.mean(model)), "ceiling": float(np.mean(ceiling)), "floor": 1 / len(CAMERA_NAMES), "byMove": by_move}


def identity(count: int = 100) -> float:
    """Rank-1 of `count` reference drawings that no training saw: which of them does the figure in the clip look like?"""
    known = {subject.file for subject in SUBJECTS}
    files = sorted(file for file in SPRITES.glob("*.webp") if file.name not in known and not any(tone in file.name for tone in ("1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff")))
    pick = random.Random(9)
    pictures = []
    for file in pick.sample(files, count * 2):
        image = Image.open(file).convert("RGBA").resize((128, 128), Image.Resampling.LANCZOS)
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        box = image.getchannel("A").point(lambda a: 255 * (a > 20)).getbbox()
        if box and (box[2] - box[0]) * (box[3] - box[1]) > 5000:
            pictures.append((np.asarray(paper.convert("RGB")), box))
    pictures = pictures[:count]
    places = ("in a meadow by day", "on the beach at sunset", "in the city at night", "in the snow by day", "in a room")
    made = make([{"name": str(i), "prompt": f"a big person stands still {places[i % 5]}", "frameCount": 1, "seed": i + 1, "references": [picture]} for i, (picture, _) in enumerate(pictures)])

    def look(values: torch.Tensor) -> torch.Tensor:
        values = F.adaptive_avg_pool2d(values, 16)
        values = values - values.mean((1, 2), keepdim=True)
        return F.normalize(values.flatten(), dim=0)

    table = []
    for picture, (x0, y0, x1, y1) in pictures:
        table.append(look(torch.from_numpy(picture[y0:y1, x0:x1].copy()).permute(2, 0, 1).float() / 255))
    gallery = torch.stack(table)
    hits = 0
    for i in range(len(pictures)):
        clip = made[str(i)]
        x0, y0, x1, y1 = pictures[i][1]
        box = resized(clip.boxes[0][0], (x1 - x0) / (y1 - y0))
        hits += int((gallery @ look(crop(clip.frames[0], box, 48))).argmax()) == i
    return hits / len(pictures)


def resized(box: list[float], aspect: float) -> list[float]:
    """The box of a person's drawing -> of a picture with its own aspect in the same place: figures.ts keeps the height and the feet."""
    x0, y0, x1, y1 = box
    height = min(y1 - y0, 0.8 * WIDTH / aspect)
    middle = (x0 + x1) / 2
    return [middle - height * aspect / 2, y1 - height, middle + height * aspect / 2, y1]


def inpainting(count: int, who: SubjectProbe) -> dict[str, float]:
    """'add a fox' into a painted mask on rendered clips: is it there, is the rest untouched, is there an edge?"""
    pick, jobs, rows = random.Random(31), [], []
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    for index in range(count):
        scene = replace(sample_scene(pick), actors=(), style="storybook", camera="still")
        known = render(scene, 5).frames.numpy()
        cx, cy, rx, ry = pick.uniform(70, 186), pick.uniform(80, 95), 36, 42
        mask = ((np.abs(x - cx) / rx) ** 2.5 + (np.abs(y - cy) / ry) ** 2.5 < 1).astype(np.uint8) * 255
        name = NAMES[index * 11 % len(NAMES)]
        jobs.append({"name": str(index), "prompt": f"add a {name}", "frameCount": 5, "seed": index + 1, "known": known, "mask": np.broadcast_to(mask, (5, HEIGHT, WIDTH))})
        rows.append((known, mask > 127, name, [cx - rx, cy - ry, cx + rx, cy + ry]))
    made = make(jobs)
    error, ratios, crops, names = 0, [], [], []
    for index, (known, mask, name, box) in enumerate(rows):
        frames = made[str(index)].frames
        error = max(error, int(np.abs(frames.astype(int) - known)[:, ~mask].max()))
        grey = frames[2].astype(np.float32).mean(-1)
        gx = np.abs(np.diff(grey, axis=1))
        across = mask[:, 1:] != mask[:, :-1]
        near = np.zeros_like(across)
        near[:, 6:-6] = sum(np.roll(across, shift, 1) for shift in (-6, -5, 5, 6))[:, 6:-6] > 0
        beside = float(gx[near & ~across].mean())
        if beside >= FLAT:
            ratios.append(float(gx[across].mean()) / beside)
        margin = 0.06 * HEIGHT
        crops.append(crop(frames[2], [box[0] + margin, box[1] + margin, box[2] - margin, box[3] - margin]))
        names.append(NAMES.index(name))
    with torch.no_grad():
        said = who(torch.stack(crops)).topk(3, dim=1).indices
    return {"error": error, "boundary": spread(ratios), "flat": count - len(ratios), "followed": float(np.mean([int(row[0]) == n for row, n in zip(said, names)])),
            "followed3": float(np.mean([n in row.tolist() for row, n in zip(said, names)]))}


def steps_of(frames: np.ndarray) -> list[float]:
    """Mean difference between neighbouring frames, levels of 255."""
    return np.abs(np.diff(frames.astype(np.float32), axis=0)).mean((1, 2, 3)).tolist()


def seams(count: int, window: int) -> dict[str, float]:
    """A request of four windows: the difference between neighbouring frames where a window begins or ends, over the median difference of the
    clip; the same at the other borders of latents (each is four frames), and at those of the true renders. Every border of every clip counts.
    Windows as in windows.ts."""
    latents = 1 + (window - 1) // 4
    stride = latents - min(latents - 1, max(2, round(0.3 * latents)))
    total = latents + 3 * stride
    scenes, pick = held_out_scenes(count, 41), random.Random(4)
    made = make([{"name": str(i), "prompt": spoken(scene, pick), "frameCount": 1 + 4 * (total - 1), "seed": i + 1} for i, scene in enumerate(scenes)])
    edges = {n * stride for n in (1, 2, 3)} | {n * stride + latents for n in (0, 1, 2)}
    # The step from frame 4(k-1) to the next goes over the border before latent k.
    joints = [4 * (k - 1) for k in edges]
    others = [4 * (k - 1) for k in range(2, total) if k not in edges]

    def ratios(clips: list[np.ndarray], at: list[int]) -> list[float]:
        each = [step_ratios(steps_of(frames), at, STILL) for frames in clips]
        return [ratio for clip in each if clip is not None for ratio in clip]

    true = [render(scene, 1 + 4 * (total - 1)).frames.numpy() for scene in scenes]
    ours = [clip.frames for clip in made.values()]
    return {"joint": spread(ratios(ours, joints)), "latents": spread(ratios(ours, others)), "true": spread(ratios(true, joints + others)),
            "still": sum(step_ratios(steps_of(frames), joints, STILL) is None for frames in ours), "clips": count}


def extension(count: int, encode) -> dict[str, float]:
    """9 known frames and 24 new ones: the step from the last known to the first new frame over the median step of the new ones, the same of their
    latents (`encode` uint8 [F,144,256,3] -> [T,16,18,32]), and both of the true continuation."""
    scenes, pick = held_out_scenes(count, 61), random.Random(8)
    true = [render(scene, 33).frames.numpy() for scene in scenes]
    mask = np.full((33, HEIGHT, WIDTH), 255, np.uint8)
    mask[:9] = 0
    made = make([{"name": str(i), "prompt": spoken(scene, pick), "frameCount": 33, "seed": i + 1, "known": clip, "mask": mask} for i, (scene, clip) in enumerate(zip(scenes, true))])

    def ratios(frames: np.ndarray) -> tuple[float, float] | None:
        step = steps_of(frames)
        latents = encode(frames).float()
        move = (latents[1:] - latents[:-1]).abs().mean((1, 2, 3)).numpy()
        # What stands still after the seam is counted, not divided by.
        return None if np.median(step[9:]) < STILL else (step[8] / float(np.median(step[9:])), move[2] / max(float(np.median(move[3:])), 1e-3))

    ours = [pair for i in range(count) if (pair := ratios(made[str(i)].frames)) is not None]
    real = [pair for clip in true if (pair := ratios(clip)) is not None]
    error = max(int(np.abs(made[str(i)].frames[:9].astype(int) - true[i][:9]).max()) for i in range(count))
    return {"frames": spread(pair[0] for pair in ours), "latents": spread(pair[1] for pair in ours), "trueFrames": spread(pair[0] for pair in real),
            "trueLatents": spread(pair[1] for pair in real), "still": count - len(ours), "clips": count, "error": error}


def minute(count: int, whole: Probe, who: SubjectProbe) -> dict[str, float]:
    """60 s in one request: what the probes read in the last 5 s over the first 5 s."""
    scenes, pick = held_out_scenes(count, 51), random.Random(6)
    made = make([{"name": str(i), "prompt": spoken(scene, pick), "frameCount": 961, "seed": i + 1} for i, scene in enumerate(scenes)])

    def score(first: int) -> float:
        hits = []
        for i, scene in enumerate(scenes):
            clip, wanted = made[str(i)], labels(scene)
            for frame in range(first, first + 80, 16):
                with torch.no_grad():
                    seen = whole(whole_input(clip.frames[frame][None]))
                    hits.append(int(who(crop(clip.frames[frame], clip.boxes[0][frame])[None]).argmax()) == NAMES.index(scene.actors[0].subject))
                hits += [int(seen[head].argmax()) == wanted[head] for head in seen if wanted[head] >= 0]
        return float(np.mean(hits))

    first, last = score(0), score(961 - 81)
    return {"first": first, "last": last, "ratio": last / max(first, 1e-6), "seconds": float(np.mean([clip.seconds for clip in made.values()]))}


