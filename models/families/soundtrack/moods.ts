/** Moods of music: each is a mood the model was trained on, varied by mode, tempo and players. */
import { makeEnsemble, type Ensemble } from './orchestration.ts';
import type { Mood } from './musicTokens.ts';

/** Modes of a piece. */
export type Mode = 'major' | 'minor';

/** A mood as it is played: one of the model's own moods, varied. */
export interface Feel {
  /** The mood given to the model. */
  readonly base: Mood;
  /** Mode to change the model's notes to; null keeps them. */
  readonly mode: Mode | null;
  readonly bpm: number;
  readonly ensemble: Ensemble;
}

const feel = (
  base: Mood,
  mode: Mode | null,
  bpm: number,
  ...seats: Parameters<typeof makeEnsemble> extends [string, ...infer Rest] ? Rest : never
): Feel => ({
  base,
  mode,
  bpm,
  ensemble: makeEnsemble('mood', ...seats),
});

/** Every mood by its name. */
export const feels = {
  calm: feel('calm', null, 68, 'piano', 'piano', 'strings', 'bass', 'none'),
  happy: feel('happy', null, 104, 'guitar', 'piano', 'strings', 'bass', 'pop'),
  sad: feel('sad', 'minor', 66, 'piano', 'piano', 'strings', 'bass', 'none'),
  epic: feel('epic', 'minor', 88, 'brass', 'strings', 'strings', 'low strings', 'orchestral'),
  heroic: feel('epic', 'major', 96, 'trumpet', 'strings', 'brass', 'low strings', 'orchestral'),
  tense: feel('tense', 'minor', 104, 'lead', 'strings', 'strings', 'low strings', 'pop'),
  spooky: feel('mysterious', 'minor', 72, 'organ', 'music box', 'choir', 'low strings', 'none'),
  playful: feel('playful', null, 116, 'marimba', 'guitar', 'strings', 'bass', 'brushes'),
  dreamy: feel('dreamy', null, 70, 'lead', 'harp', 'synth pad', 'bass', 'none'),
  driving: feel('driving', null, 122, 'electric guitar', 'guitar', 'organ', 'bass', 'pop'),
  romantic: feel('romantic', null, 80, 'violin', 'piano', 'strings', 'low strings', 'none'),
  hopeful: feel('romantic', 'major', 98, 'piano', 'guitar', 'strings', 'bass', 'brushes'),
  nostalgic: feel('calm', 'minor', 76, 'accordion', 'piano', 'strings', 'bass', 'none'),
  festive: feel('happy', 'major', 126, 'trumpet', 'accordion', 'brass', 'bass', 'pop'),
  mysterious: feel('mysterious', null, 70, 'clarinet', 'vibraphone', 'strings', 'low strings', 'none'),
  lonely: feel('sad', 'minor', 60, 'cello', 'harp', 'synth pad', 'low strings', 'none'),
} as const satisfies Record<string, Feel>;

/** Name of a mood. */
export type FeelName = keyof typeof feels;
/** Names of all moods. */
export const feelNames = Object.keys(feels) as readonly FeelName[];
