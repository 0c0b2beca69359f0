"""Reads the shards that makeData.py writes; new shards are picked up while it still writes."""
import glob

import numpy as np


class Shards:
    def __init__(self, folder):
        self.folder, self.seen, self.parts = folder, set(), {}

    def refresh(self):
        for path in sorted(glob.glob(f'{self.folder}/shard_*.npz')):
            if path in self.seen or '.tmp.' in path:
                continue
            self.seen.add(path)
            with np.load(path) as z:
                for k in z.files:
                    self.parts.setdefault(k, []).append(z[k])
        return sum(len(x) for x in self.parts.get('stem', []))

    def crops(self, count, latents, rng):
        """-> bands f32 [count, 160, 5*latents] (floored at ln 1e-8), tonality f32 0..1, from random clips."""
        bands, tone = [], []
        for _ in range(count):
            p = rng.integers(len(self.parts['stem']))
            i = rng.integers(len(self.parts['stem'][p]))
            a = 5 * rng.integers(0, 160 - latents + 1)
            bands.append(self.parts['bands'][p][i, :, a : a + 5 * latents])
            tone.append(self.parts['tone'][p][i, :, a : a + 5 * latents])
        b = np.stack(bands).astype(np.float32)
        return np.logaddexp(b, np.float32(-18.42)), np.stack(tone).astype(np.float32) / 255
