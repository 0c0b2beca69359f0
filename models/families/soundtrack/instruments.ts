/**
 * The built-in instruments: small synthesisers, mono f32 at 48 kHz. They play if there is no SoundFont, and the user is
 * told so.
 */
import { Random } from './random.ts';

const rate = 48000;

/** A note of a built-in instrument: MIDI pitch and length in s to mono samples at 48 kHz, about -1..1. */
export type Play = (pitch: number, seconds: number) => Float32Array;

/** Frequency of a MIDI pitch, Hz (A4 = 69 = 440 Hz). */
export const midiHz = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** Adds decaying partials by two-term recursion: one multiply-add per sample and partial, without sine calls. */
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

/** Struck strings with slightly stretched partials; high ones die away sooner. */
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

/**
 * Plucked string (Karplus-Strong with a fractional delay). `ringSeconds` is its decay at G3; `soft`, 0..1, dulls the
 * attack.
 */
function plucked(ringSeconds: number, soft: number, level: number): Play {
  return (pitch, seconds) => {
    const release = 0.25;
    const out = new Float32Array(Math.ceil((seconds + release + 0.4) * rate));
    const delay = rate / midiHz(pitch) - 0.5;
    const whole = Math.floor(delay);
    const fraction = delay - whole;
    const line = new Float32Array(whole + 2);
    const random = new Random(pitch, 77);
    let low = 0;
    for (let i = 0; i < whole; i++) line[i] = low = soft * low + (1 - soft) * (2 * random.next() - 1);
    const loss = Math.exp(-6.9 / (rate * (ringSeconds * 2 ** (-(pitch - 55) / 20)))) ** delay;
    let last = 0;
    for (let i = 0, at = 0; i < out.length; i++) {
      const next = at + 1 >= whole + 1 ? 0 : at + 1;
      const value = line[at]! * (1 - fraction) + line[next]! * fraction;
      out[i] = value * level;
      line[at] = loss * 0.5 * (value + last);
      last = value;
      at = next;
    }
    return shape(out, 0.001, seconds + 0.3, release);
  };
}

/** Synthesised: nylon guitar. */
export const guitar = plucked(3.2, 0.55, 0.9);
/** Synthesised: harp. */
export const harp = plucked(5, 0.75, 1.4);
/** Synthesised: harpsichord. */
export const harpsichord = plucked(2.2, 0.1, 0.55);

/** Electric guitar: the plucked string through a soft clipper and a small cabinet. */
export function electricGuitar(pitch: number, seconds: number): Float32Array {
  const string = plucked(9, 0.3, 1)(pitch, seconds);
  let low = 0;
  let lower = 0;
  let base = 0;
  for (let i = 0; i < string.length; i++) {
    const driven = Math.tanh(7 * string[i]!);
    low += 0.32 * (driven - low);
    lower += 0.32 * (low - lower);
    base += 0.008 * (lower - base);
    string[i] = 0.42 * (lower - base);
  }
  return shape(string, 0.002, seconds, 0.18);
}

interface Timbre {
  /** Level of each harmonic. */
  readonly harmonics: readonly number[];
  readonly attack: number;
  readonly release: number;
  /** Depth of vibrato as a share of the pitch; it sets in over half a second. */
  readonly vibrato: number;
  /** Number of unison voices, and how far apart they are, as a share of the pitch. */
  readonly voices?: number;
  readonly spread?: number;
  /** Level of breath noise. */
  readonly breath?: number;
  /** Resonances of voice or body, Hz, which boost the harmonics near them. */
  readonly formants?: readonly number[];
  readonly level: number;
}

