/** The starter pack's own graphs through onnxruntime-node: two seconds of every stem. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundtrackFamilySchema } from '../pack.ts';
import { integratedLoudness } from './loudness.ts';
import { sumStems, wholeSound } from './soundStore.ts';
import { tokenNames } from './musicTokens.ts';
import { runSoundtrackPipeline } from './pipeline.ts';
import { openPack } from './testing/openPack.node.ts';

const packFolder = join(import.meta.dirname, '../../packs/starter');
const present = existsSync(join(packFolder, 'soundtrack/family.json'));

test.skipIf(!present)('the starter pack makes two seconds of all three stems', { timeout: 120_000 }, async () => {
  const family = soundtrackFamilySchema.parse(
    JSON.parse(readFileSync(join(packFolder, 'soundtrack/family.json'), 'utf8')),
  );
  const pack = openPack(packFolder);
  const request = {
    prompt: 'Rain, footsteps on gravel',
    durationSeconds: 2,
    seed: 1,
    steps: 4,
    stems: ['ambience', 'foley', 'music'] as const,
    picture: null,
    hitSeconds: [0.5, 1.2],
  };
  const result = await runSoundtrackPipeline(request, family, { pack, checkCancelled: () => {}, report: () => {} });
  expect(Object.keys(result.stems)).toHaveLength(3);
  for (const stem of Object.values(result.stems).map(wholeSound)) {
    expect(stem.left).toHaveLength(96000);
    expect(stem.left.every(Number.isFinite)).toBe(true);
    expect(stem.left.some((v) => Math.abs(v) > 1e-3)).toBe(true);
  }
  expect(Math.abs(integratedLoudness(sumStems(result.stems)) + 16)).toBeLessThan(0.7);
  expect(result.unknownWords).toEqual([]);

  const music = await pack.session(family.graphs.music!);
  const out = await music.run({
    token: { type: 'int64', data: BigInt64Array.of(1n, 4n, 14n), dims: [1, 3] },
    position: { type: 'float32', data: Float32Array.of(0, 1, 2), dims: [3] },
    past: { type: 'float32', data: new Float32Array(0), dims: [4, 2, 1, 5, 0, 32] },
  });
  expect(out['logits']!.dims).toEqual([1, 3, tokenNames.length]);
});

test.skipIf(!present)('a stem alone has the loudness that was asked for', { timeout: 120_000 }, async () => {
  const family = soundtrackFamilySchema.parse(
    JSON.parse(readFileSync(join(packFolder, 'soundtrack/family.json'), 'utf8')),
  );
  for (const [stem, loudnessLufs] of [
    ['music', -14],
    ['music', -23],
    ['ambience', -23],
  ] as const) {
    const request = {
      prompt: 'rain, happy music',
      durationSeconds: 4,
      seed: 3,
      steps: 2,
      stems: [stem],
      picture: null,
      hitSeconds: [],
      loudnessLufs,
    };
    const { stems } = await runSoundtrackPipeline(request, family, {
      pack: openPack(packFolder),
      checkCancelled: () => {},
      report: () => {},
    });
    expect(
      Math.abs(integratedLoudness(sumStems(stems)) - loudnessLufs),
      `${stem} at ${loudnessLufs}`,
    ).toBeLessThanOrEqual(0.5);
  }
});
