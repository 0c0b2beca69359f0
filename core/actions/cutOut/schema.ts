import { z } from 'zod';
import { maskSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** What a mask covers of a source, with nothing around it: a picture with alpha. */
export const cutOutRequestSchema = z.object({
  action: z.literal('cutOut'),
  ...requestBase,
  source: sourceRefSchema,
  /** null only where a film of masks is given beside the request, by the command line. */
  mask: maskSchema.nullable(),
});
export type CutOutRequest = z.infer<typeof cutOutRequestSchema>;
