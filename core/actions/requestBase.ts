/** What every request holds, whatever its action. */
import { z } from 'zod';
import { lengthSchema } from '../document/refs.ts';

/** Characters. */
export const longestPrompt = 2000;
/** The user’s words. */
export const promptSchema = z.string().max(longestPrompt);

/** Fields to spread into the schema of an action. */
export const requestBase = {
  prompt: promptSchema,
  seed: z.number().int().nonnegative().max(0xffffffff),
  /** Denoise steps; null = the pack's own. */
  steps: z.number().int().positive().max(200).nullable(),
  /** Guidance scale; null = the pack's own. */
  guidance: z.number().min(0).max(30).nullable(),
  packId: z.string().max(64),
  durationTicks: lengthSchema,
};

const requestBaseSchema = z.object(requestBase);
export type RequestBase = z.infer<typeof requestBaseSchema>;
