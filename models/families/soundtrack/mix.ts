/** Stems to a mix that needs no engineer: no DC, fades at the ends, -16 LUFS for the sum, true peak under -1 dBTP. */
import type { Sound } from '../pipeline.ts';
import type { StemKind } from './contract.ts';
import { integratedLoudness, interSamplePeak, truePeak } from './loudness.ts';

export interface MixTarget {
  readonly lufs: number;
  readonly truePeakDb: number;
}
export const defaultTarget: MixTarget = { lufs: -16, truePeakDb: -1 };

export type Stems = Partial<Record<StemKind, Sound>>;

/** One-pole high-pass at about 12 Hz, in place: takes out DC without a step at the start. */
export function removeDc(samples: Float32Array): void {
  const pole = 1 - (2 * Math.PI * 12) / 48000;
  let x1 = samples[0] ?? 0;
  let y1 = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!;
    y1 = x - x1 + pole * y1;
    x1 = x;
    samples[i] = y1;
  }
}

/** Raised-cosine fades, in place; shortened to a third of a very short sound. */
export function fadeEnds(sound: Sound, inSeconds: number, outSeconds: number): void {
  const length = sound.left.length;
  const rise = Math.min(Math.round(inSeconds * sound.sampleRateHz), Math.floor(length / 3));
  const fall = Math.min(Math.round(outSeconds * sound.sampleRateHz), Math.floor(length / 3));
  for (const channel of [sound.left, sound.right]) {
    for (let i = 0; i < rise; i++) channel[i] = channel[i]! * (0.5 - 0.5 * Math.cos((Math.PI * i) / rise));
    for (let i = 0; i < fall; i++) channel[length - 1 - i] = channel[length - 1 - i]! * (0.5 - 0.5 * Math.cos((Math.PI * i) / fall));
  }
}

export function sumStems(stems: Stems): Sound {
  const present = Object.values(stems);
  const length = present[0]?.left.length ?? 0;
  const sum = { sampleRateHz: 48000, left: new Float32Array(length), right: new Float32Array(length) };
  for (const stem of present) {
    for (let i = 0; i < length; i++) {
      sum.left[i] = sum.left[i]! + stem.left[i]!;
      sum.right[i] = sum.right[i]! + stem.right[i]!;
    }
  }
  return sum;
}

function scale(sound: Sound, gain: number): void {
  for (const channel of [sound.left, sound.right]) for (let i = 0; i < channel.length; i++) channel[i] = channel[i]! * gain;
}

/**
 * Gain per sample, 0..1, that keeps the sum's true peak under the ceiling: the least gain within 5 ms ahead, smoothed
 * over the same 5 ms, so that it is down before the peak comes; let go again over about 80 ms.
 */
export function limiterGain(sum: Sound, ceiling: number): Float32Array {
  const length = sum.left.length;
  const reach = 240;
  const need = new Float32Array(length).fill(1);
  for (const channel of [sum.left, sum.right]) {
    for (let i = 0; i < length; i++) {
      const peak = interSamplePeak(channel, i, ceiling * 0.6);
      if (peak <= ceiling) continue;
      need[i] = Math.min(need[i]!, ceiling / peak);
      if (i + 1 < length) need[i + 1] = Math.min(need[i + 1]!, ceiling / peak);
    }
  }
  // least of the next `reach` samples, by a queue of candidates
  const queue = new Int32Array(length);
  let head = 0;
  let tail = 0;
  const least = new Float32Array(length);
  const release = Math.exp(-1 / (0.08 * sum.sampleRateHz));
  for (let i = length - 1; i >= 0; i--) {
    while (tail > head && need[queue[tail - 1]!]! >= need[i]!) tail--;
    queue[tail++] = i;
    while (queue[head]! > i + reach) head++;
    least[i] = need[queue[head]!]!;
  }
  const held = new Float32Array(length);
  let level = 1;
  for (let i = 0; i < length; i++) {
    level = Math.min(least[i]!, 1 - (1 - level) * release);
    held[i] = level;
  }
  const gain = new Float32Array(length);
  let sumOfHeld = reach * (held[0] ?? 1);
  for (let i = 0; i < length; i++) {
    sumOfHeld += held[i]! - (held[i - reach] ?? held[0]!);
    gain[i] = Math.min(1, sumOfHeld / reach);
  }
  return gain;
}

/**
 * In place: every stem gets the same gain curve, so their ratio is kept, and their sum gets the target's loudness and peak.
 * Silence stays silence; at most 30 dB are added.
 */
export function normaliseStems(stems: Stems, target: MixTarget = defaultTarget): void {
  const ceiling = 10 ** ((target.truePeakDb - 0.1) / 20);
  for (let pass = 0; pass < 4; pass++) {
    const sum = sumStems(stems);
    const loudness = integratedLoudness(sum);
    if (!Number.isFinite(loudness)) return;
    const miss = Math.max(-60, Math.min(30, target.lufs - loudness));
    if (pass > 0 && Math.abs(miss) < 0.1) return;
    const gain = 10 ** (miss / 20);
    for (const stem of Object.values(stems)) scale(stem, gain);
    scale(sum, gain);
    const curve = limiterGain(sum, ceiling);
    for (const stem of Object.values(stems)) {
      for (let i = 0; i < curve.length; i++) {
        stem.left[i] = stem.left[i]! * curve[i]!;
        stem.right[i] = stem.right[i]! * curve[i]!;
      }
    }
  }
  const rest = truePeak(sumStems(stems));
  if (rest > ceiling) for (const stem of Object.values(stems)) scale(stem, ceiling / rest);
}
