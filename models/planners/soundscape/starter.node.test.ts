/** The starter pack's own graphs and planner through onnxruntime-node: seconds of every stem, and a part of one. */
import { expect, test } from 'vitest';
import { integratedLoudness, truePeak } from '../../families/soundtrack/loudness.ts';
import { tokenNames } from '../../families/soundtrack/musicTokens.ts';
import { storeOf, sumStems, wholeSound } from '../../families/soundtrack/soundStore.ts';
import { runStarter, starterFamily, starterPack } from './testing/starterSound.node.ts';
import { fewOf, isLong } from '../../../core/time/testing/longTests.node.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

test('the starter pack makes two seconds of all three stems', async () => {
  const result = await runStarter({
    prompt: 'Rain, footsteps on gravel, ukulele',
    durationSeconds: 2,
    seed: 1,
    steps: 4,
    stems: ['ambience', 'foley', 'music'],
    picture: null,
    hitSeconds: [0.5, 1.2],
  });
  expect(Object.keys(result.stems)).toHaveLength(3);
  for (const stem of Object.values(result.stems).map(wholeSound)) {
    expect(stem.left).toHaveLength(96000);
    expect(stem.left.every(Number.isFinite)).toBe(true);
    expect(stem.left.some((v) => Math.abs(v) > 1e-3)).toBe(true);
  }
  expect(Math.abs(integratedLoudness(sumStems(result.stems)) + 16)).toBeLessThan(0.7);
  expect(result.reading).toMatchObject({ unused: [], guessed: [{ word: 'ukulele', takenFor: 'guitar' }] });
});

test('the music graph answers for every token', async () => {
  const music = await starterPack.session(starterFamily.graphs.music!);
  const out = await music.run({
    token: { type: 'int64', data: BigInt64Array.of(1n, 4n, 14n), dims: [1, 3] },
    position: { type: 'float32', data: Float32Array.of(0, 1, 2), dims: [3] },
    past: { type: 'float32', data: new Float32Array(0), dims: [4, 2, 1, 5, 0, 32] },
  });
  expect(out['logits']!.dims).toEqual([1, 3, tokenNames.length]);
});

const loudnesses = [
  ['music', -14],
  ['music', -23],
  ['ambience', -23],
] as const;
test.each(fewOf(loudnesses, 0, 2))(
  '%s alone has the loudness that was asked for, %d LUFS',
  async (stem, loudnessLufs) => {
    const { stems } = await runStarter({
      prompt: 'rain, happy music',
      durationSeconds: isLong ? 4 : 2,
      seed: 3,
      steps: 2,
      stems: [stem],
      picture: null,
      hitSeconds: [],
      loudnessLufs,
    });
    expect(Math.abs(integratedLoudness(sumStems(stems)) - loudnessLufs)).toBeLessThanOrEqual(0.5);
  },
);

const rms = (samples: Float32Array, from: number, to: number): number =>
  Math.sqrt(samples.subarray(from, to).reduce((sum, v) => sum + v * v, 0) / (to - from));

// seams need full runs: remakePart.long.test.ts
test.each([
  ['ambience', 'rain on leaves'],
  ['foley', 'footsteps on gravel'],
  ['music', 'happy, piano, 120 bpm'],
] as const)(
  '%s, %s: outside a regenerated part every sample stays, inside it is another, as loud',
  async (stem, prompt) => {
    const request = {
      prompt,
      durationSeconds: 5,
      seed: 3,
      steps: 2,
      stems: [stem],
      picture: null,
      hitSeconds: stem === 'foley' ? [0.4, 0.9, 1.4, 1.9, 2.4, 2.9, 3.4, 3.9, 4.4] : [],
    };
    const old = wholeSound((await runStarter(request)).stems[stem]!);
    const part = { old: storeOf(old), fromSeconds: 1.5, toSeconds: 3.6, rootPrompt: prompt, rootSeed: 3 };
    const made = wholeSound((await runStarter({ ...request, seed: 11, part })).stems[stem]!);
    const [from, to] = [72_000, 172_800];
    for (const [was, is] of [
      [old.left, made.left],
      [old.right, made.right],
    ] as const) {
      expect(is).toHaveLength(was.length);
      expect(firstDifference(is.subarray(0, from), was.subarray(0, from))).toBe(-1);
      expect(firstDifference(is.subarray(to), was.subarray(to))).toBe(-1);
      const [middle, end] = [from + 14_400, to - 14_400];
      const difference = is.subarray(middle, end).map((v, i) => v - was[middle + i]!);
      expect(rms(difference, 0, difference.length) / rms(was, middle, end)).toBeGreaterThan(0.5);
    }
    expect(Math.abs(20 * Math.log10(rms(made.left, from, to) / rms(old.left, from, to)))).toBeLessThan(4.5);
    expect(truePeak(made)).toBeLessThan(10 ** (-0.9 / 20));
  },
);
