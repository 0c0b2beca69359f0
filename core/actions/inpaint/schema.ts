import { z } from 'zod';
import { maskSchema, pictureRefSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';
import { placementSchema } from './placement.ts';

/** A mask grows by no more, px. */
export const mostGrowthPx = 100;

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
  /** Of a removal on footage: how far the mask grows beyond what was drawn, px of the source. */
  growPx: z.number().int().min(0).max(mostGrowthPx).optional(),
  /** Footage: where the first reference is put in, at the footage's own size. Absent: a pack's model draws it. */
  placement: placementSchema.optional(),
});
export type InpaintRequest = z.infer<typeof inpaintRequestSchema>;
