"""Fetch the drawing material of the world: the npm package @lobehub/fluent-emoji-3d (MIT, after Microsoft Fluent Emoji).

Run once: `python -m models.training.fetch`. Everything lands in models/training/.cache, which git ignores: the sprites are
training material and are never shipped, only what a network learned from them.
"""
import subprocess
import tarfile

from .paths import CACHE

PACKAGE = "@lobehub/fluent-emoji-3d@1.1.0"


def main() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    if (CACHE / "package" / "assets").is_dir():
        print("sprites are here already:", CACHE / "package" / "assets")
        return
    subprocess.run(["npm", "pack", PACKAGE], cwd=CACHE, check=True)
    archive = next(CACHE.glob("lobehub-fluent-emoji-3d-*.tgz"))
    with tarfile.open(archive) as tar:
        tar.extractall(CACHE, filter="data")
    print("sprites unpacked:", CACHE / "package" / "assets")


if __name__ == "__main__":
    main()
