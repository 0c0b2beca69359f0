/** Where and how a picture is put into footage. */
import { z } from 'zod';
import { maskSchema, ticksSchema } from '../../document/refs.ts';

/**
 * What the picture moves with: a point that is followed, the surface under it, the scene as the camera sees it, a thing
 * whose mask follows; 'frame': it stays where it is in the frame.
 */
export const anchors = ['point', 'surface', 'scene', 'thing', 'frame'] as const;
export type Anchor = (typeof anchors)[number];

const share = z.number().min(0).max(1);
/** A place in fractions of the picture, which may lie outside it. */
const placeSchema = z.object({ x: z.number().min(-4).max(5), y: z.number().min(-4).max(5) });
export type Place = z.infer<typeof placeSchema>;

/** A picture's place in footage, and how it is matched to it. */
export const placementSchema = z.object({
  /** The frame that it is placed on, in the source's own time. */
  atTicks: ticksSchema.nonnegative(),
  /** The middle of the picture. */
  ...placeSchema.shape,
  /** Fraction of the frame's width; the picture keeps its proportions. */
  width: z.number().min(0.002).max(4),
  /** Clockwise. */
  rotationDegrees: z.number().min(-360).max(360),
  /** Its corners from the upper left one on, clockwise, in place of middle, width and rotation; null = those count. */
  corners: z.tuple([placeSchema, placeSchema, placeSchema, placeSchema]).nullable(),
  anchor: z.enum(anchors),
  /** The point that is followed; null = the foot of the picture. */
  point: placeSchema.nullable(),
  /** What stands before the picture; null = nothing. */
  occluder: maskSchema.nullable(),
  /** A picture without transparency is cut out along its subject. */
  cutOut: z.boolean(),
  /** Strength of the shadow where it stands; 0 = none, for what is in the air. */
  shadow: share,
  /** Where the shadow falls: -1 = to the left, 1 = to the right. */
  shadowSide: z.number().min(-1).max(1),
  /** How far its light is brought to the footage's. */
  light: share,
  /** How far it is blurred as the footage is, by focus and by motion. */
  blur: share,
});
export type Placement = z.infer<typeof placementSchema>;

/** As it is placed at first. */
export const usualPlacement: Placement = {
  atTicks: 0,
  x: 0.5,
  y: 0.5,
  width: 0.25,
  rotationDegrees: 0,
  corners: null,
  anchor: 'scene',
  point: null,
  occluder: null,
  cutOut: true,
  shadow: 0.5,
  shadowSide: 0.3,
  light: 0.7,
  blur: 1,
};
