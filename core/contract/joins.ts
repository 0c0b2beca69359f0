/** What the window learns about continuing and bridging footage before anything is made. */
import type { ExtendWay } from '../actions/extend/ways.ts';
import type { BridgeWay } from '../actions/fillGap/ways.ts';
import type { Sentence } from '../document/sentence.ts';

/** One way, small. */
export interface JoinPreview {
  readonly way: ExtendWay | BridgeWay;
  /** An animated WebP as a data URL, the frames around the seams included; null where the way is refused. */
  readonly film: string | null;
  readonly refusal: Sentence | null;
}

/** Where a morph over a cut does least. */
export interface CutMatch {
  /** Frames of the sequence before the cut that it replaces. */
  readonly framesBefore: number;
  readonly framesAfter: number;
  /** Why there should be none; null = it can be made. */
  readonly refusal: Sentence | null;
}
