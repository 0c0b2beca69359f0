import { z } from 'zod';
import { sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** A clip that continues another one past its end, or leads up to its beginning. */
export const extendRequestSchema = z.object({
  action: z.literal('extend'),
  ...requestBase,
  source: sourceRefSchema,
  direction: z.enum(['forward', 'backward']),
});
export type ExtendRequest = z.infer<typeof extendRequestSchema>;
