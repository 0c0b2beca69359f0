import { z } from 'zod';
import { frameRateSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** The same shot with more frames a second: for slow motion, and for sequences of a higher rate. */
export const smoothRequestSchema = z.object({
  action: z.literal('smooth'),
  ...requestBase,
  source: sourceRefSchema,
  /** Frames a second that the source gets, in its own time. */
  rate: frameRateSchema,
});
export type SmoothRequest = z.infer<typeof smoothRequestSchema>;
