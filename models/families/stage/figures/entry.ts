/** An entry of the stage's cast (assets/stage/figures.json). */
import { z } from 'zod';

const share = z.number();
const hex = z.string().regex(/^#[0-9A-Fa-f]{6}$/);

/** How a figure is put together and how it moves. */
export const figureKinds = [
  'doll',
  'bust',
  'walker',
  'hopper',
  'vehicle',
  'boat',
  'flyer',
  'swimmer',
  'ball',
  'still',
  'sky',
  'thing',
] as const;
/** One of the kinds. */
export type FigureKind = (typeof figureKinds)[number];

/** Heights are in people's heights, anchors in shares of the drawing's alpha box. */
export const figureEntrySchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(figureKinds),
  height: z.number().positive().max(4),
  /** The side its drawing looks to. */
  looks: z.enum(['L', 'R', 'F']),
  group: z.string(),
  /** Name of its drawing in figures.zip, without '.svg'. */
  drawing: z.string().regex(/^[a-z0-9-]+$/),
  /** How many skin tones beside the drawing itself. */
  tones: z.number().int().min(0).max(5),
  shirt: hex.optional(),
  anchors: z
    .object({
      eyes: z.array(z.tuple([share, share])).optional(),
      hat: z.object({ u: share, v: share, w: share }).optional(),
      neck: share.optional(),
    })
    .loose()
    .optional(),
});

/** One entry of the cast. */
export type FigureEntry = z.infer<typeof figureEntrySchema>;

const toneNames = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

/** Name of the drawing in a skin tone, 1 light to 5 dark; 0, and figures without tones, as drawn. */
export function drawingOf({ drawing, tones }: FigureEntry, tone: number): string {
  const name = toneNames[tone - 1];
  return name === undefined || tones < toneNames.length ? drawing : drawing.replace(/default$/, name);
}
