/**
 * Integrated loudness by ITU-R BS.1770-4 (K-weighting, 400 ms blocks, two gates) and true peak by 4x oversampling, at
 * 48 kHz.
 */
import type { Sound } from '../pipeline.ts';

/** Biquad coefficients b0 b1 b2 a1 a2 of the recommendation at 48 kHz: the head's shelf, then the RLB high-pass. */
const shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585] as const;
const highPass = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

const stepSamples = 4800;

/** K-weighted energy of one channel, sample by sample. */
class KWeighting {
  private x1 = 0;
  private x2 = 0;
  private y1 = 0;
  private y2 = 0;
  private z1 = 0;
  private z2 = 0;

  /** Sum of squares of samples from..to. */
  energy(samples: Float32Array, from: number, to: number): number {
    let { x1, x2, y1, y2, z1, z2 } = this;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i]!;
      const y = shelf[0] * x + shelf[1] * x1 + shelf[2] * x2 - shelf[3] * y1 - shelf[4] * y2;
      const z = y + highPass[1] * y1 + highPass[2] * y2 - highPass[3] * z1 - highPass[4] * z2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
      sum += z * z;
    }
    Object.assign(this, { x1, x2, y1, y2, z1, z2 });
    return sum;
  }
}

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power);
/** K-weighted power of a loudness in LUFS. */
export const powerOf = (lufs: number): number => 10 ** ((lufs + 0.691) / 10);

/** Meters a sound block by block, keeping one number per 100 ms. */
export class LoudnessMeter {
  private readonly left = new KWeighting();
  private readonly right = new KWeighting();
  private readonly steps: number[] = [];
  private energy = 0;
  private inStep = 0;

  push(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length;) {
      const count = Math.min(left.length - i, stepSamples - this.inStep);
      this.energy += this.left.energy(left, i, i + count) + this.right.energy(right, i, i + count);
      this.inStep += count;
      i += count;
      if (this.inStep === stepSamples) {
        this.steps.push(this.energy / stepSamples);
        this.energy = 0;
        this.inStep = 0;
      }
    }
  }

  /** LUFS; -Infinity for silence or less than 0.4 s. */
  get integrated(): number {
    return this.integratedOver(0, 1);
  }

  /** LUFS of the pushed sound at a power gain, over a steady uncorrelated sound of K-weighted power `steadyPower`. */
  integratedOver(steadyPower: number, powerGain: number): number {
    const blocks: number[] = [];
    for (let i = 0; i + 4 <= this.steps.length; i++)
      blocks.push(
        steadyPower + (powerGain * (this.steps[i]! + this.steps[i + 1]! + this.steps[i + 2]! + this.steps[i + 3]!)) / 4,
      );
    const gated = (limit: number): number => {
      const kept = blocks.filter((power) => power > 0 && toLufs(power) > limit);
      return kept.length === 0 ? 0 : kept.reduce((a, b) => a + b, 0) / kept.length;
    };
    const first = gated(-70);
    if (first === 0) return -Infinity;
    return toLufs(gated(toLufs(first) - 10));
  }
}

/** LUFS of a whole sound; -Infinity for silence or less than 0.4 s. */
export function integratedLoudness(sound: Sound): number {
  if (sound.sampleRateHz !== 48000) throw new RangeError(`loudness is measured at 48000 Hz, not ${sound.sampleRateHz}`);
  const meter = new LoudnessMeter();
  meter.push(sound.left, sound.right);
  return meter.integrated;
}

const taps = 12;
/** Interpolators for a quarter, a half and three quarters of a sample: windowed sinc, 12 taps each. */
const phases: readonly Float64Array[] = [0.25, 0.5, 0.75].map((shift) => {
  const h = new Float64Array(taps);
  let sum = 0;
  for (let i = 0; i < taps; i++) {
    const t = i - (taps / 2 - 1) - shift;
    const sinc = Math.sin(Math.PI * t) / (Math.PI * t);
    h[i] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * t) / (taps / 2 + 0.5)));
    sum += h[i]!;
  }
  return h.map((value) => value / sum);
});

/** Largest magnitude between samples i and i+1; cheap unless the neighbourhood exceeds `floor`. */
export function interSamplePeak(samples: Float32Array, i: number, floor: number): number {
  const here = Math.abs(samples[i]!);
  if (Math.max(here, Math.abs(samples[i + 1] ?? 0)) < floor) return here;
  let peak = here;
  for (const h of phases) {
    let value = 0;
    for (let k = 0; k < taps; k++) value += h[k]! * (samples[i + k - (taps / 2 - 1)] ?? 0);
    peak = Math.max(peak, Math.abs(value));
  }
  return peak;
}

/** Meters the largest true peak, linear; the last samples count once `taps` more have been pushed. */
export class TruePeakMeter {
  private tails: readonly Float32Array[] = [new Float32Array(taps), new Float32Array(taps)];
  private highest = 0;

  push(left: Float32Array, right: Float32Array): void {
    this.tails = [left, right].map((block, side) => {
      const whole = new Float32Array(taps + block.length);
      whole.set(this.tails[side]!);
      whole.set(block, taps);
      for (let i = taps / 2; i < whole.length - taps / 2; i++)
        this.highest = Math.max(this.highest, interSamplePeak(whole, i, this.highest * 0.6));
      return whole.slice(-taps);
    });
  }

  get peak(): number {
    return this.highest;
  }
}

/** Linear true peak of both channels. */
export function truePeak(sound: Sound): number {
  const meter = new TruePeakMeter();
  meter.push(sound.left, sound.right);
  meter.push(new Float32Array(taps), new Float32Array(taps));
  return meter.peak;
}
