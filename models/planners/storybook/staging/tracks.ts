/** Finds figures in known frames and tracks them. */
import type { Frames } from '../../../families/pipeline.ts';
import { findFigure, type FoundFigure } from './findFigure.ts';
import type { PlacedFigure } from './motion.ts';

/** Frames of a latent: the interval at which a figure is searched for. */
const stride = 4;

/** A figure's drawing: f32[4, side, side], and its width over height. */
export interface Drawing {
  readonly picture: Float32Array;
  readonly side: number;
  readonly aspect: number;
}

/** The figure as large as it was found, standing still. */
export function standing(figure: PlacedFigure, track: readonly FoundFigure[]): PlacedFigure {
  return { ...figure, motion: 'stand', height: track[0]!.height, way: track[0]!.way };
}

/** A figure's position in every fourth frame from frame 0, searched first in frame `from`; null if it is not there. */
export function follow(known: Frames, drawing: Drawing, from: number): FoundFigure[] | null {
  const start = Math.floor(from / stride) * stride;
  const found = findIn(known, start, drawing);
  return found && followFrom(known, drawing, start, found);
}

/** Finds a figure in one frame, or null. */
export function findIn(known: Frames, frame: number, { picture, side, aspect }: Drawing): FoundFigure | null {
  return findFigure(known, frame, picture, side, aspect);
}

/** Tracks a figure found in frame `start`; if it is lost, it stays where it was last seen. */
export function followFrom(known: Frames, drawing: Drawing, start: number, found: FoundFigure): FoundFigure[] {
  const { picture, side, aspect } = drawing;
  const track = new Array<FoundFigure>(start / stride + 1).fill(found);
  for (let frame = start + stride; frame < known.frameCount; frame += stride) {
    const before = track.at(-1)!;
    track.push(findFigure(known, frame, picture, side, aspect, before) ?? before);
  }
  return track;
}

/** Position of a tracked figure in any frame, interpolated linearly. */
export function placeInTrack(track: readonly FoundFigure[], frame: number): { x: number; foot: number } {
  const at = Math.min(frame / stride, track.length - 1);
  const before = track[Math.floor(at)]!;
  const after = track[Math.ceil(at)]!;
  const share = at - Math.floor(at);
  return { x: before.x + (after.x - before.x) * share, foot: before.foot + (after.foot - before.foot) * share };
}
