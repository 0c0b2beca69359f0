/** What lies over a stem whatever it holds: its ends, and how far it goes down where somebody speaks. */
import type { SpeechCurve } from '../footage/speech.ts';
import type { StemKind } from './contract.ts';
import { endFades } from './mix.ts';
import { duckingGain } from './duckingGain.ts';

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

/** Linear gain at a sample of a stem; null where nobody speaks. `speech` is null without a sound of the clip's own. */
export function duckingFor(kind: StemKind, speech: SpeechCurve | null): ((sample: number) => number) | null {
  return speech?.speaking.includes(1) ? duckingGain(speech, duckDb[kind]) : null;
}

/** Fades and ducking together. */
export function shapeOf(
  kind: StemKind,
  sampleCount: number,
  durationSeconds: number,
  speech: SpeechCurve | null,
): (sample: number) => number {
  const { inSeconds, outSeconds } = fadesOf(kind, durationSeconds);
  const fade = endFades(sampleCount, inSeconds, outSeconds);
  const duck = duckingFor(kind, speech);
  return (sample) => fade(sample) * (duck ? duck(sample) : 1);
}
