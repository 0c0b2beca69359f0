/** The shipped graphs on a made voice: noise goes, the voice stays where it was. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../soundtrack/random.ts';
import { openPack } from '../../soundtrack/testing/openPack.node.ts';
import { bands } from './voiceFrames.ts';
import { VoiceCleaner, wholeAttenuationDb, type VoiceGraphs } from './cleanVoice.ts';
import { formantVoice } from '../testing/formantVoice.ts';
import { hopSamples } from './voiceFrames.ts';

let graphs: VoiceGraphs;
beforeAll(async () => {
  const pack = openPack(join(import.meta.dirname, '../../../packs/footage'));
  graphs = {
    encoder: await pack.session('denoise/dfn3_encoder.onnx'),
    gains: await pack.session('denoise/dfn3_gains.onnx'),
    filters: await pack.session('denoise/dfn3_filters.onnx'),
  };
});

/** A made voice of 16 kHz, three samples for one: what lies above 8 kHz does not matter here. */
function voice(hops: number): Float32Array {
  const low = formantVoice(Math.ceil(hops / 100), 1, 120);
  const high = new Float32Array(hops * hopSamples);
  for (let i = 0; i < high.length; i++) {
    const [at, part] = [Math.floor(i / 3), (i % 3) / 3];
    high[i] = (low[at] ?? 0) * (1 - part) + (low[at + 1] ?? 0) * part;
  }
  return high;
}

async function cleaned(sound: Float32Array, attenuationDb = wholeAttenuationDb): Promise<Float32Array> {
  const cleaner = new VoiceCleaner(graphs, attenuationDb);
  const parts: Float32Array[] = [];
  for (let at = 0; at < sound.length; at += hopSamples)
    parts.push(...(await cleaner.push(sound.subarray(at, at + hopSamples))));
  parts.push(...(await cleaner.end()));
  const whole = new Float32Array(parts.length * hopSamples);
  parts.forEach((part, index) => whole.set(part, index * hopSamples));
  return whole;
}

const power = (sound: Float32Array): number => sound.reduce((sum, v) => sum + v * v, 0) / sound.length;
/** How much of `sound` is a scaled `clean`, dB. */
function likeness(clean: Float32Array, sound: Float32Array): number {
  const dot = clean.reduce((sum, v, i) => sum + v * sound[i]!, 0);
  const scale = dot / (power(clean) * clean.length);
  const wanted = power(clean) * scale * scale;
  return 10 * Math.log10(wanted / power(sound.map((v, i) => v - scale * clean[i]!)));
}

const hiss = (length: number): Float32Array => {
  const random = new Random(5);
  return Float32Array.from({ length }, () => 0.05 * (2 * random.next() - 1));
};

test('the bands cover the whole spectrum', () => {
  expect(bands).toHaveLength(32);
  expect(bands.reduce((sum, width) => sum + width, 0)).toBe(481);
});

test('noise alone is silenced, by no more than was asked for', async () => {
  const noise = hiss(200 * hopSamples);
  const change = async (db: number) =>
    10 * Math.log10(power((await cleaned(noise, db)).subarray(24_000)) / power(noise.subarray(24_000)));
  expect(await change(wholeAttenuationDb)).toBeLessThan(-25);
  expect(await change(12)).toBeCloseTo(-12, 0);
});

test('as many samples as were given, and the voice where it was, to the sample', async () => {
  const clean = voice(250);
  const unscaled = hiss(clean.length);
  const scale = Math.sqrt(power(clean) / power(unscaled));
  const noise = unscaled.map((v) => v * scale);
  const noisy = clean.map((v, i) => v + noise[i]!);
  const result = await cleaned(noisy);
  expect(result).toHaveLength(clean.length);
  const gain = likeness(clean, result) - likeness(clean, noisy);
  expect(gain).toBeGreaterThan(3);
  // moved by one sample it fits less well
  for (const shift of [-1, 1])
    expect(likeness(clean.subarray(10, -10), result.subarray(10 + shift, shift - 10))).toBeLessThan(
      likeness(clean.subarray(10, -10), result.subarray(10, -10)),
    );
});
