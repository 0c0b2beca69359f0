import { z } from 'zod';
import { pictureRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** A clip from words, pictures, or both. */
export const generateRequestSchema = z.object({
  action: z.literal('generate'),
  ...requestBase,
  firstFrame: pictureRefSchema.nullable(),
  lastFrame: pictureRefSchema.nullable(),
  references: z.array(pictureRefSchema).max(8),
  /** How many times as wide and high as the pack's own size; absent or null = its own size. */
  upscale: z.literal(4).nullable().optional(),
  /** Drawn by the stage at full size instead of painted by the pack's network; absent = by the network. */
  drawn: z.literal(true).optional(),
});
export type GenerateRequest = z.infer<typeof generateRequestSchema>;
