/** Sound as DeepFilterNet 3 sees it: overlapping windows of 20 ms, and what its encoder is fed of each. */
import { bandWidths } from './bands.ts';
import { RealFft } from './mixedFft.ts';

/** Hz: the rate of the model. */
export const voiceRateHz = 48_000;
/** Samples from one window to the next. */
export const hopSamples = 480;
const windowSamples = 2 * hopSamples;
/** Bins of a spectrum. */
export const binCount = hopSamples + 1;
/** Bins from 0 Hz that are filtered in their phase too. */
export const filteredBins = 96;
/** Bins of each of the bands. */
export const bands = bandWidths(voiceRateHz, windowSamples);

/** Weight of the past in the running means: a time constant of a second. */
const memory = 0.99;
const spread = (from: number, to: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** Vorbis's window: squared and overlapped by half it sums to 1. */
const shape = Float32Array.from({ length: windowSamples }, (_, i) =>
  Math.sin((Math.PI / 2) * Math.sin((Math.PI * (i + 0.5)) / windowSamples) ** 2),
);

/** One window: its spectrum, and the encoder's features of it. */
export interface VoiceFrame {
  readonly re: Float32Array;
  readonly im: Float32Array;
  /** Level of each band over its running mean, in 40 dB. */
  readonly levels: Float32Array;
  /** The lowest bins at unit level: real parts, then imaginary ones. */
  readonly low: Float32Array;
}

/** Windows sound and keeps the running means. */
export class VoiceAnalysis {
  readonly #fft = new RealFft(windowSamples);
  readonly #windowed = new Float32Array(windowSamples);
  #before = new Float32Array(hopSamples);
  #meanDb = spread(-60, -90, bands.length);
  #meanLevel = spread(0.001, 0.0001, filteredBins);

  /** The window that ends with `hop`, 480 samples. */
  next(hop: Float32Array): VoiceFrame {
    for (let i = 0; i < hopSamples; i++) {
      this.#windowed[i] = this.#before[i]! * shape[i]!;
      this.#windowed[hopSamples + i] = hop[i]! * shape[hopSamples + i]!;
    }
    this.#before.set(hop);
    const [re, im] = [new Float32Array(binCount), new Float32Array(binCount)];
    this.#fft.forward(this.#windowed, re, im);
    for (let bin = 0; bin < binCount; bin++) {
      re[bin]! /= windowSamples;
      im[bin]! /= windowSamples;
    }
    return { re, im, levels: this.#levels(re, im), low: this.#low(re, im) };
  }

  /** Another analysis with the same past. */
  copy(): VoiceAnalysis {
    const copy = new VoiceAnalysis();
    copy.#before = this.#before.slice();
    copy.#meanDb = this.#meanDb.slice();
    copy.#meanLevel = this.#meanLevel.slice();
    return copy;
  }

  #levels(re: Float32Array, im: Float32Array): Float32Array {
    const levels = new Float32Array(bands.length);
    let bin = 0;
    bands.forEach((width, band) => {
      let power = 0;
      for (const end = bin + width; bin < end; bin++) power += re[bin]! * re[bin]! + im[bin]! * im[bin]!;
      const level = 10 * Math.log10(power / width + 1e-10);
      const mean = level * (1 - memory) + this.#meanDb[band]! * memory;
      this.#meanDb[band] = mean;
      levels[band] = (level - mean) / 40;
    });
    return levels;
  }

  #low(re: Float32Array, im: Float32Array): Float32Array {
    const low = new Float32Array(2 * filteredBins);
    for (let bin = 0; bin < filteredBins; bin++) {
      const level = Math.hypot(re[bin]!, im[bin]!);
      const mean = level * (1 - memory) + this.#meanLevel[bin]! * memory;
      this.#meanLevel[bin] = mean;
      const unit = 1 / Math.sqrt(mean);
      low[bin] = re[bin]! * unit;
      low[filteredBins + bin] = im[bin]! * unit;
    }
    return low;
  }
}

/** Puts windows together again. */
export class VoiceSynthesis {
  readonly #fft = new RealFft(windowSamples);
  readonly #window = new Float32Array(windowSamples);
  #tail = new Float32Array(hopSamples);

  /** Writes the 480 samples that the window shares with the one before. */
  next(re: Float32Array, im: Float32Array, into: Float32Array): void {
    this.#fft.inverse(re, im, this.#window);
    for (let i = 0; i < hopSamples; i++) {
      into[i] = this.#tail[i]! + this.#window[i]! * shape[i]!;
      this.#tail[i] = this.#window[hopSamples + i]! * shape[hopSamples + i]!;
    }
  }

  /** Another synthesis with the same past. */
  copy(): VoiceSynthesis {
    const copy = new VoiceSynthesis();
    copy.#tail = this.#tail.slice();
    return copy;
  }
}
