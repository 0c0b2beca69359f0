import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { duckingGain, findSpeech } from './speech.ts';

const rate = 8000;
type Wave = (t: number) => number;
const record = (seconds: number, wave: Wave): Int16Array =>
  Int16Array.from({ length: seconds * rate }, (_, i) => 8000 * wave(i / rate));
const share = (samples: Int16Array): number => {
  const { speaking } = findSpeech(samples, rate);
  return speaking.reduce((a, b) => a + b, 0) / speaking.length;
};

/** A voice without words: a buzz whose pitch falls in each of four syllables a second, some of them hissed. */
function voice(): Wave {
  const random = new Random(5);
  let phase = 0;
  return (t) => {
    const syllable = Math.floor(t * 4);
    const within = t * 4 - syllable;
    phase += (2 * Math.PI * (110 + 25 * ((syllable * 7) % 4) - 35 * within)) / rate;
    const loud = within < 0.7 && syllable % 7 !== 6 ? Math.sin((Math.PI * within) / 0.7) : 0.02;
    const hiss = 2 * random.next() - 1;
    if (syllable % 4 === 3) return 0.3 * loud * hiss;
    let sum = 0;
    for (let k = 1; k <= 12; k++) sum += Math.sin(k * phase) / k ** 0.8;
    return 0.25 * loud * sum + 0.004 * hiss;
  };
}

test('a voice in syllables is speech, also over a steady hum', () => {
  expect(share(record(8, voice()))).toBeGreaterThan(0.85);
  const over = voice();
  expect(share(record(8, (t) => over(t) + 0.04 * Math.sin(2 * Math.PI * 50 * t)))).toBeGreaterThan(0.7);
});

test('chords, noise that swells, an engine and silence are not', () => {
  const chord: Wave = (t) =>
    [220, 277, 330].reduce(
      (sum, hz) => sum + 0.2 * Math.sin(2 * Math.PI * hz * (1 + Math.floor(t) / 8) * t) * Math.exp(-2 * (t % 1)),
      0,
    );
  const random = new Random(3);
  const sea: Wave = (t) => (0.5 + 0.45 * Math.sin(0.8 * t)) * 0.5 * (2 * random.next() - 1);
  let phase = 0;
  const engine: Wave = (t) => {
    phase += (2 * Math.PI * (90 + 20 * Math.sin(0.7 * t))) / rate;
    return 0.2 * (Math.sin(phase) + Math.sin(2 * phase) + Math.sin(3 * phase));
  };
  for (const wave of [chord, sea, engine, () => 0]) expect(share(record(8, wave))).toBe(0);
});

test('the gain is down before the first word, stays down between words, and comes back', () => {
  const speaking = new Uint8Array(500); // 10 s
  speaking.fill(1, 150, 300);
  const gain = duckingGain({ speaking, frameSeconds: 0.02 }, -12);
  const at = (seconds: number): number => 20 * Math.log10(gain(Math.round(seconds * 48000)));
  expect(at(1)).toBe(0);
  expect(at(3)).toBeLessThan(-11.5);
  expect(at(5.9)).toBeCloseTo(-12, 1);
  expect(at(8)).toBe(0);
  for (let i = 96000; i < 384000; i += 48) expect(Math.abs(20 * Math.log10(gain(i + 48) / gain(i)))).toBeLessThan(0.2);
});
