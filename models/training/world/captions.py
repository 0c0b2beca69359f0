"""Captions with paraphrases: [style] [size] [colour] SUBJECT VERB [way] [PLACE] [and ...] [BACKGROUND] [TIME] [WEATHER] [CAMERA]."""
from __future__ import annotations

import random

from .scene import Actor, Scene
from .vocab import BACKGROUND_BY_NAME, CAMERAS, MOTION_WORDS, PLACES, SIZES, STYLES, SUBJECT_BY_NAME, TIMES, WEATHERS


def _article(words: str) -> str:
    return ("an " if words[0] in "aeiou" else "a ") + words


def noun(actor: Actor, pick: random.Random, keep: float = 0.8) -> str:
    """'big red car'. Size and colour are left out one time in five."""
    subject = SUBJECT_BY_NAME[actor.subject]
    name = pick.choice((subject.name,) * 3 + subject.also)
    words = [pick.choice(SIZES[actor.size]) if pick.random() < keep else "", actor.colour if pick.random() < keep + 0.1 else "", name]
    return " ".join(word for word in words if word)


def actor_phrase(actor: Actor, pick: random.Random, verb: bool = True) -> str:
    parts = [_article(noun(actor, pick))]
    if verb:
        parts.append(pick.choice(MOTION_WORDS[actor.motion]))
        if actor.motion in ("walk", "run", "drive", "fly", "swim", "slide") and pick.random() < 0.6:
            parts.append("to the right" if actor.way > 0 else "to the left")
    if pick.random() < (0.35 if actor.place == "middle" else 0.6):
        parts.append(pick.choice(PLACES[actor.place]))
    return " ".join(parts)


def setting(scene: Scene, pick: random.Random, keep: float = 0.9) -> list[str]:
    background = BACKGROUND_BY_NAME[scene.background]
    parts = [pick.choice(background.phrases)] if pick.random() < keep + 0.05 else []
    if scene.time and pick.random() < keep:
        parts.append(pick.choice(TIMES[scene.time]))
    if scene.weather and pick.random() < keep:
        parts.append(pick.choice(WEATHERS[scene.weather]))
    return parts


def caption(scene: Scene, pick: random.Random) -> str:
    style = pick.choice(STYLES[scene.style])
    if not scene.actors:
        parts = setting(scene, pick, 1.0)
        text = pick.choice(("an empty place ", "nobody ", "")) + " ".join(parts)
        return style + text
    subjects = " and ".join(actor_phrase(actor, pick, verb=index == 0 or pick.random() < 0.5) for index, actor in enumerate(scene.actors))
    where = setting(scene, pick)
    text = f"{subjects} {' '.join(where)}" if pick.random() < 0.75 or not where else f"{' '.join(where)}, {subjects}"
    camera = pick.choice(CAMERAS[scene.camera])
    return (style + text + (", " + camera if camera and pick.random() < 0.8 else "")).strip()


def instruction(kind: str, scene: Scene, pick: random.Random, index: int = 0, removed: Actor | None = None) -> str:
    """What a user would type over a painted mask. Half the time a description of the result, half an order."""
    if kind == "remove":
        name = noun(removed, pick, 0.3) if removed else "it"
        order = pick.choice(("remove the " + name, "erase the " + name, "an empty place"))
        return order if pick.random() < 0.5 else order + " " + " ".join(setting(scene, pick, 0.7))
    actor = scene.actors[index]
    if pick.random() < 0.5:
        return caption(scene, pick)
    lead = pick.choice(("add ", "put ")) if kind == "add" else pick.choice(("replace it with ", "make it ", "turn it into "))
    return lead + actor_phrase(actor, pick, verb=False)
