import { z } from 'zod';
import { maskSchema, pictureRefSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** Something inside a mask replaced, added or removed; everything outside stays. */
export const inpaintRequestSchema = z.object({
  action: z.literal('inpaint'),
  ...requestBase,
  source: sourceRefSchema,
  /** null = the whole picture may change. */
  mask: maskSchema.nullable(),
  /** null = whatever the words say. */
  edit: z.enum(['replace', 'add', 'remove']).nullable(),
  references: z.array(pictureRefSchema).max(8),
});
export type InpaintRequest = z.infer<typeof inpaintRequestSchema>;
