/** Frames in between two of the same or of two shots, by the interpolation of slow motion. */
import type { FlowFinder } from '../interpolate/findFlow.ts';
import type { FlowGrid } from '../interpolate/flowGrid.ts';
import type { FrameShape } from '../interpolate/rawFrame.ts';
import type { SourceFrame } from '../interpolate/sourceFrames.ts';
import { warpFrame } from '../interpolate/warpFrame.ts';
import type { Shot } from './shot.ts';

/** Nearer than this to an own frame, that frame itself is shown. */
const sameMoment = 0.02;

/** The shot at a moment between its frames; `position` counts from the seam as in `Shot`. */
export async function momentOf(shot: Shot, position: number, flow: FlowFinder): Promise<Uint8Array> {
  const first = Math.floor(position);
  const at = position - first;
  if (at <= sameMoment) return shot.raw(first);
  if (at >= 1 - sameMoment) return shot.raw(first + 1);
  return framesBetween(shot.prepared(first), shot.prepared(first + 1), at, flow, shot.shape);
}

/** The frame `at` (0..1) between two. */
export async function framesBetween(
  first: SourceFrame,
  second: SourceFrame,
  at: number,
  flow: FlowFinder,
  shape: FrameShape,
): Promise<Uint8Array> {
  const grid = await flow.find(first, second, at);
  const made = new Uint8Array(shape.bytes);
  warpFrame(first.planes, second.planes, grid, shape, made);
  return made;
}

/** Motion over the cells of a grid, px of its picture, from the first frame to the second. */
export function motionOf({ x0, y0, x1, y1 }: FlowGrid): { readonly x: Float32Array; readonly y: Float32Array } {
  return { x: x1.map((value, i) => value - x0[i]!), y: y1.map((value, i) => value - y0[i]!) };
}
