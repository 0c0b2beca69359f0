/**
 * Mixes stems: removes DC, fades the ends, brings their sum to the requested loudness without changing their balance,
 * limits true peaks to -1 dBTP and ducks under speech. Works through the stems in blocks.
 */
import { interSamplePeak, LoudnessMeter, TruePeakMeter } from './loudness.ts';
import { blockSamples, type SoundStore } from './soundStore.ts';

/** Integrated loudness, LUFS, and highest true peak, dBTP. */
export interface MixTarget {
  readonly lufs: number;
  readonly truePeakDb: number;
}
/** The default target of a mix. */
export const defaultTarget: MixTarget = { lufs: -16, truePeakDb: -1 };
/** Programme loudness in LUFS: online video (the default), loud platforms, European broadcast (EBU R 128). */
export const loudnessPresets = [-16, -14, -23] as const;

/** A stem in a mix. */
export interface MixTrack {
  readonly store: SoundStore;
  /** Linear gain, before all stems are brought to the target together. */
  readonly gain: number;
  /** Linear gain at a sample, applied last; null = 1 everywhere. */
  readonly duck: ((sample: number) => number) | null;
}

/** One-pole high-pass at about 12 Hz, in place, block by block: removes DC without a step at the start. */
export class DcRemover {
  private x1: number | null = null;
  private y1 = 0;

  run(samples: Float32Array): void {
    const pole = 1 - (2 * Math.PI * 12) / 48000;
    let x1 = this.x1 ?? samples[0] ?? 0;
    let y1 = this.y1;
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i]!;
      y1 = x - x1 + pole * y1;
      x1 = x;
      samples[i] = y1;
    }
    this.x1 = x1;
    this.y1 = y1;
  }
}

/** Gain at a sample for raised-cosine fades at a stem's ends, each at most a third of the stem. */
export function endFades(sampleCount: number, inSeconds: number, outSeconds: number): (sample: number) => number {
  const rise = Math.min(Math.round(inSeconds * 48000), Math.floor(sampleCount / 3));
  const fall = Math.min(Math.round(outSeconds * 48000), Math.floor(sampleCount / 3));
  const curve = (i: number, length: number): number => (i >= length ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * i) / length));
  return (sample) => curve(sample, rise) * curve(sampleCount - 1 - sample, fall);
}

/** Writes a stem block by block. */
export interface StemWriter {
  /** Writes the next block, in order from the start; may change its arguments. */
  write(at: number, left: Float32Array, right: Float32Array): void;
  /** Root mean square of both channels so far. */
  readonly rms: number;
}

/** A writer that removes DC and fades the ends. */
export function stemWriter(store: SoundStore, inSeconds: number, outSeconds: number): StemWriter {
  const fade = endFades(store.sampleCount, inSeconds, outSeconds);
  const dc = [new DcRemover(), new DcRemover()] as const;
  let energy = 0;
  let count = 0;
  return {
    write(at, left, right) {
      for (const [number, channel] of [left, right].entries()) {
        dc[number]!.run(channel);
        for (let i = 0; i < channel.length; i++) {
          channel[i] = channel[i]! * fade(at + i);
          energy += channel[i]! * channel[i]!;
        }
        count += channel.length;
      }
      store.write(at, left, right);
    },
    get rms() {
      return Math.sqrt(energy / Math.max(1, count));
    },
  };
}

/** The limiter's look-ahead in samples, 5 ms. */
export const limiterReach = 240;
/** Samples before a block that the detection of inter-sample peaks needs. */
export const limiterLead = 16;

/**
 * Gain per sample, 0..1, that keeps the true peak under the ceiling: the least gain within the next 5 ms, smoothed over
 * the same 5 ms so that it is down before the peak comes, and released over about 80 ms.
 */
export class Limiter {
  private readonly ceiling: number;
  private level = 1;
  private history: Float32Array | null = null;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
  }

  /** Gains for a block. Channels hold limiterLead samples before it, then count + limiterReach + limiterLead. */
  gains(channels: readonly Float32Array[], count: number): Float32Array {
    const { ceiling } = this;
    const wide = count + limiterReach;
    const need = new Float32Array(wide + 1).fill(1);
    const floor = ceiling * 0.6;
    let limits = false;
    for (const channel of channels) {
      for (let i = -1; i < wide; i++) {
        const at = i + limiterLead;
        // the common case: nothing between these samples can come near the ceiling
        if (Math.abs(channel[at]!) < floor && Math.abs(channel[at + 1]!) < floor) continue;
        const peak = interSamplePeak(channel, at, floor);
        if (peak <= ceiling) continue;
        limits = true;
        if (i >= 0) need[i] = Math.min(need[i]!, ceiling / peak);
        need[i + 1] = Math.min(need[i + 1]!, ceiling / peak);
      }
    }
    if (!limits && this.level === 1 && (this.history?.every((gain) => gain === 1) ?? true)) {
      this.history ??= new Float32Array(limiterReach).fill(1);
      return new Float32Array(count).fill(1);
    }
    // minimum over the next `reach` samples, by a monotonic queue
    const queue = new Int32Array(wide);
    let head = 0;
    let tail = 0;
    const held = new Float32Array(count);
    for (let i = wide - 1; i >= 0; i--) {
      while (tail > head && need[queue[tail - 1]!]! >= need[i]!) tail--;
      queue[tail++] = i;
      while (queue[head]! > i + limiterReach) head++;
      if (i < count) held[i] = need[queue[head]!]!;
    }
    const release = Math.exp(-1 / (0.08 * 48000));
    for (let i = 0; i < count; i++) {
      this.level = Math.min(held[i]!, 1 - (1 - this.level) * release);
      held[i] = this.level;
    }
    const past = this.history ?? new Float32Array(limiterReach).fill(held[0] ?? 1);
    const gain = new Float32Array(count);
    const at = (i: number): number => (i < 0 ? past[past.length + i]! : held[i]!);
    let sum = past.reduce((a, b) => a + b, 0);
    for (let i = 0; i < count; i++) {
      sum += held[i]! - at(i - limiterReach);
      gain[i] = Math.min(1, sum / limiterReach);
    }
    this.history = Float32Array.from({ length: limiterReach }, (_, i) => at(count - limiterReach + i));
    return gain;
  }
}

