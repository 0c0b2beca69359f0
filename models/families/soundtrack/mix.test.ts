import { expect, test } from 'vitest';
import type { Sound } from '../pipeline.ts';
import { integratedLoudness, truePeak } from './loudness.ts';
import { mixStems, stemWriter } from './mix.ts';
import { Random } from './random.ts';
import { blockSamples, MemorySound, storeOf, sumStems } from './soundStore.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

const sine = (hz: number, amplitude: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * 48000) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / 48000),
  );
const stereo = (left: Float32Array, right: Float32Array): Sound => ({ sampleRateHz: 48000, left, right });

test('BS.1770: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS', () => {
  const sound = stereo(sine(997, 1, 5), new Float32Array(240000));
  expect(integratedLoudness(sound)).toBeCloseTo(-3.01, 1);
});

test('EBU 3341 case 1: a 1 kHz stereo sine at -23 dBFS reads -23 LUFS', () => {
  const x = sine(1000, 10 ** (-23 / 20), 5);
  expect(integratedLoudness(stereo(x, x.slice()))).toBeCloseTo(-23, 1);
});

test('silence between loud parts is gated away', () => {
  const x = new Float32Array(480000);
  x.set(sine(997, 0.25, 3), 0);
  const loud = sine(997, 0.25, 3);
  expect(integratedLoudness(stereo(x, x.slice()))).toBeCloseTo(integratedLoudness(stereo(loud, loud.slice())), 0);
  expect(integratedLoudness(stereo(new Float32Array(48000), new Float32Array(48000)))).toBe(-Infinity);
});

test('true peak sees between the samples', () => {
  // a quarter of the sample rate, 45 degrees off: samples reach 0.707, the wave reaches 1
  const x = Float32Array.from(
    { length: 4800 },
    (_, i) => Math.sin((Math.PI * i) / 2 + Math.PI / 4) * Math.min(1, i / 500, (4799 - i) / 500),
  );
  const peak = truePeak(stereo(x, x));
  expect(peak).toBeGreaterThan(0.97);
  expect(peak).toBeLessThan(1.06);
});

test('the sum of stems has -16 LUFS and stays under -1 dBTP, and their ratio is kept', () => {
  const random = new Random(4);
  const bed = random.normals(48000 * 4).map((v) => v * 0.02);
  const hits = new Float32Array(48000 * 4);
  for (let at = 10000; at < hits.length - 3000; at += 24000)
    for (let i = 0; i < 3000; i++) hits[at + i] = 0.9 * Math.exp(-i / 400) * random.normal() * 0.6;
  const stems = { ambience: storeOf(stereo(bed, bed)), foley: storeOf(stereo(hits, hits)) };
  mixStems(Object.values(stems).map((store) => ({ store, gain: 1, duck: null })));
  const sum = sumStems(stems);
  expect(Math.abs(integratedLoudness(sum) + 16)).toBeLessThan(0.5);
  expect(20 * Math.log10(truePeak(sum))).toBeLessThan(-1);
  expect(stems.ambience.left[50]! / bed[50]!).toBeCloseTo(stems.foley.left[10050]! / hits[10050]!, -1);
});

test('each preset is met, and under the duck the stem alone goes down', () => {
  const tone = sine(440, 0.1, 6);
  for (const lufs of [-14, -16, -23]) {
    const store = storeOf(stereo(tone, tone));
    mixStems([{ store, gain: 1, duck: null }], { lufs, truePeakDb: -1 });
    expect(Math.abs(integratedLoudness(store) - lufs)).toBeLessThan(0.2);
  }
  const store = storeOf(stereo(tone, tone));
  mixStems([{ store, gain: 1, duck: (sample) => (sample > 144000 ? 0.25 : 1) }]);
  const peakIn = (from: number): number => Math.max(...store.left.subarray(from, from + 4800).map(Math.abs));
  expect(peakIn(200000) / peakIn(96000)).toBeCloseTo(0.25, 2);
});

test('blocks leave no trace: the limiter does in many what it does in one', () => {
  const random = new Random(8);
  const x = random.normals(blockSamples * 2 + 777).map((v, i) => v * (i % 30000 < 2000 ? 0.5 : 0.02));
  const store = storeOf(stereo(x, x));
  mixStems([{ store, gain: 1, duck: null }], { lufs: -14, truePeakDb: -1 });
  expect(20 * Math.log10(truePeak(store))).toBeLessThan(-1);
  const gain = (i: number): number => store.left[i]! / x[i]!;
  for (const edge of [blockSamples, 2 * blockSamples]) {
    for (let i = edge - 50; i < edge + 50; i++) expect(Math.abs(gain(i + 1) / gain(i) - 1)).toBeLessThan(0.02);
  }
});

test('DC goes, and the ends are silent, whatever the blocks', () => {
  const x = sine(300, 0.3, 2).map((v) => v + 0.2);
  const written = (block: number): MemorySound => {
    const store = new MemorySound(x.length);
    const writer = stemWriter(store, 0.02, 0.1);
    for (let at = 0; at < x.length; at += block) writer.write(at, x.slice(at, at + block), x.slice(at, at + block));
    return store;
  };
  const { left } = written(x.length);
  const late = left.subarray(48000);
  expect(Math.abs(late.reduce((a, b) => a + b, 0) / late.length)).toBeLessThan(1e-3);
  expect(Math.abs(left[0]!)).toBe(0);
  expect(Math.abs(left[left.length - 1]!)).toBeLessThan(1e-6);
  expect(firstDifference(written(7001).left, left)).toBe(-1);
});
