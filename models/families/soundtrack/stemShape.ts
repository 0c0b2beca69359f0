/** What lies over a stem whatever it holds: its ends, and how far it goes down where somebody speaks. */
import type { SoundtrackRequest, StemKind } from './contract.ts';
import { endFades } from './mix.ts';
import { duckingGain, findSpeech } from './speech.ts';

/** How far each stem goes under speech. */
const duckDb: Readonly<Record<StemKind, number>> = { music: -12, ambience: -9, foley: -5 };
const fades: Readonly<Record<StemKind, { inSeconds: number; outSeconds: number }>> = {
  ambience: { inSeconds: 0.25, outSeconds: 1.5 },
  foley: { inSeconds: 0.005, outSeconds: 0.03 },
  music: { inSeconds: 0.01, outSeconds: 1.5 },
};

export function fadesOf(kind: StemKind, durationSeconds: number): { inSeconds: number; outSeconds: number } {
  const { inSeconds, outSeconds } = fades[kind];
  return { inSeconds, outSeconds: Math.min(outSeconds, durationSeconds * 0.15) };
}

/** Linear gain at a sample for each stem; null where nobody speaks. */
export function duckingFor(
  ownSound: SoundtrackRequest['ownSound'],
): (kind: StemKind) => ((sample: number) => number) | null {
  const speech = ownSound ? findSpeech(ownSound.samples, ownSound.rateHz) : null;
  const speaks = speech?.speaking.includes(1) === true;
  return (kind) => (speaks ? duckingGain(speech, duckDb[kind]) : null);
}

/** Fades and ducking together. */
export function shapeOf(
  kind: StemKind,
  sampleCount: number,
  durationSeconds: number,
  ownSound: SoundtrackRequest['ownSound'],
): (sample: number) => number {
  const { inSeconds, outSeconds } = fadesOf(kind, durationSeconds);
  const fade = endFades(sampleCount, inSeconds, outSeconds);
  const duck = duckingFor(ownSound)(kind);
  return (sample) => fade(sample) * (duck ? duck(sample) : 1);
}
