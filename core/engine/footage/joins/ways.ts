/** What the ways of continuing and joining shots have in common. */
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import type { FlowFinder } from '../interpolate/findFlow.ts';
import type { FrameShape } from '../interpolate/rawFrame.ts';
import type { WorkSizes } from '../interpolate/sourceFrames.ts';
import type { JoinRefusal } from './joinRun.ts';

/** What ways make frames with. */
export interface Tools {
  readonly shape: FrameShape;
  readonly sizes: WorkSizes;
  /** Motion between frames; null = no pack has it. */
  readonly flow: FlowFinder | null;
  /** Finds people; null = no pack does. */
  readonly things: GraphSession | null;
  /** Frames a second. */
  readonly fps: number;
}

/** The frames of a way, or why there are none. */
export type Planned =
  | { readonly refusal: JoinRefusal; readonly found: Readonly<Record<string, number>> }
  | {
      readonly refusal: null;
      readonly found: Readonly<Record<string, number>>;
      /** `step`: 1..count, outwards from the seam of the (first) shot. */
      frame(step: number): Promise<Uint8Array>;
    };

/** A refusal with the figures that led to it. */
export function refused(refusal: JoinRefusal, found: Readonly<Record<string, number>> = {}): Planned {
  return { refusal, found };
}

/** Rounded for recipes. */
export function figure(value: number): number {
  return Math.round(value * 1000) / 1000;
}
