/** Figures that known frames show: found, and followed from frame to frame. */
import type { Frames } from '../../../families/pipeline.ts';
import { findFigure, type FoundFigure } from './findFigure.ts';
import type { PlacedFigure } from './motion.ts';

/** Frames of a latent: how far apart a figure is looked for. */
const stride = 4;

/** A figure's drawing: f32[4, side, side], and its width over height. */
export interface Drawing {
  readonly picture: Float32Array;
  readonly side: number;
  readonly aspect: number;
}

/** The figure as tall as it was found, without a motion of its own. */
export function standing(figure: PlacedFigure, track: readonly FoundFigure[]): PlacedFigure {
  return { ...figure, motion: 'stand', height: track[0]!.height, way: track[0]!.way };
}

/** A figure every fourth frame from frame 0, looked for first in frame `from`; null where it is not there. */
export function follow(known: Frames, drawing: Drawing, from: number): FoundFigure[] | null {
  const start = Math.floor(from / stride) * stride;
  const found = findIn(known, start, drawing);
  return found && followFrom(known, drawing, start, found);
}

/** The figure in one frame, or null. */
export function findIn(known: Frames, frame: number, { picture, side, aspect }: Drawing): FoundFigure | null {
  return findFigure(known, frame, picture, side, aspect);
}

/** From where it was found in frame `start`; where it is lost it stays where it was last seen. */
export function followFrom(known: Frames, drawing: Drawing, start: number, found: FoundFigure): FoundFigure[] {
  const { picture, side, aspect } = drawing;
  const track = new Array<FoundFigure>(start / stride + 1).fill(found);
  for (let frame = start + stride; frame < known.frameCount; frame += stride) {
    const before = track.at(-1)!;
    track.push(findFigure(known, frame, picture, side, aspect, before) ?? before);
  }
  return track;
}

/** Where a followed figure is in any frame: on a straight line between those where it was looked for. */
export function placeInTrack(track: readonly FoundFigure[], frame: number): { x: number; foot: number } {
  const at = Math.min(frame / stride, track.length - 1);
  const before = track[Math.floor(at)]!;
  const after = track[Math.ceil(at)]!;
  const share = at - Math.floor(at);
  return { x: before.x + (after.x - before.x) * share, foot: before.foot + (after.foot - before.foot) * share };
}
