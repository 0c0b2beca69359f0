import { expect, test } from 'vitest';
import type { StemKind } from './contract.ts';
import { integratedLoudness, truePeak } from './loudness.ts';
import { defaultTarget, mixStems } from './mix.ts';
import { Random } from './random.ts';
import { shareOf } from './share.ts';
import { sumStems, storeOf, wholeSound } from './soundStore.ts';
import { fewOf } from '../../../core/time/testing/longTests.node.ts';

const seconds = 4;
/** White noise of a seed, drawn once: what a test changes is its envelope. */
const noise = [1, 2, 3].map((seed) => {
  const random = new Random(seed, 1);
  const side = () => Float32Array.from({ length: 48000 * seconds }, () => 0.1 * random.normal());
  return [side(), side()] as const;
});
const sound = (seed: 1 | 2 | 3, gain: (t: number) => number) => {
  const [left, right] = noise[seed - 1]!.map((side) => side.map((value, i) => gain(i / 48000) * value));
  return storeOf({ sampleRateHz: 48000, left: left!, right: right! });
};
const steps = (t: number): number => Math.exp(-(t % 0.6) * 25);
const three = (foley: (t: number) => number) => ({
  music: sound(1, (t) => 0.6 + 0.3 * Math.sin(t)),
  ambience: sound(2, () => 1),
  foley: sound(3, foley),
});

/** Each stem by itself, as the jobs of a timeline make them. */
function apart(stems: Partial<ReturnType<typeof three>>, lufs: number) {
  const kinds = Object.keys(stems) as StemKind[];
  for (const kind of kinds) {
    const store = stems[kind]!;
    mixStems(
      [{ store, gain: 1, duck: null }],
      shareOf(
        kind,
        store,
        kinds.filter((other) => other !== kind),
        { ...defaultTarget, lufs },
      ),
    );
  }
  return wholeSound(storeOf(sumStems(stems)));
}

test('stems made apart have the asked loudness together and stay under -1 dBTP, whatever the foley', () => {
  const lone = (t: number): number => (t > 2.5 ? Math.exp(-(t - 2.5) * 12) : 0);
  for (const lufs of fewOf([-16, -14, -23], 0)) {
    for (const foley of [steps, lone, () => 1]) {
      const sum = apart(three(foley), lufs);
      expect(Math.abs(integratedLoudness(sum) - lufs)).toBeLessThanOrEqual(0.5);
      expect(20 * Math.log10(truePeak(sum))).toBeLessThanOrEqual(-1);
    }
  }
});

test('two of them as well, and one alone has all of it', () => {
  const { music, ambience } = three(steps);
  expect(integratedLoudness(apart({ music, ambience }, -16))).toBeCloseTo(-16, 0);
  const { music: other, foley } = three(steps);
  expect(Math.abs(integratedLoudness(apart({ music: other, foley }, -16)) + 16)).toBeLessThanOrEqual(0.5);
  expect(shareOf('music', music, [], defaultTarget)).toEqual(defaultTarget);
});

test('silent foley asks for nothing', () => {
  const { foley } = three(() => 0);
  expect(Number.isFinite(shareOf('foley', foley, ['music'], defaultTarget).lufs)).toBe(true);
});
