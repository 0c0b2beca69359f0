/** What the makers of parts hand over to be joined into the stem. */
import type { SpeechCurve } from '../footage/speech.ts';
import type { PlayedBy } from './contract.ts';
import type { PictureAnalysis } from './features.ts';
import type { Joint } from './partJoint.ts';
import type { SoundtrackPlan } from './planner.ts';
import type { MemorySound } from './soundStore.ts';

/** Sound is compared with the stem over this much on either side of a part. */
export const comparedSeconds = 1.5;

/** What a part is made from beside the request. */
export interface PartWords {
  /** Of the part's own prompt. */
  readonly plan: SoundtrackPlan;
  /** Of the prompt that the whole stem was made with. */
  readonly rootPlan: SoundtrackPlan;
  readonly picture: PictureAnalysis | null;
  /** In the clip's own sound. */
  readonly speech: SpeechCurve | null;
}

/** The new sound: beside the part as well, to compare how loud it is there. */
export interface Drawn {
  readonly joint: Joint;
  /** Sample of the stem at which `sound` begins. */
  readonly origin: number;
  readonly sound: MemorySound;
  /**
   * Linear gain from what was drawn to the stem's own level, for a stem whose surroundings are silent; null = not
   * known.
   */
  readonly gain: number | null;
  /**
   * Whether it is brought to the level of either side. What strikes comes out of encoder and decoder blurred, and says
   * nothing of its level.
   */
  readonly sides: boolean;
  readonly played: string;
  readonly playedBy: PlayedBy | null;
}
