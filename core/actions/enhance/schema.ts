import { z } from 'zod';
import { sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** The same picture, cleaner or larger. */
export const enhanceRequestSchema = z.object({
  action: z.literal('enhance'),
  ...requestBase,
  source: sourceRefSchema,
  /** How many times as wide and high. */
  scale: z.union([z.literal(1), z.literal(2), z.literal(4)]),
  /** For enlarging: what compression left is smoothed away. */
  compressed: z.boolean(),
  /** How much of the grain goes, 0..1; films only. */
  denoise: z.number().min(0).max(1),
  /** Exposure that swings from frame to frame is evened out; films only. */
  deflicker: z.boolean(),
  /** Edges of blocks and rings of strong compression are smoothed; requests before it have none. */
  deblock: z.boolean().optional(),
});
export type EnhanceRequest = z.infer<typeof enhanceRequestSchema>;
