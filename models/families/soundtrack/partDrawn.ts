/** The new sound of a part, as the generators pass it on to be joined into the stem. */
import type { SpeechCurve } from '../footage/speech.ts';
import type { PlayedBy } from './contract.ts';
import type { PictureAnalysis } from './features.ts';
import type { Joint } from './partJoint.ts';
import type { SoundtrackPlan } from './planner.ts';
import type { MemorySound } from './soundStore.ts';

/** Length on either side of a part over which old and new sound are compared. */
export const comparedSeconds = 1.5;

/** Input for a part, in addition to the request. */
export interface PartWords {
  /** Plan of the part's own prompt. */
  readonly plan: SoundtrackPlan;
  /** Plan of the whole stem's prompt. */
  readonly rootPlan: SoundtrackPlan;
  readonly picture: PictureAnalysis | null;
  /** Speech in the clip's own sound. */
  readonly speech: SpeechCurve | null;
}

/** The new sound. It extends beyond the part, so that its level there can be compared with the stem's. */
export interface Drawn {
  readonly joint: Joint;
  /** Sample of the stem at which `sound` begins. */
  readonly origin: number;
  readonly sound: MemorySound;
  /** Linear gain that brings the new sound to the stem's level if the surroundings are silent; null = unknown. */
  readonly gain: number | null;
  /** Whether to match the level on either side. Transients come out of the autoencoder blurred: not for those. */
  readonly sides: boolean;
  readonly played: string;
  readonly playedBy: PlayedBy | null;
}
