"""The soundtrack family's words: a WordPiece tokenizer over the prompt tables. python tokenizer.py OUT_FOLDER"""
import re
import sys

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from prompts import ADJECTIVES, AMBIENCE, FOLEY, FRAMES, JOINERS


def words():
    text = ' '.join([p for t in (AMBIENCE, FOLEY) for v in t.values() for p in v] + ADJECTIVES + FRAMES + JOINERS)
    return sorted(set(re.findall(r'[a-z]+', text.lower())))


def build():
    letters = 'abcdefghijklmnopqrstuvwxyz'
    known = words()
    # pieces of two letters keep unknown words from falling apart into the unknown token
    pieces = list(letters) + [f'##{c}' for c in letters] + ['##ing', '##ed', '##s', '##er', '##ly', '##es']
    vocab = ['[PAD]', '[UNK]'] + [w for w in known if len(w) > 1] + pieces + [',', '.', ';', '-', "'"]
    tok = Tokenizer(models.WordPiece({w: i for i, w in enumerate(vocab)}, unk_token='[UNK]', max_input_chars_per_word=40))
    tok.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tok.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tok.decoder = decoders.WordPiece()
    return tok, known


def word_vectors(width, seed=5):
    """Starting word vectors: what kinds of sound a word is used for, in fixed orthonormal codes. Words used for none
    (and pieces of unknown words) share one code of their own. Joint training goes on from here."""
    import numpy as np
    tok, _ = build()
    kinds = list(AMBIENCE) + list(FOLEY)
    codes = np.linalg.qr(np.random.default_rng(seed).standard_normal((width, width)))[0][: len(kinds) + 1]
    neutral = set(re.findall(r'[a-z]+', ' '.join(ADJECTIVES + FRAMES + JOINERS))) | {'on', 'in', 'at', 'of', 'to', 'by', 'with', 'with', 'and', 'the'}
    uses = {}
    for k, kind in enumerate(kinds):
        phrases = (AMBIENCE if kind in AMBIENCE else FOLEY)[kind]
        for i, p in enumerate(phrases):
            for w in set(re.findall(r'[a-z]+', p)) - neutral:
                uses.setdefault(w, np.zeros(len(kinds)))[k] += (1 / len(phrases)) * (2.0 if i < 3 else 1.0)
    out = np.tile(codes[-1], (tok.get_vocab_size(), 1))
    for w, count in uses.items():
        index = tok.token_to_id(w)
        if index is not None:
            out[index] = (count / np.sqrt((count**2).sum())) @ codes[:-1]
    return (out * np.sqrt(width)).astype(np.float32)


if __name__ == '__main__':
    import os
    os.makedirs(sys.argv[1], exist_ok=True)
    tok, known = build()
    tok.save(f'{sys.argv[1]}/tokenizer.json')
    open(f'{sys.argv[1]}/vocabulary.txt', 'w').write('\n'.join(known) + '\n')
    print(tok.get_vocab_size(), 'tokens', len(known), 'words', tok.encode('Heavy rain, footsteps on gravel; unicorns').tokens)
