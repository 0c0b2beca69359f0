"""Byte-level BPE of at most 2,000 pieces, trained on the caption grammar; tokenizer.json also loads in @huggingface/tokenizers.

    python -m models.training.text.tokenizer           # writes runs/text/tokenizer.json, tokenizer_config.json, vocabulary.txt
    python -m models.training.text.tokenizer --grow    # keeps its pieces; words of a grown world become pieces of their own
"""
from __future__ import annotations

import argparse
import json
import random
import re

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from ..paths import RUNS
from ..world.captions import caption, instruction
from ..world.scene import replace_actor, sample_scene
from ..world.vocab import BACKGROUNDS, CAMERAS, MOTION_WORDS, STYLES, TIMES, WEATHERS

MAX_TOKENS = 56  # the longest caption of two figures, their place, weather and camera
PAD, UNKNOWN, END = 0, 1, 2
PIECES, ROOM_TO_GROW = 2000, 200


def all_captions(count: int, seed: int = 99) -> list[str]:
    pick = random.Random(seed)
    texts = []
    for index in range(count):
        scene = sample_scene(pick, held_out=index % 10 == 0)
        texts.append(caption(scene, pick))
        texts.append(instruction("remove", scene, pick, 0, scene.actors[0]))
        texts.append(instruction("add", scene, pick))
        texts.append(instruction("replace", replace_actor(pick, scene), pick))
    return texts


def grow() -> None:
    """Words of places, weather, light, styles, cameras and motions that fall into three pieces or more get one of their own."""
    tokenizer = load()
    phrases = [phrase for table in (TIMES, WEATHERS, STYLES, CAMERAS, MOTION_WORDS) for said in table.values() for phrase in said] + [phrase for b in BACKGROUNDS for phrase in b.phrases]
    words = sorted({word for phrase in phrases for word in re.findall(r"[a-z]+", phrase)})
    new = [word for word in words if len(tokenizer.encode(word).ids) >= 3]
    if tokenizer.get_vocab_size() + len(new) > PIECES + ROOM_TO_GROW:
        raise ValueError(f"{len(new)} new words do not fit beside {tokenizer.get_vocab_size()} pieces")
    tokenizer.add_tokens([AddedToken(word, single_word=True, lstrip=True, normalized=True) for word in new])
    write(tokenizer, all_captions(6000))
    print("new pieces:", " ".join(new))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--grow", action="store_true")
    if parser.parse_args().grow:
        grow()
        return
    texts = all_captions(12000)
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=PIECES, special_tokens=["<pad>", "<unk>", "</s>"],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainer)
    write(tokenizer, texts)


def write(tokenizer: Tokenizer, texts: list[str]) -> None:
    folder = RUNS / "text"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>", "unk_token": "<unk>", "eos_token": "</s>", "model_max_length": MAX_TOKENS}, indent=1))
    words = sorted({word for text in texts for word in re.findall(r"[a-z][a-z-]*", text.lower())})
    (folder / "vocabulary.txt").write_text("\n".join(words) + "\n")
    longest = max(len(tokenizer.encode(text).ids) for text in texts)
    print(f"{tokenizer.get_vocab_size()} pieces, {len(words)} words, longest caption {longest} tokens + </s>")


def load() -> Tokenizer:
    return Tokenizer.from_file(str(RUNS / "text" / "tokenizer.json"))


def encode(tokenizer: Tokenizer, text: str) -> list[int]:
    """Ids with </s>, padded to MAX_TOKENS."""
    ids = tokenizer.encode(text).ids[: MAX_TOKENS - 1] + [END]
    return ids + [PAD] * (MAX_TOKENS - len(ids))


if __name__ == "__main__":
    main()
