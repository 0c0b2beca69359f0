"""Scenes as plain data, drawn from a seeded `random.Random`: what is in them, not how it looks."""
from __future__ import annotations

import random
from dataclasses import dataclass, replace

from .vocab import (BACKGROUND_BY_NAME, BACKGROUNDS, CAMERA_SHARE, COLOURS, SIZE_SHARE, STYLE_SHARE, SUBJECT_BY_NAME, SUBJECTS, DIRECTED, WEATHER_SHARE,
                    is_held_out, motions_for, share)

SHARES = [share(subject) for subject in SUBJECTS]
VARIANTS = 6  # paintings per background and time


@dataclass(frozen=True)
class Actor:
    subject: str
    colour: str
    motion: str
    way: int  # +1 to the right, -1 to the left
    size: str
    place: str
    x: float  # at mid-clip, in frame heights from the middle
    depth: float  # 0 far .. 1 near: where the feet stand
    phase: float  # of its cycle at the clip's start, 0..1


@dataclass(frozen=True)
class Scene:
    actors: tuple[Actor, ...]
    background: str
    time: str  # '' where the background has its own light
    style: str
    camera: str
    variant: int
    seed: int
    weather: str = ""  # only where there is a time of day


def _weighted(pick: random.Random, shares: dict[str, float]) -> str:
    return pick.choices(list(shares), list(shares.values()))[0]


def sample_actor(pick: random.Random, background: str, subject: str | None = None, place: str | None = None) -> Actor:
    entry = SUBJECT_BY_NAME[subject] if subject else pick.choices(SUBJECTS, SHARES)[0]
    motion = pick.choice(motions_for(entry, BACKGROUND_BY_NAME[background]))
    place = place or pick.choices(("left", "middle", "right"), (0.25, 0.5, 0.25))[0]
    x = {"left": -0.48, "middle": 0.0, "right": 0.48}[place] + pick.uniform(-0.08, 0.08)
    return Actor(
        subject=entry.name,
        colour=pick.choice(COLOURS) if pick.random() < 0.25 else "",
        motion=motion,
        way=pick.choice((-1, 1)),
        size=_weighted(pick, SIZE_SHARE),
        place=place,
        x=x,
        depth=pick.uniform(0.35, 0.75),
        phase=pick.random(),
    )


def sample_scene(pick: random.Random, held_out: bool = False) -> Scene:
    """`held_out`: draw only from the pairs that training never sees (the evaluation's), else never from them."""
    while True:
        background = pick.choice(BACKGROUNDS)
        first = sample_actor(pick, background.name)
        if is_held_out(first.subject, background.name) == held_out:
            break
    actors = [first]
    if pick.random() < 0.35 and first.size != "big" and first.place != "middle":
        other = "left" if first.place == "right" else "right"
        for _ in range(20):
            second = replace(sample_actor(pick, background.name, place=other), size="normal")
            if second.subject != first.subject and is_held_out(second.subject, background.name) == held_out:
                actors.append(second)
                break
    return Scene(
        actors=tuple(actors),
        background=background.name,
        time=pick.choice(background.times) if background.times else "",
        style=_weighted(pick, STYLE_SHARE),
        camera=_weighted(pick, CAMERA_SHARE),
        variant=pick.randrange(VARIANTS),
        seed=pick.randrange(1 << 30),
        weather=_weighted(pick, WEATHER_SHARE) if background.times else "",
    )


def replace_actor(pick: random.Random, scene: Scene, index: int = 0) -> Scene:
    """The same scene with another subject in the same place: the 'after' of a replacement."""
    old = scene.actors[index]
    for _ in range(50):
        new = sample_actor(pick, scene.background, place=old.place)
        if new.subject != old.subject and not is_held_out(new.subject, scene.background):
            break
    new = replace(new, x=old.x, depth=old.depth, size=old.size, way=old.way)
    if old.motion in motions_for(SUBJECT_BY_NAME[new.subject], BACKGROUND_BY_NAME[scene.background]):
        new = replace(new, motion=old.motion)
    return replace(scene, actors=tuple(new if i == index else actor for i, actor in enumerate(scene.actors)))


def directed(actor: Actor) -> bool:
    return actor.motion in DIRECTED
