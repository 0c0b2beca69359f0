"""What the world knows: 604 subjects (things.json), 9 backgrounds, 3 times of day, 12 motions, 4 camera moves, 4 styles, 10 colours.

Growing it means growing these tables: nothing else in the renderer, the captions or the tests names a subject.
"""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Subject:
    name: str
    file: str  # in the sprite package
    looks: str  # which way the SOURCE looks: L, R or F(ront)
    kind: str  # walker, hopper, doll (a head), bust (head and shoulders), swimmer, vehicle, flyer, boat, ball, thing, still, sky
    height: float  # of the sprite's box against the scene's size class
    also: tuple[str, ...] = ()
    shirt: str = ""  # dolls: colour of the body under the head
    group: str = ""
    anchors: dict = field(default_factory=dict)  # eyes, hat, neck: fractions of the trimmed box, looking to the right
    tones: int = 0  # skin tones drawn besides the yellow one
    zh: str = ""


# Names, Chinese names, sprites and anchors: things.json (names and key words after Unicode CLDR, drawings Microsoft Fluent Emoji, MIT).
SUBJECTS = tuple(
    Subject(entry["name"], entry["file"], entry["looks"], entry["kind"], entry["height"], tuple(entry["also"]), entry.get("shirt", ""),
            entry["group"], entry.get("anchors", {}), entry.get("tones", 0), entry["zh"])
    for entry in json.loads((Path(__file__).parent / "things.json").read_text())
)
SUBJECT_BY_NAME = {subject.name: subject for subject in SUBJECTS}
# Who is asked for most is drawn most often.
GROUP_SHARE = {"people": 2.0, "animals": 3.0, "birds": 3.0, "sea": 3.0, "fantasy": 2.0, "cars": 3.0, "insects": 1.5}


def share(subject: Subject) -> float:
    return next((value for start, value in GROUP_SHARE.items() if subject.group.startswith(start)), 1.0)


@dataclass(frozen=True)
class Background:
    name: str
    phrases: tuple[str, ...]
    times: tuple[str, ...]  # empty: it has its own light and no time of day
    medium: str = "ground"  # ground, water or space: what can move how
    indoor: bool = False


BACKGROUNDS = (
    Background("meadow", ("in a meadow", "on the grass", "in a green field"), ("day", "sunset", "night")),
    Background("forest", ("in a forest", "in the woods", "among trees"), ("day", "sunset", "night")),
    Background("beach", ("on the beach", "by the sea", "on the sand by the ocean"), ("day", "sunset", "night")),
    Background("desert", ("in the desert", "among the dunes"), ("day", "sunset", "night")),
    Background("snow", ("in the snow", "in a snowy landscape", "in winter"), ("day", "sunset", "night")),
    Background("city", ("in the city", "on a street", "in a town"), ("day", "sunset", "night")),
    Background("room", ("in a room", "in the living room", "at home"), (), "ground", True),
    Background("underwater", ("under water", "underwater", "on the sea bed"), (), "water"),
    Background("space", ("in space", "among the stars", "near a planet"), (), "space"),
)
BACKGROUND_BY_NAME = {background.name: background for background in BACKGROUNDS}

TIMES = {
    "day": ("by day", "on a sunny day", "in the daytime"),
    "sunset": ("at sunset", "in the evening", "at dusk"),
    "night": ("at night", "by moonlight", "in the dark"),
}
STYLES = {
    "storybook": ("", "storybook: ", "an illustration of "),
    "watercolour": ("watercolour: ", "a watercolour painting of ", "in watercolour, "),
    "pencil": ("pencil drawing: ", "a pencil sketch of ", "in pencil, "),
    "comic": ("comic: ", "a comic drawing of ", "in comic style, "),
}
STYLE_SHARE = {"storybook": 0.76, "watercolour": 0.08, "pencil": 0.08, "comic": 0.08}
CAMERAS = {
    "still": ("", "", "the camera stands still"),
    "pan left": ("the camera pans left", "camera moving left"),
    "pan right": ("the camera pans right", "camera moving right"),
    "push in": ("the camera moves in", "slow zoom in"),
}
CAMERA_SHARE = {"still": 0.55, "pan left": 0.15, "pan right": 0.15, "push in": 0.15}
SIZES = {"small": ("small", "little", "tiny"), "normal": ("",), "big": ("big", "giant", "huge")}
SIZE_SHARE = {"small": 0.2, "normal": 0.55, "big": 0.25}
PLACES = {"left": ("on the left",), "middle": ("in the middle",), "right": ("on the right",)}

MOTION_WORDS = {
    "walk": ("walks", "is walking", "strolls"),
    "run": ("runs", "is running", "races"),
    "jump": ("jumps", "is jumping", "hops"),
    "stand": ("stands still", "is standing", "waits"),
    "dance": ("dances", "is dancing"),
    "spin": ("spins", "is spinning", "turns around"),
    "drive": ("drives", "is driving"),
    "fly": ("flies", "is flying"),
    "float": ("floats", "is floating", "hovers"),
    "swim": ("swims", "is swimming"),
    "bounce": ("bounces", "is bouncing"),
    "roll": ("rolls", "is rolling"),
}
DIRECTED = {"walk", "run", "drive", "fly", "swim", "roll"}  # motions with a way: to the left or to the right

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "white", "black")


def motions_for(subject: Subject, background: Background) -> tuple[str, ...]:
    """The motions that make sense, so that a caption never promises a walking fish."""
    if background.medium == "water":
        return ("swim", "float", "spin")
    if background.medium == "space":
        return ("fly", "float", "spin")
    return {
        "walker": ("walk", "run", "jump", "stand", "dance", "spin"),
        "hopper": ("jump", "jump", "run", "stand", "dance"),
        "doll": ("walk", "run", "jump", "stand", "dance", "spin"),
        "bust": ("walk", "run", "jump", "stand", "dance", "spin"),
        "swimmer": ("float", "dance", "spin"),
        "vehicle": ("drive", "drive", "stand", "jump"),
        "boat": ("drive", "float", "stand"),
        "flyer": ("fly", "float", "spin"),
        "sky": ("float", "fly", "stand"),
        "ball": ("bounce", "roll", "spin", "stand", "float"),
        "thing": ("stand", "bounce", "jump", "spin", "dance", "float", "roll"),
        "still": ("stand", "stand", "dance", "jump"),
    }[subject.kind]


_NUMBER = {subject.name: index for index, subject in enumerate(SUBJECTS)}


def is_held_out(subject: str, background: str) -> bool:
    """One pair in nine is never trained on, so that the evaluation can ask for combinations nobody has drawn."""
    places = [entry.name for entry in BACKGROUNDS]
    return (_NUMBER[subject] * 4 + places.index(background)) % 9 == 5
