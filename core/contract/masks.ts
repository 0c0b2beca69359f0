/** Masks as both sides see them: what the window asks the engine to find in a picture. */
import { z } from 'zod';
import type { Ticks } from '../time/ticks.ts';

const fraction = z.number().min(0).max(1);

/** What is to be selected in a picture; places and sizes in fractions of it. */
export const wantedInPictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('point'), x: fraction, y: fraction }),
  z.object({ kind: z.literal('box'), x: fraction, y: fraction, width: fraction, height: fraction }),
  z.object({ kind: z.literal('people') }),
  /** What the user calls it, in English or Chinese. */
  z.object({ kind: z.literal('words'), text: z.string().trim().min(1).max(200) }),
]);
/** A click on a thing, a box drawn around it, everybody in the picture, or what words name. */
export type WantedInPicture = z.infer<typeof wantedInPictureSchema>;

/** How far a mask has been followed through a stretch of a source. */
export interface FollowedState {
  /** For `masks.frame`. */
  readonly id: string;
  /** Every frame of the stretch is there. */
  readonly isWhole: boolean;
  /** Where the thing was lost, in the source's time: hidden or not found again, out of the picture, or beyond a cut. */
  readonly lost: readonly {
    readonly fromTicks: Ticks;
    readonly toTicks: Ticks;
    readonly reason: 'hidden' | 'left' | 'cut';
  }[];
}

/** The name of a kind of thing in both languages. */
export interface ThingLabel {
  readonly en: string;
  readonly zh: string;
}

/** What came of words that were to select something. */
export type WordsAnswer =
  | {
      readonly outcome: 'taken';
      readonly isExcept: boolean;
      readonly things: readonly { readonly label: ThingLabel; readonly seen: number; readonly taken: number }[];
      /** Words that had no effect, as written. */
      readonly unused: readonly string[];
    }
  /** Not in the picture; what is seen there instead. */
  | {
      readonly outcome: 'notSeen';
      readonly label: ThingLabel;
      readonly others: readonly { readonly label: ThingLabel; readonly count: number }[];
    }
  /** `count` are there, fewer than were counted to. */
  | { readonly outcome: 'tooFew'; readonly label: ThingLabel; readonly count: number }
  /** Seen, but no outline was found. */
  | { readonly outcome: 'noOutline'; readonly label: ThingLabel; readonly count: number }
  /** Nothing at the top looks like sky, or the picture seems to be indoors. */
  | { readonly outcome: 'noSky'; readonly reason: 'indoors' | 'notThere' | 'unsure' }
  /** None of the words names a thing that can be found; `known`: all that do. */
  | { readonly outcome: 'unknown'; readonly words: readonly string[]; readonly known: readonly ThingLabel[] };

/** Logos and burnt-in text of a film as a mask, a PNG as a data URL; null where none were found. */
export interface OverlaysSelected {
  readonly png: string | null;
  /** The picture itself stands still: nothing can be told apart. */
  readonly isStill: boolean;
}

/** The mask that was selected, a PNG as a data URL; null where nothing was found. `said`: only of words. */
export interface Selected {
  readonly png: string | null;
  readonly said: WordsAnswer | null;
}
