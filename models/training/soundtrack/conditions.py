"""What the model is told about a training clip: text, picture features, known context. All drawn afresh each step."""
import numpy as np
from makeData import KINDS
from prompts import AMBIENCE, FOLEY, prompt
from flowModel import FEATURES, TOKENS

AMBIENCE_KINDS, FOLEY_KINDS = list(AMBIENCE), list(FOLEY)
FILLERS = ('unicorn video film my nice holiday monday bob anna story very today castle dragon cloudy person camera shot view '
           'scene background moving colour style lovely tall happy sad blurry zoom pan left right a the in on of with').split()


def draw_text(kinds, stem, rng):
    own = [KINDS[k] for k in kinds if k >= 0]
    if rng.random() < 0.12:
        return ''
    pool = FOLEY_KINDS if stem == 0 else AMBIENCE_KINDS
    other = [pool[rng.integers(len(pool))]] if rng.random() < 0.45 else []
    text = prompt(own, other, rng)
    if rng.random() < 0.25:  # words it does not know must not matter
        parts = text.split(' ')
        for _ in range(rng.integers(1, 4)):
            word = FILLERS[rng.integers(len(FILLERS))]
            if rng.random() < 0.3:
                word = ''.join(chr(97 + c) for c in rng.integers(0, 26, rng.integers(3, 9)))
            parts.insert(rng.integers(len(parts) + 1), word)
        text = ' '.join(parts)
    return text


def pulse(row, time_s, strength, frames):
    """Adds a pulse at a time, shared between the two nearest frame centres, so that its place is finer than a frame."""
    x = time_s * 25 - 0.5
    i = int(np.floor(x))
    for j, w in ((i, 1 - (x - i)), (i + 1, x - i)):
        if 0 <= j < frames:
            row[j] = min(1.0, row[j] + w * strength)


def draw_features(events, motion, stem, first, frames, rng):
    """[8, frames]: motion, onsets, cut, brightness, asked-for hits, slow motion, colour, picture there."""
    f = np.zeros((FEATURES, frames), np.float32)
    seen = rng.random() > 0.2  # there is a picture
    asked = rng.random() < (0.2 if seen else 0.35)  # the user marked hits
    if seen:
        f[7] = 1
        noise = np.convolve(rng.random(frames + 8), np.ones(9) / 9, 'valid') * rng.uniform(0, 0.25)
        if stem == 0:
            base = np.interp(np.arange(frames), np.linspace(0, frames, 8), rng.random(8)) * rng.random()
            f[0] = np.clip(base + noise, 0, 1)
            for _ in range(rng.poisson(2)):
                pulse(f[1], rng.uniform(0, frames / 25), rng.uniform(0.3, 1), frames)
        else:
            f[0] = np.clip(motion[first : first + frames] * rng.uniform(0.7, 1.1) + noise * rng.random(), 0, 1)
        f[3] = rng.random()
        f[6] = rng.random()
        for _ in range(rng.poisson(0.6)):
            pulse(f[2], rng.uniform(0, frames / 25), 1, frames)
        wide = np.pad(f[0], 12, 'edge')
        f[5] = np.convolve(wide, np.ones(25) / 25, 'valid')
    if stem == 1:
        for t, s in events:
            if t < 0:
                continue
            t = t - first / 25
            if seen and rng.random() > 0.03:
                pulse(f[1], t + rng.normal(0, 0.006), np.clip(s * rng.uniform(0.85, 1.1), 0, 1), frames)
            if asked:
                pulse(f[4], t, 1, frames)
    return f


def draw_context(frames, rng):
    """Which frames are known already: 1 = known. Half the time none."""
    m = np.zeros(frames, np.float32)
    u = rng.random()
    if u < 0.25:
        m[: rng.integers(8, frames // 2)] = 1
    elif u < 0.38:
        m[: rng.integers(6, frames // 3)] = 1
        m[-rng.integers(6, frames // 3) :] = 1
    elif u < 0.45:
        m[rng.integers(frames // 2, frames - 4) :] = 1
    elif u < 0.5:
        a, b = sorted(rng.integers(0, frames, 2))
        m[:] = 1
        m[a:b] = 0
    return m


def tokens(tokenizer, text):
    ids = tokenizer.encode(text).ids[:TOKENS] if text else []
    pad = TOKENS - len(ids)
    return ids + [0] * pad, [1] * len(ids) + [0] * pad
