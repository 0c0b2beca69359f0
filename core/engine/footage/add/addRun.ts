/** What putting a picture into footage needs in the inference child, and what it answers. */
import type { Anchor } from '../../../actions/inpaint/placement.ts';
import type { Box, Size } from '../../../render/place.ts';
import type { Rate, Ticks } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import type { FrameSpan } from '../plate/plateRun.ts';
import type { Point, Quad } from './quad.ts';

/** Grey frames of the picture's size, 8 bit: one for all time, or one a frame. From 128 on it is inside. */
export interface MaskFrames {
  readonly path: string;
  readonly frameCount: number;
}

/** Lays a picture into footage, where it moves with what it is anchored to. Places are px of the frame as decoded. */
export interface AddRun {
  readonly task: 'add';
  readonly source: LocatedSource;
  readonly startTicks: Ticks;
  /** A photograph as one raw frame of gbrp, which is read in the source's place; null for a film. */
  readonly still: string | null;
  /** null for a photograph: one frame. */
  readonly rate: Rate | null;
  readonly frameCount: number;
  /** px of the source as decoded and upright. */
  readonly picture: Size;
  /** What is put in: raw rgba, one frame, colours not multiplied. */
  readonly addition: Size & { readonly path: string };
  /** Where its corners lie on the frame it is placed on. */
  readonly quad: Quad;
  /** That frame, counted from the stretch's first. */
  readonly atFrame: number;
  readonly anchor: Anchor;
  /** Followed by the anchor 'point'. */
  readonly point: Point;
  /** Followed by the anchor 'thing'. */
  readonly thing: MaskFrames | null;
  readonly occluder: (MaskFrames & { readonly featherPx: number }) | null;
  /** Raw frames of a box in the source's own samples that lie under the picture, where the mask is set. */
  readonly under: UnderFrames | null;
  /** 0..1; see core/actions/inpaint/placement.ts. */
  readonly shadow: number;
  readonly shadowSide: number;
  readonly light: number;
  readonly blur: number;
}

/** What was filled in where a thing was removed. */
export interface UnderFrames {
  readonly path: string;
  readonly box: Box;
  readonly rows: number;
  readonly mask: MaskFrames;
}

/** Why the picture is not shown on some frames. */
export type Gap = FrameSpan & { readonly why: 'lost' | 'cut' | 'noThing' };

/** Raw frames of the box in the source's own samples, their opacity, and where the anchor was not found. */
export interface AddResult {
  readonly task: 'add';
  readonly frames: { readonly path: string; readonly frameCount: number; readonly rows: number };
  readonly opacityPath: string;
  readonly box: Box;
  /** Frames on which the picture is not shown. */
  readonly gaps: readonly Gap[];
  /** Frames between two found ones whose place was taken from those. */
  readonly bridged: readonly FrameSpan[];
  /** Frames whose picture lies wholly outside the frame. */
  readonly outside: number;
  readonly match: LightMatch;
}

/** What was measured of the footage where the picture stands, for the recipe. */
export interface LightMatch {
  /** Blur of the sharpest edges, px (standard deviation). */
  readonly blurPx: number;
  /** Grain, levels of 8 bits. */
  readonly grain: number;
  /** Colour distance to the surroundings before and after, CIE76. */
  readonly colourBefore: number;
  readonly colourAfter: number;
}
