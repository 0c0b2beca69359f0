"""Renders clips with known events and saves their spectra: python makeData.py OUT SEED CLIPS [SOUNDS [KIND,KIND,...]].

SOUNDS is the folder of CC0 recordings (never committed); given KINDs, only they are rendered, from recordings wherever
there are any but for one clip in seven. Each clip is 6.4 s, one stem, one or two kinds, and carries
what the picture would have shown: event times with strengths, and a motion curve at 25 Hz.
"""
import glob
import os
import sys
import time

import numpy as np
from scipy.signal import resample_poly
from ambience import RECIPES
from foley import FLOWS, HITS
from primitives import SR, rms
from prompts import AMBIENCE, FOLEY
from spectra import HOP, analyse

FRAMES = 160
N = FRAMES * 1920
KINDS = list(AMBIENCE) + list(FOLEY)
MAX_EVENTS = 40
RECORDED_BEDS = {'rain': 'rain', 'sea': 'sea_waves', 'fire': 'fire_crackling', 'helicopter': 'helicopter', 'chainsaw': 'chainsaw'}
RECORDED_HITS = {'dog': 'dog_bark', 'rooster': 'rooster', 'sneeze': 'person_sneeze', 'baby': 'baby_cry', 'clock': 'clock_tick'}


def load(path):
    import soundfile as sf
    x, rate = sf.read(path, dtype='float32', always_2d=True)
    # by a proper filter: straight lines between samples take 3.5 dB from 15 kHz, and what is trained on it is dull
    common = np.gcd(rate, SR)
    return resample_poly(x.mean(1), SR // common, rate // common).astype(np.float32)


def loop(x, n, rng):
    """Trims silence and tiles with 0.25 s crossfades, from a random start."""
    live = np.flatnonzero(np.abs(x) > 1e-4)
    x = x[live[0] : live[-1] + 1] if len(live) > SR else x
    fade = 12000
    out = np.zeros(n + len(x), np.float32)
    ramp = np.sqrt(np.linspace(0, 1, fade, dtype=np.float32))
    piece = x.copy()
    piece[:fade] *= ramp
    piece[-fade:] *= ramp[::-1]
    at = -int(rng.integers(0, len(x) // 2))
    while at < n:
        a = max(0, at)
        out[a : at + len(x)] += piece[a - at :]
        at += len(x) - fade
    return out[:n]


def segments(x, longest_s):
    """Cuts a recording at its attacks: list of short signals, their onset at sample 0."""
    hop = 240
    e = np.sqrt(np.convolve(x**2, np.ones(480) / 480, 'same')[::hop] + 1e-12)
    top = e.max()
    if top < 1e-3:
        return []
    out, i = [], 2
    while i < len(e) - 4:
        if e[i] > 0.25 * top and e[i] > 2.5 * e[max(0, i - 6) : i - 1].min():
            start = max(0, i * hop - 240)
            stop = min(len(x), start + int(longest_s * SR))
            after = e[i + 10 : stop // hop]
            quiet = np.flatnonzero(after < 0.03 * top)
            if len(quiet):
                stop = min(stop, (i + 10 + quiet[0]) * hop)
            s = x[start:stop].copy()
            if len(s) > 1200:
                s[-600:] *= np.linspace(1, 0, 600)
                s[:48] *= np.linspace(0, 1, 48)
                out.append(s / (np.abs(s).max() + 1e-9))
            i = stop // hop + 2
        else:
            i += 1
    return out


class Recordings:
    def __init__(self, folder, share=0.5):
        """Every fifth file of a kind is held out for evaluation (never in training). `share` of the clips of a kind that is
        also synthesised come from recordings."""
        self.beds, self.hits, self.share = {}, {}, share
        if not folder or not os.path.isdir(folder):
            return
        pick = lambda name: [f for i, f in enumerate(sorted(glob.glob(f'{folder}/{name}/*'))) if i % 5 != 4]
        for kind, name in RECORDED_BEDS.items():
            self.beds[kind] = [load(f) for f in pick(name)]
        for kind, name in RECORDED_HITS.items():
            longest = {'dog': 0.7, 'rooster': 2.2, 'sneeze': 1.3, 'baby': 1.5, 'clock': 0.25}[kind]
            files = [segments(load(f), longest) for f in pick(name)]
            self.hits[kind] = [s for s in files if s]

    def hit(self, kind, rng):
        pool = self.hits[kind][rng.integers(len(self.hits[kind]))]
        return lambda s, r: s * 0.8 * pool[r.integers(len(pool))]


def event_times(kind, rng):
    if kind in ('clock',) or kind.startswith('steps') or rng.random() < 0.25:
        period = rng.uniform(0.3, 0.75) if kind != 'clock' else rng.choice([0.5, 1.0, rng.uniform(0.2, 0.9)])
        t = np.arange(rng.uniform(0, period), 6.2, period)
        t = t + rng.normal(0, 0.015, len(t)) * (kind != 'clock')
        if rng.random() < 0.5:  # walks for a while, then stands
            a, b = sorted(rng.uniform(0, 6.4, 2))
            t = t[(t > a) & (t < b)] if b - a > 1.5 else t
    else:
        rate = rng.uniform(0.35, 1.8)
        gaps = 0.22 + rng.exponential(1 / rate, 40)
        t = np.cumsum(gaps) - 0.22 + rng.uniform(0, 0.3)
    t = t[(t > 0.02) & (t < 6.2)][:MAX_EVENTS]
    return t, rng.uniform(0.45, 1.0, len(t)).astype(np.float32)


def foley_clip(kinds, rng, rec):
    """-> (mono [N], events [M,2] (s, strength), motion [FRAMES])"""
    y, events = np.zeros(N, np.float32), []
    motion = np.zeros(FRAMES, np.float32)
    frame_t = (np.arange(FRAMES) + 0.5) / 25
    for kind in kinds:
        if kind in FLOWS:
            points = np.clip(rng.uniform(-0.6, 1.2, 12), 0, 1)
            curve = np.interp(np.linspace(0, 11, FRAMES), np.arange(12), points)
            curve = np.convolve(np.pad(curve, 2, 'edge'), np.ones(5) / 5, 'valid').astype(np.float32)
            energy = np.interp(np.arange(N), frame_t * SR, curve).astype(np.float32)
            part = FLOWS[kind](N, energy, rng)
            y += part * (0.16 / max(1e-4, np.percentile(np.abs(part), 97)))
            motion = np.maximum(motion, curve)
            continue
        use_recording = kind in rec.hits and rec.hits[kind] and (kind not in HITS or rng.random() < rec.share)
        event = rec.hit(kind, rng) if use_recording else HITS[kind](rng)
        t, s = event_times(kind, rng)
        if len(kinds) > 1:
            keep = rng.random(len(t)) < 0.6
            t, s = t[keep], s[keep]
        probe = event(1.0, rng)[: int(0.3 * SR)]
        level = 0.2 / max(1e-4, np.sqrt(np.convolve(probe**2, np.ones(960) / 960, 'same').max()))
        for time_s, strength in zip(t, s):
            g, start = event(float(strength) ** 1.5 * level, rng), int(time_s * SR)
            g = g[: N - start]
            y[start : start + len(g)] += g
            events.append((time_s, strength))
            motion = np.maximum(motion, strength * np.exp(-0.5 * ((frame_t - time_s) / 0.07) ** 2))
    events = np.array(sorted(events), np.float32).reshape(-1, 2)[:MAX_EVENTS]
    return y + 1e-4 * rng.standard_normal(N).astype(np.float32), events, motion


def ambience_clip(kinds, rng, rec):
    y = np.zeros(N, np.float32)
    for kind in kinds:
        pool = rec.beds.get(kind)
        if pool and (kind not in RECIPES or rng.random() < rec.share):
            part = loop(pool[rng.integers(len(pool))], N, rng)
        else:
            part = RECIPES[kind](N, rng)
        y += part / max(1e-4, rms(part)) * (1 if kind == kinds[0] else rng.uniform(0.5, 1))
    return y * (0.063 / rms(y))


def main(out, seed, clips, sounds=None, only=None):
    rng = np.random.default_rng(seed)
    rec = Recordings(sounds, 6 / 7 if only else 0.5)
    ambience = [k for k in AMBIENCE if (k in RECIPES or k in rec.beds) and (only is None or k in only)]
    foley = [k for k in FOLEY if (k in HITS or k in FLOWS or k in rec.hits) and (only is None or k in only)]
    ambience_share = len(ambience) / (len(ambience) + len(foley)) if only else 0.4
    began, shard = time.time(), []
    for i in range(clips):
        if rng.random() < ambience_share:
            kinds = list(rng.choice(ambience, 2 if len(ambience) > 1 and rng.random() < 0.25 else 1, replace=False))
            y, events, motion, stem = ambience_clip(kinds, rng, rec), np.zeros((0, 2), np.float32), np.zeros(FRAMES, np.float32), 0
        else:
            kinds = list(rng.choice(foley, 2 if len(foley) > 1 and rng.random() < 0.2 else 1, replace=False))
            (y, events, motion), stem = foley_clip(kinds, rng, rec), 1
        y = np.tanh(y * 0.8) / 0.8
        bands, tone = analyse(y)
        padded = np.full((MAX_EVENTS, 2), -1, np.float32)
        padded[: len(events)] = events
        ids = [KINDS.index(k) for k in kinds] + [-1] * (2 - len(kinds))
        shard.append((bands.astype(np.float16), (tone * 255).astype(np.uint8), padded, motion, ids, stem))
        if len(shard) == 100 or i == clips - 1:
            cols = list(zip(*shard))
            names = ['bands', 'tone', 'events', 'motion', 'kinds', 'stem']
            np.savez(f'{out}/shard_{seed}_{i // 100:03d}.tmp.npz', **{k: np.array(v) for k, v in zip(names, cols)})
            os.rename(f'{out}/shard_{seed}_{i // 100:03d}.tmp.npz', f'{out}/shard_{seed}_{i // 100:03d}.npz')
            shard = []
            print(f'{i + 1} clips, {(time.time() - began) / (i + 1):.3f} s each', flush=True)


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None, sys.argv[5].split(',') if len(sys.argv) > 5 else None)
