/** The built-in instruments: small synthesisers, mono f32 at 48 kHz. Used where no SoundFont is there; the user is told. */
import { Random } from './random.ts';

const rate = 48000;

/** Sum of decaying partials by two-term recursion: one multiply-add a sample and partial, no sine calls. */
function partials(out: Float32Array, hz: number, level: number, decaySeconds: number, phase: number): void {
  if (hz > 20000) return;
  const w = (2 * Math.PI * hz) / rate;
  const r = decaySeconds > 0 ? Math.exp(-6.9 / (decaySeconds * rate)) : 1;
  let a = Math.sin(phase) * level;
  let b = (Math.sin(phase - w) * level) / r;
  const c1 = 2 * r * Math.cos(w);
  const c2 = r * r;
  for (let i = 0; i < out.length; i++) {
    out[i] = out[i]! + a;
    const next = c1 * a - c2 * b;
    b = a;
    a = next;
  }
}

function shape(out: Float32Array, attackSeconds: number, holdSeconds: number, releaseSeconds: number): Float32Array {
  const attack = Math.max(1, attackSeconds * rate);
  const hold = holdSeconds * rate;
  const release = Math.max(1, releaseSeconds * rate);
  for (let i = 0; i < out.length; i++) {
    const rise = i < attack ? 0.5 - 0.5 * Math.cos((Math.PI * i) / attack) : 1;
    const fall = i > hold ? Math.max(0, 1 - (i - hold) / release) ** 2 : 1;
    out[i] = out[i]! * rise * fall;
  }
  return out;
}

export const midiHz = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** Struck strings: slightly stretched partials, high ones dying sooner. */
export function piano(pitch: number, seconds: number): Float32Array {
  const release = 0.35;
  const out = new Float32Array(Math.ceil((seconds + release) * rate));
  const f = midiHz(pitch);
  const ring = 6 * 2 ** (-(pitch - 48) / 18);
  for (let k = 1; k <= 9; k++) {
    const hz = f * k * Math.sqrt(1 + 0.0004 * k * k);
    partials(out, hz * 1.0003, (0.34 / k ** 1.25) * Math.exp(-hz / 9000), ring / (1 + 0.35 * (k - 1)), k);
    if (k < 4) partials(out, hz * 0.9994, (0.2 / k ** 1.25) * Math.exp(-hz / 9000), ring / (0.7 + 0.35 * k), k + 1);
  }
  return shape(out, 0.003, seconds, release);
}

/** Bowed ensemble: three detuned voices with soft upper partials. */
export function strings(pitch: number, seconds: number): Float32Array {
  const release = 0.7;
  const out = new Float32Array(Math.ceil((seconds + release) * rate));
  const f = midiHz(pitch);
  for (const [voice, detune] of [0.9965, 1, 1.0031].entries()) {
    for (let k = 1; k <= 7; k++) partials(out, f * detune * k, (0.11 / k) * Math.exp(-(f * k) / 3200), 0, voice * 2 + k * 1.7);
  }
  return shape(out, 0.28, seconds, release);
}

/** Plucked string (Karplus-Strong with a fractional delay). */
export function pluck(pitch: number, seconds: number): Float32Array {
  const release = 0.25;
  const out = new Float32Array(Math.ceil((seconds + release + 0.4) * rate));
  const delay = rate / midiHz(pitch) - 0.5;
  const whole = Math.floor(delay);
  const fraction = delay - whole;
  const line = new Float32Array(whole + 2);
  const random = new Random(pitch, 77);
  let soft = 0;
  for (let i = 0; i < whole; i++) line[i] = soft = 0.55 * soft + 0.45 * (2 * random.next() - 1);
  const loss = Math.exp(-6.9 / (rate * (3.2 * 2 ** (-(pitch - 55) / 20)))) ** delay;
  let last = 0;
  for (let i = 0, at = 0; i < out.length; i++) {
    const next = at + 1 >= whole + 1 ? 0 : at + 1;
    const value = line[at]! * (1 - fraction) + line[next]! * fraction;
    out[i] = value * 0.9;
    line[at] = loss * 0.5 * (value + last);
    last = value;
    at = next;
  }
  return shape(out, 0.001, seconds + 0.3, release);
}

export function bass(pitch: number, seconds: number): Float32Array {
  const release = 0.12;
  const out = new Float32Array(Math.ceil((seconds + release) * rate));
  const f = midiHz(pitch);
  for (let k = 1; k <= 5; k++) partials(out, f * k, 0.42 / k ** 1.7, 2.4 / k, 0);
  return shape(out, 0.006, seconds, release);
}

/** Breath of a flute-like lead: near-sine with vibrato, so a slow melody can sing. */
export function lead(pitch: number, seconds: number): Float32Array {
  const release = 0.25;
  const out = new Float32Array(Math.ceil((seconds + release) * rate));
  const step = (2 * Math.PI * midiHz(pitch)) / rate;
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / rate;
    phase += step * (1 + 0.0035 * Math.min(1, t * 2) * Math.sin(2 * Math.PI * 5.2 * t));
    out[i] = 0.3 * Math.sin(phase) + 0.07 * Math.sin(2 * phase) + 0.025 * Math.sin(3 * phase);
  }
  return shape(out, 0.05, seconds, release);
}

/** Kick, snare, hat, tom, shaker, in the order of musicTokens' drums; index 5 is the low accent for asked-for hits. */
export function drum(index: number): Float32Array {
  const seconds = [0.35, 0.25, 0.08, 0.5, 0.09, 2.2][index] ?? 0.2;
  const out = new Float32Array(Math.ceil(seconds * rate));
  const random = new Random(index, 99);
  let low = 0;
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / rate;
    const white = 2 * random.next() - 1;
    low += 0.25 * (white - low);
    const bright = white - low;
    const sweep = (from: number, to: number, speed: number): number => {
      phase += (2 * Math.PI * (to + (from - to) * Math.exp(-t * speed))) / rate;
      return Math.sin(phase);
    };
    if (index === 0) out[i] = 0.8 * sweep(130, 46, 32) * Math.exp(-t * 14) + 0.1 * bright * Math.exp(-t * 180);
    else if (index === 1) out[i] = 0.28 * sweep(230, 180, 30) * Math.exp(-t * 26) + 0.32 * bright * Math.exp(-t * 22);
    else if (index === 2) out[i] = 0.16 * bright * Math.exp(-t * 65);
    else if (index === 3) out[i] = 0.7 * sweep(120, 78, 14) * Math.exp(-t * 9);
    else if (index === 4) out[i] = 0.13 * bright * Math.min(1, t * 60) * Math.exp(-t * 55);
    else out[i] = 0.85 * sweep(95, 41, 9) * Math.exp(-t * 2.6) + 0.12 * low * Math.exp(-t * 7);
  }
  return shape(out, 0.0005, seconds * 0.85, seconds * 0.15);
}
