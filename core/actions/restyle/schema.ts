import { z } from 'zod';
import { maskSchema, pictureRefSchema, sourceRefSchema } from '../../document/refs.ts';
import { requestBase } from '../requestBase.ts';

/** The same shot with another look. */
export const restyleRequestSchema = z.object({
  action: z.literal('restyle'),
  ...requestBase,
  source: sourceRefSchema,
  mask: maskSchema.nullable(),
  scope: z.enum(['everything', 'background', 'masked']).nullable(),
  /** How strongly shapes are kept, 0..1; null = the family's own. */
  keepShapes: z.number().min(0).max(1).nullable(),
  /**
   * How strong a look of `looks.ts` is, 0..1, for footage: its words then choose from that list, and it is drawn at the
   * footage's own size. Without it a pack's model restyles.
   */
  strength: z.number().min(0).max(1).nullable().optional(),
  /** A picture whose colours, contrast and grain footage takes on, after the looks that the words name. */
  references: z.array(pictureRefSchema).max(1).optional(),
  /** Looks leave faces and hands nearly as they are. */
  keepFaces: z.boolean().optional(),
});
export type RestyleRequest = z.infer<typeof restyleRequestSchema>;
