import { expect, test } from 'vitest';
import { ticksPerSecond } from '../../../time/ticks.ts';
import { onSamples, samplesOf } from './speechRange.ts';
import type { AudioFacts } from '../../../disk/facts.ts';

const sound = (sampleRateHz: number): AudioFacts => ({
  ...{ streamIndex: 0, channels: 1, codec: 'pcm_s16le', layout: 'mono', startSeconds: 0, endSeconds: 10 },
  ...{ sampleRateHz, sampleExact: true, changes: false, title: '', language: '' },
});

test.each([8000, 11_025, 22_050, 44_100, 48_000, 96_000])(
  '%d Hz: the range begins on a sample of both rates and covers what was asked for',
  (rateHz) => {
    const asked = { startTicks: 1.2345 * ticksPerSecond, durationTicks: 0.5 * ticksPerSecond };
    const { startTicks, durationTicks } = onSamples(asked, sound(rateHz));
    for (const rate of [rateHz, 48_000]) expect(((startTicks * rate) / ticksPerSecond) % 1).toBe(0);
    expect(startTicks).toBeLessThanOrEqual(asked.startTicks);
    expect(asked.startTicks - startTicks).toBeLessThan(ticksPerSecond / 20);
    expect(startTicks + durationTicks).toBeGreaterThanOrEqual(asked.startTicks + asked.durationTicks);
    expect(durationTicks - asked.durationTicks).toBeLessThan(ticksPerSecond / 20);
    expect(onSamples({ startTicks, durationTicks }, sound(rateHz))).toEqual({ startTicks, durationTicks });
  },
);

test('whole samples are as many', () => {
  expect(samplesOf({ durationTicks: ticksPerSecond }, 44_100)).toBe(44_100);
  expect(samplesOf({ durationTicks: ticksPerSecond + 8000 }, 44_100)).toBe(44_101);
});
