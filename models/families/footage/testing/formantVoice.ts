/**
 * A voice without words for tests: a glottal pulse train through four resonators that glide from vowel to vowel
 * (Klatt, 1980), with hissed consonants between some of them. 16 kHz, -1..1.
 */
import { Random } from '../../soundtrack/random.ts';

const rate = 16000;
/** First to third formant, Hz: 'ah', 'ee', 'oo', 'eh', 'oh' of Peterson and Barney (1952). */
const vowels = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
] as const;
const bandwidthsHz = [80, 100, 140, 220] as const;
/** Syllables a second. */
const tempo = 4.2;

/** Two poles; gain 1 at 0 Hz. */
class Resonator {
  private y1 = 0;
  private y2 = 0;

  run(x: number, hz: number, bandwidthHz: number): number {
    const c = -Math.exp((-2 * Math.PI * bandwidthHz) / rate);
    const b = 2 * Math.exp((-Math.PI * bandwidthHz) / rate) * Math.cos((2 * Math.PI * hz) / rate);
    const y = (1 - b - c) * x + b * this.y1 + c * this.y2;
    this.y2 = this.y1;
    this.y1 = y;
    return y;
  }
}

/** Mono f32 at 16 kHz. `pitchHz` is the voice's resting pitch; it falls over every phrase of six syllables. */
export function formantVoice(seconds: number, seed: number, pitchHz: number): Float32Array {
  const random = new Random(seed);
  const resonators = bandwidthsHz.map(() => new Resonator());
  const out = new Float32Array(Math.round(seconds * rate));
  let phase = 0;
  let pulse = 0;
  let from: readonly number[] = vowels[0];
  let to: readonly number[] = vowels[0];
  let [syllable, hissed] = [-1, false];
  for (let i = 0; i < out.length; i++) {
    const beat = (i / rate) * tempo;
    if (Math.floor(beat) !== syllable) {
      syllable = Math.floor(beat);
      from = to;
      to = vowels[Math.floor(random.next() * vowels.length)]!;
      hissed = random.next() < 0.5;
    }
    const within = beat - syllable;
    const inPhrase = (beat % 6) / 6;
    const hz = pitchHz * (1.25 - 0.4 * inPhrase + 0.05 * Math.sin(2 * Math.PI * beat));
    phase += hz / rate;
    if (phase >= 1) {
      phase -= 1;
      pulse = 1;
    }
    pulse *= 0.86; // about 12 dB an octave down, like a glottis
    const opened = within < 0.2 ? 0 : Math.sin((Math.PI * (within - 0.2)) / 0.8) ** 0.5;
    const noise = 2 * random.next() - 1;
    const glide = Math.min(1, Math.max(0, (within - 0.2) / 0.35));
    let voiced = opened * (pulse - 0.07) + 0.002 * noise;
    const formants = [...from.map((low, k) => low + (to[k]! - low) * glide), 3500];
    for (const [k, resonator] of resonators.entries()) voiced = resonator.run(voiced, formants[k]!, bandwidthsHz[k]!);
    const hiss = hissed && within < 0.2 ? 0.05 * Math.sin((Math.PI * within) / 0.2) * noise : 0;
    // a breath after each phrase
    out[i] = (inPhrase > 0.92 ? 0 : 1) * (0.9 * voiced + hiss);
  }
  const loudest = out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return out.map((sample) => (0.3 * sample) / loudest);
}
