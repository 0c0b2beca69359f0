"""Writes models/planners/storybook/staging/motion.fixture.json: where the renderer puts figures, which motion.ts must agree with.

    python -m models.training.world.motion_fixture
"""
from __future__ import annotations

import json

from ..paths import REPOSITORY
from .render import LEGGED, _grounded, figure_height, layout
from .scene import Actor, Scene
from .sprites import figure
from .vocab import BACKGROUND_BY_NAME, SUBJECT_BY_NAME

CASES = (("fox", "walk", "meadow", "still", 1), ("pig", "run", "meadow", "still", -1), ("rabbit", "jump", "meadow", "still", 1), ("panda", "dance", "room", "still", -1),
         ("cat", "spin", "snow", "still", 1), ("car", "drive", "city", "pan left", 1), ("rocket", "fly", "space", "still", -1), ("balloon", "float", "beach", "push in", 1),
         ("fish", "swim", "underwater", "still", 1), ("football", "bounce", "room", "still", 1), ("football", "roll", "meadow", "still", -1), ("tree", "stand", "meadow", "pan right", 1),
         ("penguin", "slide", "snow", "pull out", -1), ("football", "fall", "garden", "tilt up", 1), ("balloon", "rise", "clouds", "tilt down", 1),
         ("person", "swing", "stage", "shake", -1), ("robot", "shake", "volcano", "roll", 1), ("hippo", "swim", "sea", "roll", -1))
NO_OFFSET = 8000  # a seed whose camera begins in the middle


def main() -> None:
    out = []
    for name, motion, background, camera, way in CASES:
        actor = Actor(name, "", motion, way, "normal", "middle", 0.1, 0.5, 0.3)
        scene = Scene((actor,), background, "day" if BACKGROUND_BY_NAME[background].times else "", "storybook", camera, 0, NO_OFFSET)
        placed, _ = layout(scene, 17)
        sprite, _ = figure(name)
        grounded, height, kind = _grounded(scene), figure_height(actor), SUBJECT_BY_NAME[name].kind
        out.append({
            "figure": {"motion": motion, "way": way, "x": 0.1, "foot": 0.86 if grounded else 0.62 + height * 0.3, "height": height, "aspect": sprite.shape[2] / sprite.shape[1],
                       "phase": 0.3, "reach": 9, "legged": kind in LEGGED, "waves": kind == "swimmer" or motion == "swim", "grounded": grounded,
                       "airborne": kind in ("flyer", "swimmer"), "lag": 0},
            "camera": camera,
            "placements": [[round(value, 5) for value in placed[latent, 0, moment].tolist()] for latent, moment in ((0, 0), (2, 0), (4, 1))],
        })
    about = "Placements of frames 0, 5 and 16 by models/training/world/render.py (layout). Made by models/training/world/motion_fixture.py."
    (REPOSITORY / "models/planners/storybook/staging/motion.fixture.json").write_text(json.dumps({"about": about, "duration": 1.06, "cases": out}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
