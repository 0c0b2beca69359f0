"""Where things lie. Only `runs/` and `.cache/` are written to, and git ignores both."""
import os
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
REPOSITORY = TRAINING.parent.parent
CACHE = Path(os.environ.get("FRAMEWRIGHT_CACHE", TRAINING / ".cache"))
RUNS = Path(os.environ.get("FRAMEWRIGHT_RUNS", TRAINING / "runs"))
SPRITES = CACHE / "package" / "assets"
# The shared folder lies beside the repository; its photographs and clips train and test the autoencoder, and are never shipped.
SHARED = Path(os.environ.get("FRAMEWRIGHT_SHARED", REPOSITORY.parent / "shared"))
PACK_VIDEO = REPOSITORY / "models" / "packs" / "starter" / "video"

WIDTH, HEIGHT, FPS = 256, 144, 16
LATENT_WIDTH, LATENT_HEIGHT, LATENT_CHANNELS = WIDTH // 8, HEIGHT // 8, 16