/** A sustained instrument from a wavetable of one cycle, whose harmonics stay below 16 kHz. */
function sustained(timbre: Timbre): Play {
  return (pitch, seconds) => {
    const f = midiHz(pitch);
    const size = 2048;
    const table = new Float32Array(size + 1);
    let sum = 0;
    for (const [k, level] of timbre.harmonics.entries()) {
      const hz = f * (k + 1);
      if (hz > 16000) break;
      const near =
        timbre.formants?.reduce(
          (most, formant) => Math.max(most, Math.exp(-(((hz - formant) / (90 + 0.12 * formant)) ** 2))),
          0.12,
        ) ?? 1;
      const amplitude = level * near;
      sum += amplitude;
      for (let i = 0; i <= size; i++)
        table[i] = table[i]! + amplitude * Math.sin((2 * Math.PI * (k + 1) * i) / size + 0.7 * k * k);
    }
    const out = new Float32Array(Math.ceil((seconds + timbre.release) * rate));
    const voices = timbre.voices ?? 1;
    const level = timbre.level / Math.max(0.25, sum) / Math.sqrt(voices);
    const random = new Random(pitch, 55);
    for (let voice = 0; voice < voices; voice++) {
      const detune = voices === 1 ? 1 : 1 + (timbre.spread ?? 0) * ((2 * voice) / (voices - 1) - 1);
      const speed = 4.8 + 0.7 * random.next();
      let phase = size * random.next();
      for (let i = 0; i < out.length; i++) {
        const t = i / rate;
        phase +=
          ((f * size) / rate) *
          detune *
          (1 + timbre.vibrato * Math.min(1, 2 * t) * Math.sin(2 * Math.PI * speed * t + 2 * voice));
        if (phase >= size) phase -= size;
        const at = Math.floor(phase);
        out[i] = out[i]! + level * (table[at]! + (table[at + 1]! - table[at]!) * (phase - at));
      }
    }
    if (timbre.breath !== undefined) {
      let low = 0;
      for (let i = 0; i < out.length; i++) {
        low += Math.min(0.9, (9 * f) / rate) * (2 * random.next() - 1 - low);
        out[i] = out[i]! + timbre.breath * low;
      }
    }
    return shape(out, timbre.attack, seconds, timbre.release);
  };
}

const falling = (count: number, power: number): number[] =>
  Array.from({ length: count }, (_, k) => 1 / (k + 1) ** power);
const oddOnly = (count: number): number[] =>
  Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : 0.12) / (k + 1) ** 1.15);

/** Synthesised: string section. */
export const strings = sustained({
  harmonics: falling(14, 1.25),
  attack: 0.22,
  release: 0.7,
  vibrato: 0.003,
  voices: 3,
  spread: 0.0032,
  level: 0.55,
});
/** Synthesised: violin. */
export const violin = sustained({
  harmonics: falling(16, 1.05),
  attack: 0.07,
  release: 0.25,
  vibrato: 0.006,
  formants: [480, 1100, 2600, 3800],
  level: 0.5,
});
/** Synthesised: cello. */
export const cello = sustained({
  harmonics: falling(18, 1.1),
  attack: 0.09,
  release: 0.3,
  vibrato: 0.005,
  formants: [230, 440, 900, 1500],
  level: 0.6,
});
/** Synthesised: flute. */
export const flute = sustained({
  harmonics: [1, 0.3, 0.1, 0.03],
  attack: 0.06,
  release: 0.2,
  vibrato: 0.004,
  breath: 0.02,
  level: 0.5,
});
/** Synthesised: clarinet. */
export const clarinet = sustained({ harmonics: oddOnly(14), attack: 0.04, release: 0.15, vibrato: 0.001, level: 0.5 });
/** Synthesised: trumpet. */
export const trumpet = sustained({
  harmonics: falling(16, 0.75),
  attack: 0.035,
  release: 0.14,
  vibrato: 0.003,
  formants: [600, 1250, 2200],
  level: 0.5,
});
/** Synthesised: brass section. */
export const brass = sustained({
  harmonics: falling(12, 0.95),
  attack: 0.07,
  release: 0.3,
  vibrato: 0.002,
  voices: 3,
  spread: 0.003,
  formants: [350, 800, 1500],
  level: 0.6,
});
/** Synthesised: choir. */
export const choir = sustained({
  harmonics: falling(24, 0.8),
  attack: 0.28,
  release: 0.7,
  vibrato: 0.005,
  voices: 4,
  spread: 0.005,
  formants: [650, 1080, 2650],
  breath: 0.006,
  level: 0.6,
});
/** Synthesised: organ. */
export const organ = sustained({
  harmonics: [1, 0.9, 0.35, 0.5, 0, 0.2, 0, 0.35],
  attack: 0.02,
  release: 0.15,
  vibrato: 0.0008,
  level: 0.5,
});
/** Synthesised: accordion. */
export const accordion = sustained({
  harmonics: falling(14, 0.8),
  attack: 0.05,
  release: 0.12,
  vibrato: 0,
  voices: 2,
  spread: 0.003,
  level: 0.45,
});
/** Synthesised: synthesiser pad. */
export const synthPad = sustained({
  harmonics: falling(10, 1.4),
  attack: 0.4,
  release: 1.1,
  vibrato: 0.001,
  voices: 4,
  spread: 0.007,
  level: 0.6,
});
/** Synthesised: synthesiser lead. */
export const synthLead = sustained({
  harmonics: falling(12, 1),
  attack: 0.012,
  release: 0.12,
  vibrato: 0.003,
  voices: 2,
  spread: 0.004,
  level: 0.45,
});
/** Synthesised: synthesiser bass. */
export const synthBass = sustained({
  harmonics: falling(8, 1.1),
  attack: 0.006,
  release: 0.08,
  vibrato: 0,
  voices: 2,
  spread: 0.0025,
  level: 0.6,
});
/** Synthesised: near-sine lead with vibrato, for slow melodies. */
export const lead = sustained({
  harmonics: [0.3, 0.07, 0.025],
  attack: 0.05,
  release: 0.25,
  vibrato: 0.0035,
  level: 0.4,
});

