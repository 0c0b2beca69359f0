import { z } from 'zod';
import { lengthSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';
import { extendWays } from './ways.ts';

/** A clip that continues another one past its end, or leads up to its beginning. */
export const extendRequestSchema = z.object({
  action: z.literal('extend'),
  ...requestBase,
  source: sourceRefSchema,
  direction: z.enum(['forward', 'backward']),
  /** How footage is continued; without it the last frame is held. What a model drew is continued by a model. */
  way: z.enum(extendWays).optional(),
  /** Ticks at the source's edge that the clip shows again, slower: part of its length. */
  leadTicks: lengthSchema.optional(),
});
export type ExtendRequest = z.infer<typeof extendRequestSchema>;
