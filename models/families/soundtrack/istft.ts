/**
 * Synthesises sound from the decoder's envelope. The noise part is white noise, filtered frame by frame; the tonal part
 * is sinusoids that follow the spectrum's peaks (after SPSI, Beauregard 2015), so the model needs no phase. The noise
 * has separate mid and side signals: stereo width that folds down to mono without cancelling.
 */
import { Fft } from './fft.ts';
import { Random } from './random.ts';
import { frameStart, hannWindow, type StftShape } from './spectrum.ts';

/** Seed of the noise, and stereo width 0..1. */
export interface SynthOptions {
  readonly seed: number;
  /** Share of the noise's power in the side channel, 0..0.5. Below about 150 Hz it is narrowed to mono. */
  readonly width: number;
}

interface Peaks {
  readonly theta: Float64Array;
  readonly omega: Float64Array;
  readonly heard: Float64Array;
}

/** A peak of one frame's tonal power: its bin, the bins lo..hi it owns, its interpolated bin, and their power. */
interface Peak {
  readonly at: number;
  readonly lo: number;
  readonly hi: number;
  readonly exact: number;
  readonly power: number;
}

/** A parabola through the log power of bin k and its neighbours gives the peak's place between bins. */
function exactPeak(power: Float64Array, k: number): number {
  const before = Math.log(power[k - 1]! + 1e-12);
  const after = Math.log(power[k + 1]! + 1e-12);
  const bend = before - 2 * Math.log(power[k]!) + after;
  return k + (bend < -1e-6 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0);
}

const noPeaks = (bins: number): Peaks => ({
  theta: new Float64Array(bins),
  omega: new Float64Array(bins),
  heard: new Float64Array(bins),
});

/** Synthesises frame by frame, in order, so memory does not grow with length. */
export class SpectralSynth {
  private readonly shape: StftShape;
  private readonly fft: Fft;
  private readonly window: Float64Array;
  private readonly noise: Random;
  private readonly phases: Random;
  private readonly sideGain: Float64Array;
  private readonly midGain: number;
  /** Overlap-add ring for left, right and the squared window, starting at sample `done`. */
  private left: Float64Array;
  private right: Float64Array;
  private weight: Float64Array;
  private done: number;
  private frame = 0;
  private readonly white: { mid: Float64Array; side: Float64Array };
  /** Peaks of the last frame, by bin. */
  private peaks: Peaks;
  /** Receives the next frame's peaks. The two swap roles, so 125 frames a second allocate nothing. */
  private spare: Peaks;
  private readonly amplitude: Float64Array;
  private readonly tone: Float64Array;
  private readonly re: Float64Array;
  private readonly im: Float64Array;

  constructor(shape: StftShape, options: SynthOptions) {
    const { fftSize } = shape;
    this.shape = shape;
    this.fft = new Fft(fftSize);
    this.window = hannWindow(fftSize);
    this.noise = new Random(options.seed, 11);
    this.phases = new Random(options.seed, 12);
    this.midGain = Math.sqrt(1 - options.width);
    this.sideGain = new Float64Array(fftSize / 2 + 1);
    for (let b = 0; b < this.sideGain.length; b++) this.sideGain[b] = Math.sqrt(options.width) * Math.min(1, b / 4);
    this.left = new Float64Array(fftSize);
    this.right = new Float64Array(fftSize);
    this.weight = new Float64Array(fftSize);
    this.done = frameStart(0, shape);
    this.white = { mid: new Float64Array(fftSize), side: new Float64Array(fftSize) };
    for (let i = 0; i < fftSize; i++) this.drawWhite(i);
    const bins = fftSize / 2 + 1;
    this.peaks = noPeaks(bins);
    this.spare = noPeaks(bins);
    this.amplitude = new Float64Array(bins);
    this.tone = new Float64Array(bins);
    this.re = new Float64Array(fftSize);
    this.im = new Float64Array(fftSize);
  }

  private drawWhite(i: number): void {
    this.white.mid[i] = this.noise.normal();
    this.white.side[i] = this.noise.normal();
  }

  /**
   * Takes one frame: ln amplitude and tonality, each `bins` values from `offset` on with `stride`. Writes the hopSize
   * samples that this completes into left and right, whose first sample is sample `origin` of the stem.
   */
  push(
    logMagnitude: Float32Array,
    tonality: Float32Array,
    offset: number,
    stride: number,
    left: Float32Array,
    right: Float32Array,
    origin = 0,
  ): void {
    const { fftSize, hopSize } = this.shape;
    const bins = fftSize / 2 + 1;
    const { amplitude, tone } = this;
    for (let b = 0; b < bins; b++) {
      const level = Math.exp(Math.min(6, logMagnitude[offset + b * stride]!));
      const share = Math.min(1, Math.max(0, tonality[offset + b * stride]!));
      amplitude[b] = level * Math.sqrt(1 - share);
      tone[b] = level * level * share;
    }
    this.addNoise(amplitude);
    this.addTones(tone);
    this.give(hopSize, left, right, origin);
    this.slide(hopSize);
    this.frame += 1;
  }

  /** Samples still in the ring after the last frame. */
  flush(left: Float32Array, right: Float32Array, origin = 0): void {
    this.give(this.shape.fftSize, left, right, origin);
  }

  /** First sample that the next push finishes. */
  get position(): number {
    return this.done;
  }

  /** The floor of 1e-3 keeps the first samples, where the windows are still near zero, from being amplified. */
  private give(count: number, left: Float32Array, right: Float32Array, origin: number): void {
    for (let i = 0; i < count; i++) {
      const position = this.done + i - origin;
      if (position >= 0 && position < left.length) {
        const weight = Math.max(this.weight[i]!, 1e-3);
        left[position] = this.left[i]! / weight;
        right[position] = this.right[i]! / weight;
      }
    }
  }

