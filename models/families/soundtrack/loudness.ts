/** Integrated loudness after ITU-R BS.1770-4 (K-weighting, 400 ms blocks, two gates) and true peak by 4x oversampling. 48 kHz. */
import type { Sound } from '../pipeline.ts';

/** Biquad coefficients b0 b1 b2 a1 a2 of the recommendation at 48 kHz: the head's shelf, then the RLB high-pass. */
const shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585] as const;
const highPass = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

/** Mean square of K-weighted 100 ms steps, one channel. */
function stepPowers(samples: Float32Array): Float64Array {
  const step = 4800;
  const out = new Float64Array(Math.floor(samples.length / step));
  let x1 = 0, x2 = 0, y1 = 0, y2 = 0, z1 = 0, z2 = 0;
  for (let s = 0; s < out.length; s++) {
    let sum = 0;
    for (let i = s * step; i < (s + 1) * step; i++) {
      const x = samples[i]!;
      const y = shelf[0] * x + shelf[1] * x1 + shelf[2] * x2 - shelf[3] * y1 - shelf[4] * y2;
      const z = y + highPass[1] * y1 + highPass[2] * y2 - highPass[3] * z1 - highPass[4] * z2;
      x2 = x1; x1 = x; y2 = y1; y1 = y; z2 = z1; z1 = z;
      sum += z * z;
    }
    out[s] = sum / step;
  }
  return out;
}

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power);

/** LUFS; -Infinity for silence or less than 0.4 s. */
export function integratedLoudness(sound: Sound): number {
  if (sound.sampleRateHz !== 48000) throw new RangeError(`loudness is measured at 48000 Hz, not ${sound.sampleRateHz}`);
  const left = stepPowers(sound.left);
  const right = stepPowers(sound.right);
  const blocks: number[] = [];
  for (let i = 0; i + 4 <= left.length; i++) {
    let power = 0;
    for (let j = i; j < i + 4; j++) power += left[j]! + right[j]!;
    blocks.push(power / 4);
  }
  const gated = (limit: number): number => {
    const kept = blocks.filter((power) => power > 0 && toLufs(power) > limit);
    return kept.length === 0 ? 0 : kept.reduce((a, b) => a + b, 0) / kept.length;
  };
  const first = gated(-70);
  if (first === 0) return -Infinity;
  return toLufs(gated(toLufs(first) - 10));
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

/** Largest value between sample i and i+1, of the magnitude; cheap unless the neighbourhood is above `floor`. */
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

/** Linear true peak of both channels. */
export function truePeak(sound: Sound): number {
  let peak = 0;
  for (const channel of [sound.left, sound.right]) {
    for (let i = 0; i < channel.length; i++) peak = Math.max(peak, interSamplePeak(channel, i, peak * 0.6));
  }
  return peak;
}
