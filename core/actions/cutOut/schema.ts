import { z } from 'zod';
import { maskSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** What a mask covers of a source, with nothing around it: a picture with alpha. */
export const cutOutRequestSchema = z.object({
  action: z.literal('cutOut'),
  ...requestBase,
  source: sourceRefSchema,
  mask: maskSchema,
});
export type CutOutRequest = z.infer<typeof cutOutRequestSchema>;