  private slide(count: number): void {
    for (const ring of [this.left, this.right, this.weight, this.white.mid, this.white.side]) {
      ring.copyWithin(0, count);
      ring.fill(0, ring.length - count);
    }
    for (let i = this.shape.fftSize - count; i < this.shape.fftSize; i++) this.drawWhite(i);
    this.done += count;
  }

  /** Mid and side noise go through one complex transform as its real and imaginary parts. */
  private addNoise(amplitude: Float64Array): void {
    const { fftSize } = this.shape;
    const { window, fft, white, re, im } = this;
    for (let i = 0; i < fftSize; i++) {
      re[i] = white.mid[i]! * window[i]!;
      im[i] = white.side[i]! * window[i]!;
    }
    fft.forward(re, im);
    for (let b = 0; b <= fftSize / 2; b++) {
      const c = (fftSize - b) % fftSize;
      const mid = amplitude[b]! * this.midGain;
      const side = amplitude[b]! * this.sideGain[b]!;
      const mr = ((re[b]! + re[c]!) / 2) * mid;
      const mi = ((im[b]! - im[c]!) / 2) * mid;
      const sr = ((im[b]! + im[c]!) / 2) * side;
      const si = ((re[c]! - re[b]!) / 2) * side;
      re[b] = mr - si;
      im[b] = mi + sr;
      if (c !== b) {
        re[c] = mr + si;
        im[c] = sr - mi;
      }
    }
    fft.inverse(re, im);
    for (let i = 0; i < fftSize; i++) {
      const w = window[i]!;
      this.left[i] = this.left[i]! + w * (re[i]! + im[i]!);
      this.right[i] = this.right[i]! + w * (re[i]! - im[i]!);
      this.weight[i] = this.weight[i]! + w * w;
    }
  }

  /**
   * Each peak of the tonal power becomes one sinusoid with the power of its surroundings, in phase with the last frame.
   */
  private addTones(power: Float64Array): void {
    const bins = power.length;
    const { re, im, spare } = this;
    for (const values of [re, im, spare.theta, spare.omega, spare.heard]) values.fill(0);
    let any = false;
    let from = 1;
    for (let k = 2; k < bins - 2; k++) {
      const p = power[k]!;
      if (!(p > 1e-9 && p >= power[k - 1]! && p > power[k + 1]!)) continue;
      let lo = k;
      while (lo > from && power[lo - 1]! < power[lo]!) lo--;
      let hi = k;
      while (hi < bins - 2 && power[hi + 1]! < power[hi]!) hi++;
      let sum = 0;
      for (let b = lo; b <= hi; b++) sum += power[b]!;
      from = hi;
      const exact = exactPeak(power, k);
      this.addLobe(exact, sum, this.followPeak({ at: k, lo, hi, exact, power: sum }));
      any = true;
    }
    [this.peaks, this.spare] = [spare, this.peaks];
    if (any) this.overlapAddTones();
  }

  /** Records a peak for the next frame and returns its phase, continued from the last frame or drawn if it is new. */
  private followPeak({ at, lo, hi, exact, power }: Peak): number {
    const { fftSize, hopSize } = this.shape;
    const { peaks: last, spare } = this;
    const omega = (2 * Math.PI * exact) / fftSize;
    const isNew = last.heard[at]! < 1e-3 * power;
    const phase = isNew
      ? 2 * Math.PI * this.phases.next()
      : last.theta[at]! + (hopSize * (last.omega[at]! + omega)) / 2;
    for (let b = lo; b <= hi; b++) {
      spare.theta[b] = phase;
      spare.omega[b] = omega;
      spare.heard[b] = power;
    }
    return phase;
  }

  /**
   * Adds the main lobe of the Hann window, centred on bin `exact`. The sum of |X|^2 over it, divided by the window's
   * energy, is amplitude^2 * fftSize / 4.
   */
  private addLobe(exact: number, power: number, phase: number): void {
    const { re, im } = this;
    const { fftSize } = this.shape;
    const amplitude = Math.sqrt((4 * power) / fftSize) * 0.5;
    const end = Math.min(fftSize / 2, Math.floor(exact) + 3);
    for (let b = Math.max(0, Math.floor(exact) - 2); b <= end; b++) {
      const d = b - exact;
      const lobe =
        Math.abs(d) < 1e-6
          ? 0.5
          : Math.abs(Math.abs(d) - 1) < 1e-6
            ? 0.25
            : (0.5 * Math.sin(Math.PI * d)) / (Math.PI * d * (1 - d * d));
      const sign = b % 2 === 0 ? 1 : -1;
      re[b] = re[b]! + amplitude * fftSize * lobe * Math.cos(phase) * sign;
      im[b] = im[b]! + amplitude * fftSize * lobe * Math.sin(phase) * sign;
    }
  }

  /** Brings the half spectrum in re and im to time and adds it to both channels. */
  private overlapAddTones(): void {
    const { re, im } = this;
    const { fftSize } = this.shape;
    const bins = fftSize / 2 + 1;
    for (let b = 1; b < bins - 1; b++) {
      re[fftSize - b] = re[b]!;
      im[fftSize - b] = -im[b]!;
    }
    im[0] = 0;
    im[bins - 1] = 0;
    this.fft.inverse(re, im);
    // the lobes include the analysis window; the synthesis window follows, as for the noise
    for (let i = 0; i < fftSize; i++) {
      const value = this.window[i]! * re[i]!;
      this.left[i] = this.left[i]! + value;
      this.right[i] = this.right[i]! + value;
    }
  }
}