/** Bars, tines and bells: partials at inharmonic ratios. */
function struck(ratios: readonly (readonly [ratio: number, level: number, ring: number])[], release: number): Play {
  return (pitch, seconds) => {
    const out = new Float32Array(Math.ceil((seconds + release) * rate));
    const f = midiHz(pitch);
    const shorter = 2 ** (-(pitch - 60) / 24);
    for (const [ratio, level, ring] of ratios) partials(out, f * ratio, level, ring * shorter, 0);
    return shape(out, 0.0015, seconds, release);
  };
}

/** Synthesised: vibraphone. */
export const vibraphone = struck(
  [
    [1, 0.5, 4],
    [4, 0.12, 1.2],
    [10.2, 0.04, 0.3],
  ],
  0.9,
);
/** Synthesised: marimba. */
export const marimba = struck(
  [
    [1, 0.6, 0.9],
    [3.93, 0.16, 0.25],
    [9.3, 0.05, 0.08],
  ],
  0.25,
);
/** Synthesised: music box. */
export const musicBox = struck(
  [
    [1, 0.4, 2.2],
    [2.01, 0.1, 1],
    [6.3, 0.1, 0.35],
    [0.5, 0.05, 1],
  ],
  0.9,
);
/** Synthesised: tubular bells. */
export const bells = struck(
  [
    [0.5, 0.18, 4],
    [1, 0.4, 5],
    [1.19, 0.2, 3.2],
    [1.5, 0.12, 2.4],
    [2, 0.25, 2.6],
    [2.51, 0.1, 1.4],
    [3, 0.08, 1],
  ],
  1.6,
);
/** Synthesised: electric piano. */
export const electricPiano = struck(
  [
    [1, 0.5, 3],
    [2, 0.12, 1.6],
    [3, 0.06, 1],
    [14.1, 0.05, 0.12],
  ],
  0.3,
);

/** Synthesised: bass. */
export function bass(pitch: number, seconds: number): Float32Array {
  const release = 0.12;
  const out = new Float32Array(Math.ceil((seconds + release) * rate));
  const f = midiHz(pitch);
  for (let k = 1; k <= 5; k++) partials(out, f * k, 0.42 / k ** 1.7, 2.4 / k, 0);
  return shape(out, 0.006, seconds, release);
}

/** Index of the low accent that marks hits, after the drums of musicTokens.ts. */
export const accentDrum = 5;
/** Index of the crash cymbal that marks sections, after the accent. */
export const cymbal = 6;

/** Synthesised drums, by index: those of musicTokens.ts, then the low accent and a cymbal. */
export function drum(index: number): Float32Array {
  const seconds = [0.35, 0.25, 0.08, 0.5, 0.09, 2.2, 2.4][index] ?? 0.2;
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
    else if (index === accentDrum)
      out[i] = 0.85 * sweep(95, 41, 9) * Math.exp(-t * 2.6) + 0.12 * low * Math.exp(-t * 7);
    else out[i] = 0.22 * bright * (0.35 * Math.exp(-t * 30) + Math.exp(-t * 2.4));
  }
  return shape(out, 0.0005, seconds * 0.85, seconds * 0.15);
}
