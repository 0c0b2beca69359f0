/**
 * What documents and requests both refer to: ids, times, pictures, ranges of material, masks. A leaf, so that the
 * schemas of the actions can build on it and the document's schema on theirs.
 */
import { z } from 'zod';
import { idSchema } from './names.ts';

/** About 800 hours: sums of a few such times are still exact. */
const mostTicks = 2e15;
/** A time in ticks; may be negative. */
export const ticksSchema = z.number().int().min(-mostTicks).max(mostTicks);
/** A length in ticks, above zero. */
export const lengthSchema = ticksSchema.positive();
/** What a 32-bit fraction holds: ffmpeg computes with these. */
const term = z.number().int().positive().max(0x7fffffff);

/** A positive fraction between two values, both included. */
export function fraction(least: number, most: number) {
  return z
    .object({ num: term, den: term })
    .refine(({ num, den }) => num / den >= least && num / den <= most, `not between ${least} and ${most}`);
}

/** Frames a second of a source, or another ratio such as a pixel's aspect. */
export const rateSchema = fraction(1e-4, 1e5);
/** Frames a second of a sequence. */
export const frameRateSchema = fraction(0.01, 1000);

/** A picture given to an action: a file of the bin, or one frame of a take (in its own time). */
export const pictureRefSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('media'), mediaId: idSchema, sourceTicks: ticksSchema.nonnegative() }),
  z.object({ kind: z.literal('take'), takeId: idSchema, sourceTicks: ticksSchema.nonnegative() }),
]);
export type PictureRef = z.infer<typeof pictureRefSchema>;

/** Material an action works on: a range of a media item's or a take's own time. */
export const sourceRefSchema = z.object({
  kind: z.enum(['media', 'take']),
  id: idSchema,
  startTicks: ticksSchema.nonnegative(),
  durationTicks: lengthSchema,
});
export type SourceRef = z.infer<typeof sourceRefSchema>;

const maskPng = z
  .string()
  .max(16 * 1024 * 1024)
  .regex(/^data:image\/png;base64,[A-Za-z0-9+/]*={0,2}$/, 'not a PNG as a data URL');
const featherPx = z.number().nonnegative().max(10_000);

/**
 * A mask that follows its thing: painted on some frames of the source, carried through the others. A black key says
 * that the thing is not in the picture there.
 */
export const followedMaskSchema = z.object({
  kind: z.literal('followed'),
  keys: z
    .array(z.object({ sourceTicks: ticksSchema.nonnegative(), png: maskPng }))
    .min(1)
    .max(500),
  featherPx,
});
export type FollowedMask = z.infer<typeof followedMaskSchema>;

const boxMaskSchema = z.object({
  kind: z.literal('box'),
  x: z.number().min(-100).max(100),
  y: z.number().min(-100).max(100),
  width: z.number().positive().max(100),
  height: z.number().positive().max(100),
  featherPx,
});
const paintedMaskSchema = z.object({ kind: z.literal('painted'), png: maskPng, featherPx });

/** A mask that stands still. */
export const drawnMaskSchema = z.discriminatedUnion('kind', [boxMaskSchema, paintedMaskSchema]);

/** A mask in fractions of the picture (0..1), so it fits any size. `png` is a data URL; white marks what changes. */
export const maskSchema = z.discriminatedUnion('kind', [boxMaskSchema, paintedMaskSchema, followedMaskSchema]);
/** A shape that stands still. */
export type DrawnMask = Exclude<Mask, FollowedMask>;
export type Mask = z.infer<typeof maskSchema>;

/** A range of a sequence. */
export const sequenceRangeSchema = z.object({
  sequenceId: idSchema,
  startTicks: ticksSchema.nonnegative(),
  durationTicks: lengthSchema,
});
export type SequenceRange = z.infer<typeof sequenceRangeSchema>;
