/** Finds where a stretch of sound lies in the tone of the set. */
import { toneAt, toneSlopeAt } from './signal.ts';

/** How a stretch of samples lies in the tone. */
export interface ToneFit {
  /** Seconds to add to the position that was expected. */
  readonly offsetSeconds: number;
  readonly gain: number;
  /** What the tone does not explain, as a share of the whole (root mean squares). */
  readonly noise: number;
}

const tableHz = 24000;
const tableFromSeconds = -1;
const tableSeconds = 14;
let table: Float32Array | null = null;

function fromTable(seconds: number): number {
  table ??= Float32Array.from({ length: tableHz * tableSeconds }, (_, index) =>
    toneAt(tableFromSeconds + index / tableHz),
  );
  return table[Math.round((seconds - tableFromSeconds) * tableHz)] ?? 0;
}

/** Where the pitch hardly moves, a stretch also looks like the tone a few waves on: within this, s. */
const wavesSeconds = 0.006;
/** A fit this good has no rival a wave away. */
const surelyFits = 0.01;

/**
 * Fits `samples`, whose first is expected at `atSeconds` of the tone and whose neighbours are `stepSeconds` apart
 * (negative: backwards). Searches as far as `reachSeconds` where the tone is not at the expected place.
 */
export function fitTone(samples: Float32Array, atSeconds: number, stepSeconds: number, reachSeconds: number): ToneFit {
  const near = refine(samples, atSeconds, stepSeconds);
  if (reachSeconds === 0 || (near.noise < surelyFits && near.gain > 0)) return near;
  const isAbout = near.noise < 0.2 && near.gain > 0;
  const reach = isAbout ? Math.min(wavesSeconds, reachSeconds) : reachSeconds;
  const coarse = search(samples, atSeconds, stepSeconds, reach);
  const far = refine(samples, atSeconds + coarse, stepSeconds);
  return far.noise < near.noise || (far.gain > 0 && near.gain < 0)
    ? { ...far, offsetSeconds: far.offsetSeconds + coarse }
    : near;
}

/** Offset (s) of the strongest correlation. Every fourth sample is enough for a tone below 2 kHz. */
function search(samples: Float32Array, atSeconds: number, stepSeconds: number, reachSeconds: number): number {
  const stride = 4;
  const lagSeconds = 1 / 12000;
  let best = { offset: 0, score: -Infinity };
  for (let offset = -reachSeconds; offset <= reachSeconds; offset += lagSeconds) {
    let product = 0;
    let energy = 1e-9;
    for (let index = 0; index < samples.length; index += stride) {
      const tone = fromTable(atSeconds + offset + index * stepSeconds);
      product += tone * samples[index]!;
      energy += tone * tone;
    }
    const score = product / Math.sqrt(energy);
    if (score > best.score) best = { offset, score };
  }
  return best.offset;
}

/** Least squares for gain and a small shift, three times over. */
function refine(samples: Float32Array, atSeconds: number, stepSeconds: number): ToneFit {
  let offsetSeconds = 0;
  let gain = 0;
  for (let round = 0; round < 4; round++) {
    let [tt, ts, ss, yt, ys] = [0, 0, 0, 0, 0];
    for (let index = 0; index < samples.length; index++) {
      const seconds = atSeconds + offsetSeconds + index * stepSeconds;
      const tone = toneAt(seconds);
      const slope = toneSlopeAt(seconds);
      const sample = samples[index]!;
      tt += tone * tone;
      ts += tone * slope;
      ss += slope * slope;
      yt += sample * tone;
      ys += sample * slope;
    }
    const determinant = tt * ss - ts * ts;
    if (!(determinant > 0)) break;
    gain = (yt * ss - ys * ts) / determinant;
    const shift = (ys * tt - yt * ts) / determinant;
    if (Math.abs(gain) < 1e-6) break;
    const moved = Math.max(-1e-4, Math.min(1e-4, shift / gain));
    offsetSeconds += moved;
    // it converges quadratically: the next move would be far below a thousandth of a sample
    if (Math.abs(moved) < 1e-6) break;
  }
  return { offsetSeconds, gain, noise: noiseOf(samples, atSeconds + offsetSeconds, stepSeconds, gain) };
}

function noiseOf(samples: Float32Array, atSeconds: number, stepSeconds: number, gain: number): number {
  let rest = 0;
  let all = 1e-12;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    rest += (sample - gain * toneAt(atSeconds + index * stepSeconds)) ** 2;
    all += sample * sample;
  }
  return Math.sqrt(rest / all);
}

/** Largest change from one sample to the next of what the tone does not explain, for samples `from` to `to`. */
export function roughness(
  samples: Float32Array,
  { offsetSeconds, gain }: ToneFit,
  atSeconds: number,
  stepSeconds: number,
  [from, to]: readonly [number, number] = [1, samples.length],
): number {
  let most = 0;
  const rest = (index: number) => samples[index]! - gain * toneAt(atSeconds + offsetSeconds + index * stepSeconds);
  for (let index = Math.max(1, from); index < Math.min(to, samples.length); index++)
    most = Math.max(most, Math.abs(rest(index) - rest(index - 1)));
  return most;
}
