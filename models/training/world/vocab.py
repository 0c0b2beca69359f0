"""What the world knows: 604 subjects (things.json), 25 backgrounds, 3 times of day, 5 kinds of weather, 17 motions, 8 camera moves, 8 styles, 10 colours.

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
    medium: str = "ground"  # ground, surface (on water), water (under it) or space: what can move how
    indoor: bool = False


ALL_DAY = ("day", "sunset", "night")
BACKGROUNDS = (
    Background("meadow", ("in a meadow", "on the grass", "in a green field"), ALL_DAY),
    Background("forest", ("in a forest", "in the woods", "among trees"), ALL_DAY),
    Background("beach", ("on the beach", "by the sea", "on the sand by the ocean"), ALL_DAY),
    Background("desert", ("in the desert", "among the dunes"), ALL_DAY),
    Background("snow", ("in the snow", "in a snowy landscape", "in winter"), ALL_DAY),
    Background("city", ("in the city", "on a street", "in a town"), ALL_DAY),
    Background("room", ("in a room", "in the living room", "at home"), (), "ground", True),
    Background("underwater", ("under water", "underwater", "on the sea bed"), (), "water"),
    Background("space", ("in space", "among the stars", "near a planet"), (), "space"),
    Background("lake", ("by a lake", "on the lake shore", "at a mountain lake"), ALL_DAY),
    Background("sea", ("on the sea", "at sea", "on the open water"), ALL_DAY, "surface"),
    Background("mountain", ("in the mountains", "on a rocky mountain", "high in the mountains"), ALL_DAY),
    Background("jungle", ("in the jungle", "in a rainforest", "among palms"), ALL_DAY),
    Background("river", ("by a river", "at the river", "on a river bank"), ALL_DAY),
    Background("farm", ("on a farm", "by a barn", "in a farm field"), ALL_DAY),
    Background("garden", ("in a garden", "among flowers", "in a park"), ALL_DAY),
    Background("harbour", ("in a harbour", "on a pier", "at the docks"), ALL_DAY),
    Background("volcano", ("at a volcano", "on lava rock", "near a volcano"), ALL_DAY),
    Background("clouds", ("above the clouds", "in the sky", "high in the air"), ALL_DAY, "space"),
    Background("playground", ("on a playground", "at a fair"), ALL_DAY),
    Background("kitchen", ("in a kitchen", "in the kitchen"), (), "ground", True),
    Background("classroom", ("in a classroom", "at school"), (), "ground", True),
    Background("stage", ("on a stage", "on stage", "in a theatre"), (), "ground", True),
    Background("cave", ("in a cave", "in a cavern"), (), "ground", True),
    Background("moon", ("on the moon", "on a lunar plain"), ()),
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
    "pixel art": ("pixel art: ", "pixel art of ", "in pixels, "),
    "neon": ("neon: ", "a neon picture of ", "in neon, "),
    "oil painting": ("oil painting: ", "an oil painting of ", "in oil, "),
    "paper cut": ("paper cut: ", "a paper cutout of ", "cut from paper, "),
}
STYLE_SHARE = {"storybook": 0.70, "watercolour": 0.04, "pencil": 0.04, "comic": 0.04, "pixel art": 0.045, "neon": 0.045, "oil painting": 0.045, "paper cut": 0.045}
CAMERAS = {
    "still": ("", "", "the camera stands still"),
    "pan left": ("the camera pans left", "camera moving left"),
    "pan right": ("the camera pans right", "camera moving right"),
    "push in": ("the camera moves in", "slow zoom in"),
    "pull out": ("the camera moves out", "slow zoom out"),
    "tilt up": ("the camera tilts up", "camera moving up"),
    "tilt down": ("the camera tilts down", "camera moving down"),
    "shake": ("the camera shakes", "a shaky camera"),
    "roll": ("the camera rolls", "the camera sways"),
}
CAMERA_SHARE = {"still": 0.46, "pan left": 0.08, "pan right": 0.08, "push in": 0.08, "pull out": 0.08, "tilt up": 0.06, "tilt down": 0.06, "shake": 0.05, "roll": 0.05}
WEATHERS = {
    "": (),
    "rain": ("in the rain", "while it rains", "on a rainy day"),
    "snowfall": ("in a snowfall", "while flakes fall", "in a blizzard"),
    "fog": ("in the fog", "in thick mist", "on a misty day"),
    "leaves": ("among falling leaves", "while leaves fall"),
    "sparks": ("in a shower of sparks", "while sparks fly"),
}
WEATHER_SHARE = {"": 0.7, "rain": 0.07, "snowfall": 0.07, "fog": 0.06, "leaves": 0.05, "sparks": 0.05}
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
    "slide": ("slides", "is sliding", "glides"),
    "fall": ("falls", "is falling", "drops"),
    "rise": ("rises", "is rising", "climbs up"),
    "swing": ("swings", "is swinging"),
    "shake": ("shakes", "is shaking", "trembles"),
}
DIRECTED = {"walk", "run", "drive", "fly", "swim", "roll", "slide"}  # motions with a way: to the left or to the right

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "white", "black")


def motions_for(subject: Subject, background: Background) -> tuple[str, ...]:
    """The motions that make sense, so that a caption never promises a walking fish."""
    if background.medium == "water":
        return ("swim", "float", "spin", "rise", "fall")
    if background.medium == "surface":
        return ("fly", "float") if subject.kind in ("flyer", "sky") else ("drive", "float") if subject.kind in ("boat", "vehicle") else ("swim", "float", "swim")
    if background.medium == "space":
        return ("fly", "float", "spin", "rise", "fall")
    return {
        "walker": ("walk", "run", "jump", "stand", "dance", "spin", "slide", "shake"),
        "hopper": ("jump", "jump", "run", "stand", "dance", "shake"),
        "doll": ("walk", "run", "jump", "stand", "dance", "spin", "slide", "swing"),
        "bust": ("walk", "run", "jump", "stand", "dance", "spin", "slide", "swing"),
        "swimmer": ("float", "dance", "spin", "fall"),
        "vehicle": ("drive", "drive", "drive", "stand", "jump", "shake", "slide"),
        "boat": ("drive", "float", "stand"),
        "flyer": ("fly", "fly", "float", "spin", "rise", "fall"),
        "sky": ("float", "fly", "stand", "rise", "fall"),
        "ball": ("bounce", "roll", "spin", "stand", "float", "fall", "swing"),
        "thing": ("stand", "bounce", "jump", "spin", "dance", "float", "roll", "fall", "rise", "swing", "slide", "shake"),
        "still": ("stand", "stand", "dance", "jump", "shake"),
    }[subject.kind]


_NUMBER = {subject.name: index for index, subject in enumerate(SUBJECTS)}
_PLACE_NUMBER = {background.name: index for index, background in enumerate(BACKGROUNDS)}


def is_held_out(subject: str, background: str) -> bool:
    """One pair in nine is never trained on, so that the evaluation can ask for combinations nobody has drawn."""
    return (_NUMBER[subject] * 4 + _PLACE_NUMBER[background]) % 9 == 5
