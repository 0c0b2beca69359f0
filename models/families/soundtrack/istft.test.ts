import { expect, test } from 'vitest';
import { Fft } from './fft.ts';
import { SpectralSynth } from './istft.ts';
import { Random } from './random.ts';
import { analyse } from './spectrum.ts';

const shape = { fftSize: 1024, hopSize: 384 };
const bins = 513;

/** Runs constant frames through the synthesiser. */
function synthesise(
  frameCount: number,
  level: (bin: number) => number,
  tone: (bin: number) => number,
  width: number,
): { left: Float32Array; right: Float32Array } {
  const synth = new SpectralSynth(shape, { seed: 5, width });
  const left = new Float32Array(frameCount * 384);
  const right = new Float32Array(frameCount * 384);
  const magnitude = Float32Array.from({ length: bins }, (_, b) => level(b));
  const tonality = Float32Array.from({ length: bins }, (_, b) => tone(b));
  for (let k = 0; k < frameCount; k++) synth.push(magnitude, tonality, 0, 1, left, right);
  synth.flush(left, right);
  return { left, right };
}

const rms = (x: Float32Array): number => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length);

test('the transform and its inverse give the signal back', () => {
  const random = new Random(1);
  const re = Float64Array.from({ length: 256 }, () => random.normal());
  const im = new Float64Array(256);
  const before = re.slice();
  const fft = new Fft(256);
  fft.forward(re, im);
  fft.inverse(re, im);
  expect(Math.max(...re.map((v, i) => Math.abs(v - before[i]!)))).toBeLessThan(1e-12);
});

test('white noise of variance v has power v in every bin', () => {
  const random = new Random(2);
  const spectrum = analyse(random.normals(384 * 200), 200, shape);
  let power = 0;
  for (const v of spectrum) power += v * v;
  expect(power / (bins * 200)).toBeCloseTo(1, 1);
});

test('a flat noise envelope of amplitude a becomes noise of RMS a on both sides', () => {
  const { left, right } = synthesise(
    300,
    () => Math.log(0.1),
    () => 0,
    0.3,
  );
  expect(rms(left)).toBeGreaterThan(0.095);
  expect(rms(left)).toBeLessThan(0.105);
  expect(rms(right)).toBeCloseTo(rms(left), 2);
  let product = 0;
  for (let i = 0; i < left.length; i++) product += left[i]! * right[i]!;
  const correlation = product / left.length / (rms(left) * rms(right));
  expect(correlation).toBeGreaterThan(0.3); // folds down to mono without cancelling
  expect(correlation).toBeLessThan(0.5);
});

test('a tonal peak becomes a steady sinusoid of the same power', () => {
  const hz = 1000;
  const random = new Random(3);
  const tone = Float32Array.from(
    { length: 384 * 60 },
    (_, i) => 0.2 * Math.sin((2 * Math.PI * hz * i) / 48000) + 1e-6 * random.normal(),
  );
  const spectrum = analyse(tone, 60, shape);
  const synth = new SpectralSynth(shape, { seed: 1, width: 0 });
  const left = new Float32Array(tone.length);
  const right = new Float32Array(tone.length);
  for (let k = 0; k < 60; k++) {
    const level = Float32Array.from(
      { length: bins },
      (_, b) => 0.5 * Math.log(spectrum[b * 60 + k]! ** 2 + spectrum[(bins + b) * 60 + k]! ** 2 + 1e-9),
    );
    synth.push(level, new Float32Array(bins).fill(1), 0, 1, left, right);
  }
  const middle = left.subarray(384 * 10, 384 * 50);
  expect(rms(middle)).toBeGreaterThan((0.2 / Math.SQRT2) * 0.93);
  expect(rms(middle)).toBeLessThan((0.2 / Math.SQRT2) * 1.07);
  let crossings = 0;
  for (let i = 1; i < middle.length; i++) if (middle[i - 1]! < 0 && middle[i]! >= 0) crossings++;
  expect((crossings * 48000) / middle.length).toBeGreaterThan(hz * 0.99);
  expect((crossings * 48000) / middle.length).toBeLessThan(hz * 1.01);
});