interface Pass {
  readonly lufs: number;
  readonly truePeak: number;
}

/** One pass over the tracks: scales, limits and measures them without ducking, and writes them if `write`. */
function pass(tracks: readonly MixTrack[], gain: number, ceiling: number | null, write: boolean): Pass {
  const sampleCount = tracks[0]!.store.sampleCount;
  const meter = new LoudnessMeter();
  const peaks = new TruePeakMeter();
  const limiter = ceiling === null ? null : new Limiter(ceiling);
  const ahead = limiterReach + limiterLead;
  let tails: readonly Float32Array[] = [new Float32Array(limiterLead), new Float32Array(limiterLead)];
  for (let at = 0; at < sampleCount; at += blockSamples) {
    const count = Math.min(blockSamples, sampleCount - at);
    const sums = [
      new Float32Array(limiterLead + count + ahead),
      new Float32Array(limiterLead + count + ahead),
    ] as const;
    const read = tracks.map(({ store }) => {
      const own = [new Float32Array(count + ahead), new Float32Array(count + ahead)] as const;
      store.read(at, own[0], own[1]);
      return own;
    });
    for (const [side, sum] of sums.entries()) {
      sum.set(tails[side]!);
      for (const [number, own] of read.entries()) {
        const scale = gain * tracks[number]!.gain;
        const samples = own[side]!;
        for (let i = 0; i < samples.length; i++) sum[limiterLead + i] = sum[limiterLead + i]! + scale * samples[i]!;
      }
    }
    tails = sums.map((sum) => sum.slice(count, count + limiterLead));
    const curve = limiter?.gains(sums, count);
    const heard = sums.map((sum) => {
      const block = sum.slice(limiterLead, limiterLead + count);
      if (curve) for (let i = 0; i < count; i++) block[i] = block[i]! * curve[i]!;
      return block;
    });
    meter.push(heard[0]!, heard[1]!);
    if (!write) continue;
    peaks.push(heard[0]!, heard[1]!);
    for (const [number, own] of read.entries()) {
      const { store, duck, gain: ownGain } = tracks[number]!;
      const out = own.map((samples) => samples.slice(0, count));
      for (let i = 0; i < count; i++) {
        const scale = gain * ownGain * (curve ? curve[i]! : 1) * (duck ? duck(at + i) : 1);
        for (const samples of out) samples[i] = samples[i]! * scale;
      }
      store.write(at, out[0]!, out[1]!);
    }
  }
  return { lufs: meter.integrated, truePeak: peaks.peak };
}

/**
 * Mixes in place. Every stem gets the same gain curve, so their balance is kept, and their sum reaches the target's
 * loudness and peak. Silence stays silent; at most 30 dB are added. Ducking comes last: under speech the sum is quieter
 * than the target.
 */
export function mixStems(tracks: readonly MixTrack[], target: MixTarget = defaultTarget): void {
  if (tracks.length === 0) return;
  const ceiling = 10 ** ((target.truePeakDb - 0.1) / 20);
  const plain = pass(tracks, 1, null, false).lufs;
  if (!Number.isFinite(plain)) return;
  const bounded = (db: number): number => Math.max(-60, Math.min(30, db));
  let db = bounded(target.lufs - plain);
  // make up for what the limiter takes away; each round is a dry run
  for (let round = 0; round < 4; round++) {
    const miss = target.lufs - pass(tracks, 10 ** (db / 20), ceiling, false).lufs;
    if (Math.abs(miss) < 0.1) break;
    db = bounded(db + miss);
  }
  const made = pass(tracks, 10 ** (db / 20), ceiling, true);
  if (made.truePeak > ceiling)
    pass(
      tracks.map(({ store }) => ({ store, gain: 1, duck: null })),
      ceiling / made.truePeak,
      null,
      true,
    );
}
