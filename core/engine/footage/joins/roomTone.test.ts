import { expect, test } from 'vitest';
import { roomTone } from './roomTone.ts';

const rate = 8000;
/** Stereo noise of a level, after which somebody speaks. */
function sound(seconds: number, level: (at: number) => number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: 2 * rate * seconds }, (_, i) => {
    state = (state * 16807) % 2147483647;
    return level(Math.floor(i / 2) / rate) * (2 * (state / 2147483647) - 1);
  });
}
const rms = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

test('the room is as loud as in the quietest stretch, all along, however loud the end is', () => {
  const tail = sound(3, (at) => (at > 1 && at < 1.7 ? 0.02 : 0.4));
  const tone = roomTone(tail, 4 * rate, rate, 5);
  for (let second = 1; second < 4; second++) {
    const part = tone.subarray(2 * second * rate, 2 * (second + 1) * rate);
    expect(rms(part) / rms(tail.subarray(2 * 1.1 * rate, 2 * 1.6 * rate))).toBeGreaterThan(0.8);
    expect(rms(part) / rms(tail.subarray(2 * 1.1 * rate, 2 * 1.6 * rate))).toBeLessThan(1.2);
  }
});

test('it leaves the sound without a step: a tone at the end is left on the same level', () => {
  const tail = Float32Array.from({ length: 2 * rate }, (_, i) => 0.3 * Math.sin((Math.floor(i / 2) / rate) * 1300));
  const tone = roomTone(tail, rate, rate, 1);
  const usual = Math.max(...Array.from({ length: 200 }, (_, i) => Math.abs(tail[2 * i + 2]! - tail[2 * i]!)));
  expect(Math.abs(tone[0]! - tail.at(-2)!)).toBeLessThan(usual);
  for (let i = 1; i < rate; i++) expect(Math.abs(tone[2 * i]! - tone[2 * i - 2]!)).toBeLessThan(2.5 * usual);
});

test('the same seed gives the same room, and digital silence is none', () => {
  const tail = sound(2, (at) => (at < 0.8 ? 0 : 0.05));
  expect(roomTone(tail, rate, rate, 7)).toEqual(roomTone(tail, rate, rate, 7));
  expect(rms(roomTone(tail, 2 * rate, rate, 7).subarray(rate))).toBeGreaterThan(0.02);
});
