/** The shipped speech graph on sounds that the test makes itself. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { GraphSession } from '../pipeline.ts';
import { Random } from '../soundtrack/random.ts';
import { openPack } from '../soundtrack/testing/openPack.node.ts';
import { findSpeech, speechIn, speechRateHz } from './speech.ts';
import { formantVoice } from './testing/formantVoice.ts';

let session: GraphSession;
beforeAll(async () => {
  session = await openPack(join(import.meta.dirname, '../../packs/footage')).session('speech/silero_vad_16k.onnx');
});

type Wave = (seconds: number) => number;
const seconds = 6;
const made = (wave: Wave): Float32Array =>
  Float32Array.from({ length: seconds * speechRateHz }, (_, i) => wave(i / speechRateHz));
const pcm = (sound: Float32Array): Int16Array => Int16Array.from(sound, (v) => 32767 * Math.max(-1, Math.min(1, v)));
const power = (sound: Float32Array): number => sound.reduce((sum, v) => sum + v * v, 0) / sound.length;

async function shareOf(sound: Float32Array, from = 0, to = sound.length): Promise<number> {
  const { speaking, frameSeconds } = await findSpeech(session, pcm(sound), () => undefined);
  const within = speaking.subarray(
    Math.ceil(from / speechRateHz / frameSeconds),
    Math.floor(to / speechRateHz / frameSeconds),
  );
  return within.reduce((sum, on) => sum + on, 0) / within.length;
}

const voices = [
  ['a low voice', formantVoice(seconds, 1, 105)],
  ['a high voice', formantVoice(seconds, 3, 200)],
] as const;

const hiss = (() => {
  const random = new Random(7);
  return made(() => 2 * random.next() - 1);
})();
const swell = hiss.map((v, i) => v * (0.5 + 0.45 * Math.sin((0.8 * i) / speechRateHz)) * 0.5);
const chord = made((t) =>
  [220, 277, 330].reduce((sum, hz) => sum + 0.2 * Math.sin(2 * Math.PI * hz * t) * Math.exp(-2 * (t % 1)), 0),
);
const engine = made((t) => {
  const turn = 2 * Math.PI * (90 * t - (20 / 0.7) * Math.cos(0.7 * t));
  return 0.2 * (Math.sin(turn) + Math.sin(2 * turn) + Math.sin(3 * turn));
});
const steps = made((t) =>
  t % 0.55 < 0.06 ? 0.5 * hiss[Math.floor(t * speechRateHz)]! * Math.exp(-60 * (t % 0.55)) : 0,
);

test.each(voices)('%s is speech from its first syllable to its last', async (_name, voice) => {
  expect(await shareOf(voice)).toBeGreaterThan(0.95);
});

test.each(voices)('%s is found 10 dB above rain', async (_name, voice) => {
  const gain = Math.sqrt(power(voice) / power(hiss) / 10);
  expect(await shareOf(voice.map((v, i) => v + gain * hiss[i]!))).toBeGreaterThan(0.85);
});

test('speech between two silences is found there and nowhere else', async () => {
  const pause = 2 * speechRateHz;
  const sound = new Float32Array(voices[0][1].length + 2 * pause);
  sound.set(voices[0][1], pause);
  const end = sound.length - pause;
  expect(await shareOf(sound, pause, end)).toBeGreaterThan(0.9);
  const half = speechRateHz / 2;
  expect([await shareOf(sound, 0, pause - half), await shareOf(sound, end + half)]).toEqual([0, 0]);
});

test.each([
  ['rain', hiss.map((v) => 0.2 * v)],
  ['the sea', swell],
  ['chords', chord],
  ['an engine', engine],
  ['footsteps', steps],
  ['silence', new Float32Array(seconds * speechRateHz)],
  ['an empty sound', new Float32Array(0)],
] as const)('%s is not speech', async (_name, sound) => {
  const { speaking } = await findSpeech(session, pcm(sound), () => undefined);
  expect(speaking.includes(1)).toBe(false);
});

test('it stops between frames when the user cancels', async () => {
  const stop = (): void => {
    throw new Error('cancelled');
  };
  await expect(findSpeech(session, pcm(hiss), stop)).rejects.toThrow('cancelled');
});

test('bursts under 0.25 s are dropped, pauses under 0.8 s are filled, and speech ends below 0.35', () => {
  const frameSeconds = 0.032;
  const curve = (...spans: readonly (readonly [frames: number, probability: number])[]): string => {
    const probability = Float32Array.from(spans.flatMap(([frames, value]) => Array<number>(frames).fill(value)));
    return speechIn(probability, frameSeconds).join('');
  };
  expect(curve([5, 0], [6, 0.9], [60, 0])).toBe('0'.repeat(71));
  expect(curve([5, 0], [10, 0.9], [60, 0])).toBe('0'.repeat(5) + '1'.repeat(10) + '0'.repeat(60));
  expect(curve([10, 0.9], [20, 0.1], [10, 0.9])).toBe('1'.repeat(40));
  expect(curve([10, 0.9], [30, 0.1], [10, 0.9])).toBe('1'.repeat(10) + '0'.repeat(30) + '1'.repeat(10));
  expect(curve([10, 0.9], [30, 0.4], [40, 0.3])).toBe('1'.repeat(40) + '0'.repeat(40));
  expect(curve([40, 0.45])).toBe('0'.repeat(40));
});
