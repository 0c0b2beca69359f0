/** What all kinds of stems have in common: a writer, faded ends, and ducking under speech. */
import type { SpeechCurve } from '../footage/speech.ts';
import type { SoundtrackContext, StemKind } from './contract.ts';
import { endFades, stemWriter, type MixTrack, type StemWriter } from './mix.ts';
import { MemorySound, type SoundStore } from './soundStore.ts';
import { duckingGain } from './duckingGain.ts';

/** How far each stem is ducked under speech, dB. */
const duckDb: Readonly<Record<StemKind, number>> = { music: -12, ambience: -9, foley: -5 };
const fades: Readonly<Record<StemKind, { inSeconds: number; outSeconds: number }>> = {
  ambience: { inSeconds: 0.25, outSeconds: 1.5 },
  foley: { inSeconds: 0.005, outSeconds: 0.03 },
  music: { inSeconds: 0.01, outSeconds: 1.5 },
};

/** Fades at the ends of a stem, in seconds. */
export function fadesOf(kind: StemKind, durationSeconds: number): { inSeconds: number; outSeconds: number } {
  const { inSeconds, outSeconds } = fades[kind];
  return { inSeconds, outSeconds: Math.min(outSeconds, durationSeconds * 0.15) };
}

/** Linear gain at a sample of a stem; null without speech. `speech` is null if the clip has no sound. */
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

/** A stem during generation. */
export interface Stem {
  readonly store: SoundStore;
  readonly writer: StemWriter;
}

/** Opens a stem in the context's store, or in memory if there is none. */
export function openStem(
  kind: StemKind,
  sampleCount: number,
  durationSeconds: number,
  context: Pick<SoundtrackContext, 'openSound'>,
): Stem {
  const store = context.openSound?.(kind, sampleCount) ?? new MemorySound(sampleCount);
  const { inSeconds, outSeconds } = fadesOf(kind, durationSeconds);
  return { store, writer: stemWriter(store, inSeconds, outSeconds) };
}

/**
 * The stem as a track of the mix. Ambience and foley keep the levels of training (foley above ambience); music is set
 * slightly lower.
 */
export function trackOf(kind: StemKind, stem: Stem, alone: boolean, duck: MixTrack['duck']): MixTrack {
  const gain = kind === 'music' ? (alone ? 0.1 : 0.05) / Math.max(1e-6, stem.writer.rms) : 1;
  return { store: stem.store, gain, duck };
}
