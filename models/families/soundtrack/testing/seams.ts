/**
 * How much a sound changes from one moment to the next, in log-mel: a joint that changes no more than other places has
 * no audible seam.
 */
import { analyse } from '../spectrum.ts';

const shape = { fftSize: 1024, hopSize: 384 };
const bands = 40;
/** STFT frames on either side, 80 ms. */
const frames = 10;

const mel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);

/** Triangular mel filters, 60 Hz to 16 kHz. */
const filters = Array.from({ length: bands }, (_, band) => {
  const at = (i: number): number => mel(60) + ((mel(16000) - mel(60)) * i) / (bands + 1);
  return Float32Array.from({ length: 513 }, (_v, bin) => {
    const place = mel((bin * 48000) / 1024);
    return Math.max(0, 1 - Math.abs(place - at(band + 1)) / (at(1) - at(0)));
  });
});

/** Logarithm of each band's mean power over `frames` frames from sample `at`. */
function look(samples: Float32Array, at: number): number[] {
  const length = frames * shape.hopSize;
  const sound = samples.slice(Math.max(0, at - 512), at + length + 512);
  const spectrum = analyse(sound.subarray(Math.min(512, at)), frames, shape);
  return filters.map((filter) => {
    let power = 1e-9;
    for (let bin = 0; bin < 513; bin++) {
      if (filter[bin] === 0) continue;
      for (let k = 0; k < frames; k++)
        power += filter[bin]! * (spectrum[bin * frames + k]! ** 2 + spectrum[(513 + bin) * frames + k]! ** 2);
    }
    return Math.log(power / frames);
  });
}

/** Root mean square over the bands of the step in log-mel at a sample. */
export function stepAt(samples: Float32Array, at: number): number {
  const before = look(samples, at - frames * shape.hopSize);
  const after = look(samples, at);
  return Math.sqrt(before.reduce((sum, value, band) => sum + (value - after[band]!) ** 2, 0) / bands);
}

/** The steps along a sound, every 50 ms. */
export function stepsOf(samples: Float32Array): number[] {
  const margin = 2 * frames * shape.hopSize;
  const steps: number[] = [];
  for (let at = margin; at < samples.length - margin; at += 2400) steps.push(stepAt(samples, at));
  return steps;
}

/** Largest second difference within 1 ms of a sample: larger than elsewhere in the sound, it is a click. */
export function leapAt(samples: Float32Array, at: number): number {
  let most = 0;
  for (let i = Math.max(2, at - 48); i < Math.min(samples.length, at + 48); i++)
    most = Math.max(most, Math.abs(samples[i]! - 2 * samples[i - 1]! + samples[i - 2]!));
  return most;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
