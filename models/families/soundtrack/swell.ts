/**
 * The swell of the sea, waves a few seconds apart. The average of the model's five-second windows has the wash but
 * little of the swell, so a gain curve adds it, as in recordings of the sea (whose loudness varies by about 4 dB).
 */
import { Random } from './random.ts';

/** Seconds from one wave to the next. */
const apartSeconds = [4.2, 7.6] as const;
/** Share of that time in which a wave rises. */
const riseShare = 0.42;
/** Natural logarithm of the gain at a crest. */
const depth = 0.7;

/** Linear gain at a sample (48 kHz) of the whole stem. */
export type Swell = (sample: number) => number;

/** Multiplies a block that begins at sample `from`. */
export function applySwell(swell: Swell, from: number, left: Float32Array, right: Float32Array): void {
  for (let i = 0; i < left.length; i++) {
    const gain = swell(from + i);
    left[i] = left[i]! * gain;
    right[i] = right[i]! * gain;
  }
}

/** The swell for a seed. `strength` scales its depth, 1 = the sea alone; null if 0. */
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
    // from trough to crest to trough; all troughs are equally deep, so waves join without a step
    const turn = x < riseShare ? x / riseShare : 1 + (x - riseShare) / (1 - riseShare);
    return Math.exp(-depth + (depth + height) * (0.5 - 0.5 * Math.cos(Math.PI * turn)));
  };
}
