/** The meter against the minimum requirements of EBU Tech 3341 (2016), tables 1 and 2: 1 kHz sines in both channels. */
import { describe, expect, it } from 'vitest';
import { integratedLoudness } from './loudness.ts';

const rate = 48_000;

/** Sines of 1 kHz, one after the other: peak level in dBFS, and seconds. */
function tones(...parts: readonly (readonly [dbfs: number, seconds: number])[]) {
  const samples = new Float32Array(parts.reduce((sum, [, seconds]) => sum + Math.round(seconds * rate), 0));
  let at = 0;
  for (const [dbfs, seconds] of parts) {
    const amplitude = 10 ** (dbfs / 20);
    for (const end = at + Math.round(seconds * rate); at < end; at++)
      samples[at] = amplitude * Math.sin((2 * Math.PI * 1000 * at) / rate);
  }
  return { sampleRateHz: rate, left: samples, right: samples };
}

describe('integrated loudness', () => {
  it.each([
    ['1: a steady tone', -23, tones([-23, 20])],
    ['2: a quiet steady tone', -33, tones([-33, 20])],
    ['3: the relative gate leaves out what is more than 10 LU below', -23, tones([-36, 10], [-23, 60], [-36, 10])],
    [
      '4: the absolute gate leaves out what is below -70',
      -23,
      tones([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]),
    ],
    ['5: what lies within the gates is averaged', -23, tones([-26, 20], [-20, 20.1], [-26, 20])],
    // our own: with the silence counted, the relative gate would sink below -38
    ['6: near silence moves no gate', -23, tones([-23, 10], [-38, 10], [-75, 20])],
  ])('case %s', (_name, lufs, sound) => {
    expect(Math.abs(integratedLoudness(sound) - lufs)).toBeLessThan(0.1);
  });
});
