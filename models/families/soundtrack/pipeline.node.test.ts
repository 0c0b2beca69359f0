/** The starter pack's own graphs through onnxruntime-node: two seconds of every stem. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { soundtrackFamilySchema } from '../pack.ts';
import type { GraphSession, PackReader, Tensor } from '../pipeline.ts';
import { integratedLoudness } from './loudness.ts';
import { sumStems, wholeSound } from './soundStore.ts';
import { tokenNames } from './musicTokens.ts';
import { runSoundtrackPipeline } from './pipeline.ts';

const packFolder = join(import.meta.dirname, '../../packs/starter');
const present = existsSync(join(packFolder, 'soundtrack/family.json'));

function openPack(): PackReader {
  return {
    async session(path): Promise<GraphSession> {
      const inner = await ort.InferenceSession.create(join(packFolder, path), { intraOpNumThreads: 1 });
      return {
        inputNames: inner.inputNames,
        outputNames: inner.outputNames,
        async run(feeds) {
          const given = Object.fromEntries(Object.entries(feeds).map(([name, t]) => [name, t.type === 'int64' ? new ort.Tensor('int64', t.data, t.dims) : new ort.Tensor('float32', t.data, t.dims)]));
          const out = await inner.run(given);
          return Object.fromEntries(Object.entries(out).map(([name, t]) => [name, { type: 'float32', data: t.data as Float32Array, dims: t.dims } satisfies Tensor]));
        },
      };
    },
    readText: async (path) => readFileSync(join(packFolder, path), 'utf8'),
    release: async () => {},
  };
}

test.skipIf(!present)('the starter pack makes two seconds of all three stems', { timeout: 120_000 }, async () => {
  const family = soundtrackFamilySchema.parse(JSON.parse(readFileSync(join(packFolder, 'soundtrack/family.json'), 'utf8')));
  const pack = openPack();
  const request = { prompt: 'Rain, footsteps on gravel', durationSeconds: 2, seed: 1, steps: 4, stems: ['ambience', 'foley', 'music'] as const, picture: null, hitSeconds: [0.5, 1.2] };
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
