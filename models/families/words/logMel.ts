/** Whisper's log-mel spectrogram: 16 kHz, windows of 25 ms every 10 ms, Slaney's mel scale (librosa's default). */
import { RealFft } from '../footage/voice/mixedFft.ts';

/** Sample rate that Whisper hears, Hz. */
export const wordsRateHz = 16_000;
/** Samples of a window of sound: 30 s. */
export const windowSamples = 30 * wordsRateHz;
const hopSamples = 160;
const fftSize = 400;
/** Frames of a window. */
export const windowFrames = windowSamples / hopSamples;

/** Turns windows into spectrograms. Tables are built once. */
export class MelReader {
  readonly bands: number;
  private readonly filters: readonly Float64Array[];
  private readonly fft = new RealFft(fftSize);
  private readonly hann = Float64Array.from(
    { length: fftSize },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize),
  );

  constructor(bands: number) {
    this.bands = bands;
    this.filters = melFilters(bands, this.fft.binCount);
  }

  /** At most a window of samples, -1..1; silence follows. -> f32[bands,3000] as Whisper was trained on. */
  read(samples: Float32Array): Float32Array {
    const padded = reflectEnds(samples);
    const { bands, fft, hann, filters } = this;
    const made = new Float32Array(bands * windowFrames);
    const frame = new Float32Array(fftSize);
    const [re, im] = [new Float32Array(fft.binCount), new Float32Array(fft.binCount)];
    const power = new Float64Array(fft.binCount);
    let loudest = -Infinity;
    for (let t = 0; t < windowFrames; t++) {
      for (let i = 0; i < fftSize; i++) frame[i] = padded[t * hopSamples + i]! * hann[i]!;
      fft.forward(frame, re, im);
      for (let k = 0; k < power.length; k++) power[k] = re[k]! ** 2 + im[k]! ** 2;
      for (let band = 0; band < bands; band++) {
        const level = Math.log10(Math.max(1e-10, dot(filters[band]!, power)));
        made[band * windowFrames + t] = level;
        if (level > loudest) loudest = level;
      }
    }
    for (let i = 0; i < made.length; i++) made[i] = (Math.max(made[i]!, loudest - 8) + 4) / 4;
    return made;
  }
}

/** A window with half a transform mirrored at each end. */
function reflectEnds(samples: Float32Array): Float32Array {
  const half = fftSize / 2;
  const padded = new Float32Array(windowSamples + fftSize);
  padded.set(samples.subarray(0, windowSamples), half);
  for (let i = 1; i <= half; i++) {
    padded[half - i] = padded[half + i]!;
    padded[half + windowSamples - 1 + i] = padded[half + windowSamples - 1 - i]!;
  }
  return padded;
}

function dot(filter: Float64Array, power: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < power.length; k++) sum += filter[k]! * power[k]!;
  return sum;
}

/** Triangles on Slaney's mel scale, each of the same area. */
function melFilters(bands: number, bins: number): readonly Float64Array[] {
  const top = toMel(wordsRateHz / 2);
  const edges = Array.from({ length: bands + 2 }, (_, i) => toHertz((top * i) / (bands + 1)));
  return Array.from({ length: bands }, (_, band) => {
    const [low, middle, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    return Float64Array.from({ length: bins }, (_, k) => {
      const hertz = (k * wordsRateHz) / fftSize;
      const height = Math.max(0, Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle)));
      return (height * 2) / (high - low);
    });
  });
}

const logStep = Math.log(6.4) / 27;

function toMel(hertz: number): number {
  return hertz < 1000 ? (hertz * 3) / 200 : 15 + Math.log(hertz / 1000) / logStep;
}

function toHertz(mel: number): number {
  return mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp(logStep * (mel - 15));
}
