/** What the recogniser is given to hear, and where words end in it. */
import { expect, test } from 'vitest';
import { MelReader, windowFrames, wordsRateHz } from './logMel.ts';
import { placeEdges } from './placeEdges.ts';
import { mostFrames, recordingSeconds, samplesOf, VoicedSound, type VoicedFrame } from './voicedSound.ts';

test('a tone is loudest in its own band; silence is the floor', () => {
  const mel = new MelReader(80);
  const tone = Float32Array.from(
    { length: wordsRateHz },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / wordsRateHz),
  );
  const made = mel.read(tone);
  const column = (frame: number) => Array.from({ length: 80 }, (_, band) => made[band * windowFrames + frame]!);
  const loudest = column(50).indexOf(Math.max(...column(50)));
  // 1 kHz is 15 of 45.2 mel, whose 80 bands have their middles at (band + 1) / 81
  expect(Math.abs(loudest - ((15 / 45.245) * 81 - 1))).toBeLessThan(1);
  expect(Math.max(...column(2000)) - Math.min(...column(2000))).toBe(0);
  const [least, most] = made.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [9, -9]);
  expect(most - least).toBeCloseTo(2, 5);
});

/** `voices`: stretches of frames in which somebody speaks. */
function heard(count: number, voices: readonly (readonly [number, number])[], chunk = 64): (readonly VoicedFrame[])[] {
  const sound = new VoicedSound();
  const windows: (readonly VoicedFrame[])[] = [];
  const speaks = (i: number) => voices.some(([from, to]) => i >= from && i < to);
  for (let at = 0; at < count; at += chunk) {
    const length = Math.min(chunk, count - at);
    const probabilities = Float32Array.from({ length }, (_, i) => (speaks(at + i) ? 0.9 : 0.1));
    sound.push(
      Float32Array.from({ length: length * 512 }, (_, i) => at + Math.floor(i / 512)),
      probabilities,
    );
    for (let window = sound.take(false); window; window = sound.take(false)) windows.push(window);
  }
  sound.end();
  for (let window = sound.take(true); window; window = sound.take(true)) windows.push(window);
  return windows;
}

test('silence is left out, edges are kept, and times are those of the recording', () => {
  const [window] = heard(600, [
    [100, 150],
    [400, 420],
  ]);
  const places = window!.map(({ place }) => place);
  expect([places[0], places.at(-1)]).toEqual([100 - 11, 419 + 11]);
  expect(places.length).toBe(50 + 20 + 44);
  expect(samplesOf(window!)[0]).toBe(89);
  const second = (50 + 22) * 0.032;
  expect(recordingSeconds(window!, second, true)).toBeCloseTo(161 * 0.032);
  expect(recordingSeconds(window!, second, false)).toBeCloseTo((400 - 11) * 0.032);
});

test.each([5, 64, 700])('windows are the same whether %d frames come at once', (chunk) => {
  const voices = [
    [3, 40],
    [55, 58],
    [60, 61],
    [200, 1200],
  ] as const;
  const places = (windows: readonly (readonly VoicedFrame[])[]) => windows.flat().map(({ place }) => place);
  expect(places(heard(1300, voices, chunk))).toEqual(places(heard(1300, voices, 13)));
});

test('a click is no voice', () => {
  expect(heard(200, [[100, 102]])).toEqual([]);
});

test('windows of at most 30 s end in the longest pause of their second half', () => {
  const windows = heard(2000, [
    [0, 700],
    [706, 2000],
  ]);
  expect(windows[0]!.length).toBe(703);
  expect(windows.every(({ length }) => length <= mostFrames)).toBe(true);
  expect(windows.flat().map(({ place }) => place)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
});

test('words next to a pause end and begin with their sound, others where attention says', () => {
  const voiced = (seconds: number) => (seconds >= 0.5 && seconds < 1.2) || (seconds >= 1.6 && seconds < 2.4);
  const samples = Float32Array.from({ length: 3 * wordsRateHz }, (_, i) =>
    voiced(i / wordsRateHz) ? Math.sin(i) : 1e-4 * Math.sin(i),
  );
  const words = [
    { fromSeconds: 0.6, toSeconds: 1 },
    { fromSeconds: 1, toSeconds: 1.75 },
    { fromSeconds: 1.75, toSeconds: 2.1 },
    { fromSeconds: 2.1, toSeconds: 2.9 },
  ];
  const placed = placeEdges(words, samples, 0.1);
  const wanted = [
    [0.5, 0.9],
    [0.9, 1.2],
    [1.6, 2],
    [2, 2.4],
  ];
  for (const [i, { fromSeconds, toSeconds }] of placed.entries()) {
    expect(fromSeconds).toBeCloseTo(wanted[i]![0]!, 1);
    expect(toSeconds).toBeCloseTo(wanted[i]![1]!, 1);
  }
});
