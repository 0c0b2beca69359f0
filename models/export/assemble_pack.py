"""Both halves of the starter pack -> models/packs/starter/manifest.json and CARD.md, valid against models/families/pack.ts.

    python -m models.export.assemble_pack

Reads <half>/family.json, <half>/about.json (description, can, cannot, memoryBytes; optional) and <half>/CARD.part.md of the
halves that are there, hashes every file the pack ships, writes the manifest, and joins the cards.
"""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

PACK = Path(__file__).resolve().parent.parent / "packs" / "starter"
HALVES = ("video", "soundtrack")
VERSION = "0.1.0"
# What belongs to the card, not to the graphs: it lies in the repository beside them and is not part of the manifest.
NOT_SHIPPED = {"family.json", "about.json", "CARD.part.md", "parity.json", "figures.json"}

HEAD = """# Starter pack: card

Trained from scratch on the project's own rendered world, on two processor cores shared with other work, in a few hours. It
shows that every AI action of the editor runs on this machine, offline. Storybook scenes are occasionally worth keeping; on
real footage no action of the video half is. What it cannot do is described below, with measurements.

Licence: MIT, weights and code. The world is drawn from Fluent Emoji sprites (Microsoft, MIT); none of them is in this pack.
"""


def file_entry(path: Path) -> dict:
    return {"path": path.relative_to(PACK).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "sizeBytes": path.stat().st_size}


def referenced(family: dict) -> list[str]:
    names = [name for name in family["graphs"].values() if name] + [family["tokenizer"]]
    figures = family.get("figures", {})
    return names + ([family["vocabulary"]] if family.get("vocabulary") else []) + [path for path in figures.values() if isinstance(path, str)]


def main() -> None:
    families, files, cards = [], [], []
    about = {"can": [], "cannot": [], "description": [], "memoryBytes": 0}
    for half in HALVES:
        folder = PACK / half
        if not (folder / "family.json").exists():
            print(f"{half}: not there yet")
            continue
        family = json.loads((folder / "family.json").read_text())
        families.append(family)
        files += [file_entry(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name not in NOT_SHIPPED and path.suffix != ".png"]
        missing = set(referenced(family)) - {entry["path"] for entry in files}
        if missing:
            raise SystemExit(f"{half}/family.json names files that are not there: {sorted(missing)}")
        if (folder / "about.json").exists():
            part = json.loads((folder / "about.json").read_text())
            about["can"] += part.get("can", [])
            about["cannot"] += part.get("cannot", [])
            about["description"] += [part["description"]] if part.get("description") else []
            about["memoryBytes"] = max(about["memoryBytes"], part.get("memoryBytes", 0))
        if (folder / "CARD.part.md").exists():
            cards.append((folder / "CARD.part.md").read_text().strip())
    if not families:
        raise SystemExit("No half of the pack is there.")
    manifest = {
        "manifestVersion": 1,
        "id": "starter",
        "name": "Framewright starter pack",
        "version": VERSION,
        "licence": "MIT",
        "description": " ".join(about["description"])[:500] or "Small models trained by the project itself; they run on any processor.",
        "can": about["can"],
        "cannot": about["cannot"],
        "memoryBytes": about["memoryBytes"] or 600_000_000,
        "madeFor": "cpu",  # its int8 sums (export/compress.py) are a processor's
        "files": files,
        "families": families,
    }
    (PACK / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    (PACK / "CARD.md").write_text("\n\n".join([HEAD.strip(), *cards]) + "\n")
    print(f"{len(files)} files, {sum(entry['sizeBytes'] for entry in files) / 1e6:.2f} MB, families: {[family['family'] for family in families]}")


if __name__ == "__main__":
    main()
