/** A part made anew by the starter pack's own graphs: what stays, what changes, and that nobody hears where. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundtrackFamilySchema } from '../pack.ts';
import type { StemKind } from './contract.ts';
import { truePeak } from './loudness.ts';
import { planMusic, tempoInWords } from './musicPlan.ts';
import { barsWithin, jointOf } from './part.ts';
import { runSoundtrackPipeline } from './pipeline.ts';
import { storeOf, wholeSound } from './soundStore.ts';
import { openPack } from './testing/openPack.node.ts';
import { leapAt, median, stepAt, stepsOf } from './testing/seams.ts';

const packFolder = join(import.meta.dirname, '../../packs/starter');
const present = existsSync(join(packFolder, 'soundtrack/family.json'));
const rms = (samples: Float32Array, from: number, to: number): number =>
  Math.sqrt(samples.subarray(from, to).reduce((sum, v) => sum + v * v, 0) / (to - from));

const feelOf = (prompt: string): 'happy' | 'epic' => (prompt.startsWith('epic') ? 'epic' : 'happy');
const steps = Array.from({ length: 19 }, (_, i) => 0.4 + 0.5 * i);
const asked: readonly (readonly [StemKind, string, readonly (readonly [number, number])[]])[] = [
  [
    'ambience',
    'rain on leaves',
    [
      [3, 5],
      [1.7, 3.1],
      [6, 6.8],
    ],
  ],
  [
    'ambience',
    'sea waves, wind',
    [
      [2.5, 7],
      [4, 5.5],
    ],
  ],
  [
    'foley',
    'footsteps on gravel',
    [
      [3.13, 5.13],
      [1.65, 7.15],
    ],
  ],
  [
    'music',
    'happy, piano, 120 bpm',
    [
      [3, 9],
      [4.4, 8.7],
      [2.2, 8.1],
      [1.3, 6.9],
    ],
  ],
  [
    'music',
    'epic orchestra, 96 bpm',
    [
      [3, 9],
      [4.4, 8.7],
      [2.2, 8.1],
      [1.3, 6.9],
    ],
  ],
];

test.skipIf(!present).for(asked)(
  '%s, %s: outside the part every sample stays, inside it is another, and the median joint is no seam',
  { timeout: 240_000 },
  async ([stem, prompt, parts]) => {
    const family = soundtrackFamilySchema.parse(
      JSON.parse(readFileSync(join(packFolder, 'soundtrack/family.json'), 'utf8')),
    );
    const context = { pack: openPack(packFolder), checkCancelled: () => {}, report: () => {} };
    const request = {
      prompt,
      durationSeconds: 10,
      seed: 3,
      stems: [stem],
      picture: null,
      hitSeconds: stem === 'foley' ? steps : [],
    };
    const old = wholeSound((await runSoundtrackPipeline(request, family, context)).stems[stem]!);
    const plan = planMusic(feelOf(prompt), 10, tempoInWords(prompt), []);
    // music steps on every beat: its joints are held against the same place before each of its other beats
    const beats = plan.bars
      .flatMap((bar) =>
        Array.from({ length: Math.ceil(bar.sixteenths / 4) }, (_, beat) =>
          Math.round((bar.startSeconds + 4 * beat * bar.sixteenthSeconds) * 48000),
        ),
      )
      .slice(1, -1);
    const untilBeat = (at: number): number => Math.min(...beats.map((beat) => (at > beat ? Infinity : beat - at)));
    const everywhere = median(stepsOf(old.left));
    const elsewhere = (at: number): number =>
      stem === 'music' ? median(beats.map((beat) => stepAt(old.left, beat - untilBeat(at)))) : everywhere;
    const leaps = Array.from({ length: 400 }, (_, i) => leapAt(old.left, 4800 + i * 1100)).toSorted((a, b) => a - b);
    const seams: number[] = [];
    for (const [fromSeconds, toSeconds] of parts) {
      const part = { old: storeOf(old), fromSeconds, toSeconds, rootPrompt: prompt, rootSeed: 3 };
      const result = await runSoundtrackPipeline({ ...request, seed: 11, part }, family, context);
      const made = wholeSound(result.stems[stem]!);
      const [from, to] = [Math.round(fromSeconds * 48000), Math.round(toSeconds * 48000)];
      for (const [was, is] of [
        [old.left, made.left],
        [old.right, made.right],
      ] as const) {
        expect(is).toHaveLength(was.length);
        expect(is.subarray(0, from)).toEqual(was.subarray(0, from));
        expect(is.subarray(to)).toEqual(was.subarray(to));
        const [middle, end] = [from + 14_400, to - 14_400];
        const difference = Math.sqrt(
          is.subarray(middle, end).reduce((sum, v, i) => sum + (v - was[middle + i]!) ** 2, 0) / (end - middle),
        );
        expect(difference / rms(was, middle, end)).toBeGreaterThan(0.5);
      }
      // as loud as what it replaces, and where it begins no louder leap than the sound has itself
      expect(Math.abs(20 * Math.log10(rms(made.left, from, to) / rms(old.left, from, to)))).toBeLessThan(4.5);
      expect(truePeak(made)).toBeLessThan(10 ** (-0.9 / 20));
      const joint =
        stem === 'music'
          ? barsWithin(plan, jointOf(part, made.left.length), made.left.length).joint
          : { from, to, fadeIn: 11_520, fadeOut: 11_520 };
      for (const at of [from, to])
        expect(leapAt(made.left, at)).toBeLessThanOrEqual(1.05 * Math.max(leaps[396]!, leapAt(old.left, at)));
      // where the fades begin, are even, and end
      const places = [
        joint.from,
        joint.from + joint.fadeIn / 2,
        joint.from + joint.fadeIn,
        joint.to - joint.fadeOut,
        joint.to - joint.fadeOut / 2,
        joint.to,
      ];
      seams.push(...places.map((at) => stepAt(made.left, at) / elsewhere(at)));
    }
    console.log(
      `${stem}, ${prompt}: step in log-mel at the joints over the median elsewhere ${median(seams).toFixed(2)} (${seams.map((seam) => seam.toFixed(2)).join(' ')})`,
    );
    expect(median(seams)).toBeLessThanOrEqual(1.3);
  },
);
