/** Masks as both sides see them: what the window asks the engine to find in a picture. */
import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** What is to be selected in a picture; places and sizes in fractions of it. */
export const wantedInPictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('point'), x: fraction, y: fraction }),
  z.object({ kind: z.literal('box'), x: fraction, y: fraction, width: fraction, height: fraction }),
  z.object({ kind: z.literal('people') }),
]);
/** A click on a thing, a box drawn around it, or everybody in the picture. */
export type WantedInPicture = z.infer<typeof wantedInPictureSchema>;
