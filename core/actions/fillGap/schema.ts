import { z } from 'zod';
import { pictureRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';
import { bridgeWays } from './ways.ts';

/** A clip between two others: from the last frame before the gap to the first frame after it. */
export const fillGapRequestSchema = z.object({
  action: z.literal('fillGap'),
  ...requestBase,
  firstFrame: pictureRefSchema.nullable(),
  lastFrame: pictureRefSchema.nullable(),
  references: z.array(pictureRefSchema).max(8),
  /** How two shots of footage are bridged; without it they dissolve. */
  way: z.enum(bridgeWays).optional(),
});
export type FillGapRequest = z.infer<typeof fillGapRequestSchema>;
