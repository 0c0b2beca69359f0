/**
 * The sea comes in waves some seconds apart. The model draws windows of five seconds, and their average has the wash
 * but little of the swell: it is laid over the sound, as recordings of the sea have it (their loudness moves by about
 * 4 dB).
 */
import { Random } from './random.ts';

/** Seconds from one wave to the next. */
const apartSeconds = [4.2, 7.6] as const;
/** Share of that in which a wave rises. */
const riseShare = 0.42;
/** Natural logarithm of the amplitude, from the middle to a crest. */
const depth = 0.7;

/** Linear gain at a sample (48 kHz) of the whole. */
export type Swell = (sample: number) => number;

/** Multiplies a block that begins at sample `from`. */
export function applySwell(swell: Swell, from: number, left: Float32Array, right: Float32Array): void {
  for (let i = 0; i < left.length; i++) {
    const gain = swell(from + i);
    left[i] = left[i]! * gain;
    right[i] = right[i]! * gain;
  }
}

/** The swell of a seed. `strength` scales its depth, 1 = the sea by itself; null for 0. */
export function swellOf(strength: number, seed: number, durationSeconds: number): Swell | null {
  if (strength === 0) return null;
  const random = new Random(seed, 21);
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const waves: { readonly start: number; readonly length: number; readonly height: number }[] = [];
  let start = -between(0, apartSeconds[1]);
  while (start < durationSeconds) {
    const length = between(...apartSeconds);
    waves.push({ start, length, height: strength * depth * between(0.75, 1.1) });
    start += length;
  }
  let at = 0;
  return (sample) => {
    const seconds = sample / 48000;
    while (at > 0 && waves[at]!.start > seconds) at--;
    while (at + 1 < waves.length && waves[at + 1]!.start <= seconds) at++;
    const { start: from, length, height } = waves[at]!;
    const x = (seconds - from) / length;
    // from trough to crest to trough; all waves begin and end at one depth, so that none begins with a step
    const turn = x < riseShare ? x / riseShare : 1 + (x - riseShare) / (1 - riseShare);
    return Math.exp(-depth + (depth + height) * (0.5 - 0.5 * Math.cos(Math.PI * turn)));
  };
}
