"""python makeTestSet.py OUT SOUNDS: held-out clips (seeds and recordings never trained on) as wav, with their events."""
import glob
import json
import os
import sys

import numpy as np
import soundfile as sf
from ambience import RECIPES
from foley import FLOWS, HITS
from makeData import N, RECORDED_BEDS, RECORDED_HITS, Recordings, ambience_clip, foley_clip, load

out, sounds = sys.argv[1:3]
os.makedirs(out, exist_ok=True)
rng, empty, index = np.random.default_rng(990), Recordings(None), []


def write(name, kind, y, events=()):
    sf.write(f'{out}/{name}.wav', np.clip(y, -1, 1), 48000, subtype='PCM_16')
    index.append({'name': name, 'kind': kind, 'events': [[float(t), float(s)] for t, s in events]})


for kind in RECIPES:
    write(f'synth_{kind}', kind, ambience_clip([kind], rng, empty))
for kind in list(HITS) + list(FLOWS):
    y, events, _ = foley_clip([kind], rng, empty)
    write(f'synth_{kind}', kind, np.tanh(y * 0.8) / 0.8, events)
for kind, name in list(RECORDED_BEDS.items()) + list(RECORDED_HITS.items()):
    for i, f in enumerate(sorted(glob.glob(f'{sounds}/{name}/*'))):
        if i % 5 == 4:
            y = np.zeros(N, np.float32)
            x = load(f)[:N]
            y[: len(x)] = x * min(2.0, 0.4 / (np.abs(x).max() + 1e-6))
            write(f'real_{name}_{i}', f'real {kind}', y)
json.dump(index, open(f'{out}/index.json', 'w'))
print(len(index), 'clips')
