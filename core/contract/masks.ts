/** Masks as both sides see them: what the window asks the engine to find in a picture. */
import { z } from 'zod';
import type { Ticks } from '../time/ticks.ts';

const fraction = z.number().min(0).max(1);

/** What is to be selected in a picture; places and sizes in fractions of it. */
export const wantedInPictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('point'), x: fraction, y: fraction }),
  z.object({ kind: z.literal('box'), x: fraction, y: fraction, width: fraction, height: fraction }),
  z.object({ kind: z.literal('people') }),
]);
/** A click on a thing, a box drawn around it, or everybody in the picture. */
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
