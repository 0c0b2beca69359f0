"""The demo project's footage: five scenes of the project's own world, larger than the models see it, as H.264.

    python -m models.training.demo.render_demo assets/demo/media [01 02 ...]

Nothing of it is filmed or borrowed: painted backgrounds and Fluent Emoji figures (MIT), moved by the world's own rules.
"""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .. import paths

paths.WIDTH, paths.HEIGHT = 768, 432  # before the renderer reads them

from ..world import brush  # noqa: E402

# the paintings' widths are in pixels of the models' size: three times as large here, like the height
brush.FAR_WIDTH, brush.NEAR_WIDTH, brush.GROUND_WIDTH = 3 * 384, 3 * 512, 3 * 640

from ..world.render import render  # noqa: E402
from ..world.scene import Actor, Scene  # noqa: E402

FPS, SECONDS = 24, 5


def actor(subject: str, motion: str, x: float, way: int = 1, size: str = "normal", colour: str = "", depth: float = 0.6) -> Actor:
    return Actor(subject, colour, motion, way, size, "middle", x, depth, 0.1)


SHOTS = {
    "01 giraffe on the beach": Scene((actor("giraffe", "walk", -0.1),), "beach", "day", "storybook", "pan right", 1, 4711),
    "02 panda in the desert": Scene((actor("panda", "dance", 0.05),), "desert", "sunset", "storybook", "still", 2, 31),
    "03 red car in the city": Scene((actor("car", "drive", -0.75, colour="red"),), "city", "day", "storybook", "pan right", 3, 902),
    "04 fox in the snow": Scene((actor("fox", "run", -1.1), actor("penguin", "jump", 0.5, -1, "small", depth=0.4)), "snow", "day", "storybook", "still", 0, 77),
    "05 rocket in space": Scene((actor("rocket", "fly", -1.0),), "space", "", "storybook", "still", 1, 1234),
    # what the soundtrack is shown on: something that drives, and something that walks among leaves
    "06 car in the desert": Scene((actor("car", "drive", -1.2, size="big", colour="red"),), "desert", "day", "storybook", "still", 0, 515),
    "07 fox in the forest": Scene((actor("fox", "walk", -0.62, size="big"),), "forest", "day", "storybook", "still", 2, 88),
}


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:]
    for name, scene in SHOTS.items():
        if wanted and name[:2] not in wanted:
            continue
        path = folder / f"{name}.mp4"
        encoder = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{paths.WIDTH}x{paths.HEIGHT}", "-r", str(FPS), "-i", "-",
             "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "libx264", "-preset", "slow", "-crf", "23", "-g", "24", "-pix_fmt", "yuv420p",
             "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart", str(path)],
            stdin=subprocess.PIPE,
        )
        for first in range(0, SECONDS * FPS, 8):  # eight frames at a time: memory stays small
            encoder.stdin.write(render(scene, 8, FPS, first / FPS).frames.numpy().tobytes())
        encoder.stdin.close()
        if encoder.wait() != 0:
            sys.exit(f"ffmpeg failed on {path}")
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
