/** The STFT of the graphs' inputs and outputs; models/training/soundtrack/spectra.py is its counterpart. */
import { Fft } from './fft.ts';

/** Window and hop of the short-time transform, samples. */
export interface StftShape {
  readonly fftSize: number;
  readonly hopSize: number;
}

/** Periodic Hann window, f64[size]. */
export function hannWindow(size: number): Float64Array {
  const window = new Float64Array(size);
  for (let i = 0; i < size; i++) window[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size);
  return window;
}

/** Sum of the squared window, the power that white noise of variance 1 puts into a bin: 384 for 1024 samples. */
export const windowEnergy = (size: number): number => (3 * size) / 8;

/** First sample of frame k: frames are centred on (k + 0.5) hops. */
export const frameStart = (k: number, shape: StftShape): number =>
  k * shape.hopSize + shape.hopSize / 2 - shape.fftSize / 2;

/**
 * The STFT of mono sound, f32[2, bins, frameCount] (re, im), divided by the root of the window's energy. The sound is
 * padded with silence.
 */
export function analyse(sound: Float32Array, frameCount: number, shape: StftShape): Float32Array {
  const { fftSize } = shape;
  const bins = fftSize / 2 + 1;
  const fft = new Fft(fftSize);
  const window = hannWindow(fftSize);
  const scale = 1 / Math.sqrt(windowEnergy(fftSize));
  const re = new Float64Array(fftSize);
  const im = new Float64Array(fftSize);
  const out = new Float32Array(2 * bins * frameCount);
  for (let k = 0; k < frameCount; k++) {
    const start = frameStart(k, shape);
    for (let i = 0; i < fftSize; i++) {
      re[i] = (sound[start + i] ?? 0) * window[i]!;
      im[i] = 0;
    }
    fft.forward(re, im);
    for (let b = 0; b < bins; b++) {
      out[b * frameCount + k] = re[b]! * scale;
      out[(bins + b) * frameCount + k] = im[b]! * scale;
    }
  }
  return out;
}
