"""What the first world knows: 24 subjects, 9 backgrounds, 3 times of day, 9 motions, 4 camera moves, 4 styles.

Deliberately small, because two cores trained on it. Growing it (issue 3) means growing these tables: nothing else in the
renderer, the captions or the tests names a subject.
"""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Subject:
    name: str
    file: str  # in the sprite package
    looks: str  # which way the SOURCE looks: L, R or F(ront)
    kind: str  # walker, hopper, doll, swimmer, vehicle, flyer
    height: float  # of the sprite's box against the scene's size class
    also: tuple[str, ...] = ()
    shirt: str = ""  # dolls: colour of the body under the head
    colours: tuple[str, ...] = ()  # hues it can take


SUBJECTS = (
    Subject("cat", "1f408.webp", "L", "walker", 0.85, ("kitten",)),
    Subject("rabbit", "1f407.webp", "L", "hopper", 0.85, ("bunny", "hare")),
    Subject("elephant", "1f418.webp", "L", "walker", 1.1),
    Subject("hippo", "1f99b.webp", "L", "walker", 0.9, ("hippopotamus",)),
    Subject("giraffe", "1f992.webp", "L", "walker", 1.25),
    Subject("pig", "1f416.webp", "L", "walker", 0.8, ("piglet",)),
    Subject("cheetah", "1f406.webp", "L", "walker", 0.9, ("leopard",)),
    Subject("dinosaur", "1f996.webp", "L", "walker", 1.2, ("tyrannosaurus", "t-rex")),
    Subject("dragon", "1f409.webp", "L", "walker", 1.15),
    Subject("turtle", "1f422.webp", "L", "walker", 0.65, ("tortoise",)),
    Subject("horse", "1f40e.webp", "L", "walker", 1.1, ("pony",)),
    Subject("penguin", "1f427.webp", "F", "walker", 0.95),
    Subject("chick", "1f425.webp", "F", "hopper", 0.8, ("chicken", "small yellow bird")),
    Subject("duck", "1f986.webp", "L", "walker", 0.85),
    Subject("flamingo", "1f9a9.webp", "L", "walker", 1.15),
    Subject("fish", "1f420.webp", "L", "swimmer", 0.75),
    Subject("octopus", "1f419.webp", "F", "swimmer", 0.9),
    Subject("fox", "1f98a.webp", "F", "doll", 1.1, (), "#C8433F"),
    Subject("panda", "1f43c.webp", "F", "doll", 1.1, (), "#3E74C0"),
    Subject("frog", "1f438.webp", "F", "doll", 1.0, ("toad",), "#F0A63C"),
    Subject("car", "1f697.webp", "L", "vehicle", 0.85, ("automobile",), "", ("red", "blue", "green", "yellow")),
    Subject("bus", "1f68c.webp", "L", "vehicle", 1.0),
    Subject("rocket", "1f680.webp", "R", "flyer", 1.0, ("spaceship",)),
    Subject("balloon", "1f388.webp", "F", "flyer", 1.0, (), "", ("red", "blue", "green", "yellow")),
)
# What the first weights were trained on: half of the subjects, since half an hour on two busy cores was all there was.
# Cutting the world beats blurring it. Empty this to train on all.
TRAINED_SUBJECTS = ("elephant", "giraffe", "pig", "dinosaur", "penguin", "chick", "fox", "panda", "frog", "car", "balloon", "rocket")
SUBJECT_BY_NAME = {subject.name: subject for subject in SUBJECTS}


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
}
DIRECTED = {"walk", "run", "drive", "fly", "swim"}  # motions with a way: to the left or to the right

COLOURS = ("red", "blue", "green", "yellow")


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
        "swimmer": ("float", "dance", "spin"),
        "vehicle": ("drive", "drive", "stand", "jump"),
        "flyer": ("fly", "float", "spin"),
    }[subject.kind]


def is_held_out(subject: str, background: str) -> bool:
    """One pair in nine is never trained on, so that the evaluation can ask for combinations nobody has drawn."""
    names = [entry.name for entry in SUBJECTS]
    places = [entry.name for entry in BACKGROUNDS]
    return (names.index(subject) * 4 + places.index(background)) % 9 == 5
