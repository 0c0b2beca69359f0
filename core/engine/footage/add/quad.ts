/** Four corners of a picture in a frame: from the upper left one of the picture on, clockwise. px. Pure. */
import type { Box } from '../../../render/place.ts';
import { movedX, movedY, type Homography } from '../plate/homography.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Quad = readonly [Point, Point, Point, Point];

/** Every corner through a function. */
export function mapQuad([a, b, c, d]: Quad, change: (corner: Point, index: 0 | 1 | 2 | 3) => Point): Quad {
  return [change(a, 0), change(b, 1), change(c, 2), change(d, 3)];
}

/** The corners after a motion. */
export function movedQuad(quad: Quad, motion: Homography): Quad {
  return mapQuad(quad, ({ x, y }) => ({ x: movedX(motion, x, y), y: movedY(motion, x, y) }));
}

/** Between two, 0..1; beyond them outside that. */
export function betweenQuads(a: Quad, b: Quad, at: number): Quad {
  return mapQuad(a, (corner, index) => ({
    x: corner.x + at * (b[index].x - corner.x),
    y: corner.y + at * (b[index].y - corner.y),
  }));
}

/** From the unit square (0,0 the first corner, 1,1 the third) to the corners. Heckbert, 1989. */
export function squareTo([a, b, c, d]: Quad): Homography {
  const [dx1, dx2, sx] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, sy] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const across = dx1 * dy2 - dx2 * dy1;
  const g = across === 0 ? 0 : (sx * dy2 - dx2 * sy) / across;
  const h = across === 0 ? 0 : (dx1 * sy - sx * dy1) / across;
  return Float64Array.of(
    b.x - a.x + g * b.x,
    d.x - a.x + h * d.x,
    a.x,
    b.y - a.y + g * b.y,
    d.y - a.y + h * d.y,
    a.y,
    g,
    h,
    1,
  );
}

/** A point of the picture, in fractions of it, in the frame. */
export function placeIn(quad: Quad, u: number, v: number): Point {
  const square = squareTo(quad);
  return { x: movedX(square, u, v), y: movedY(square, u, v) };
}

/** Whole pixels around all corners and `margin` px more, within a frame; null where nothing of it is. */
export function boundsOf(quads: readonly Quad[], margin: number, width: number, height: number): Box | null {
  const xs = quads.flatMap((quad) => quad.map(({ x }) => x));
  const ys = quads.flatMap((quad) => quad.map(({ y }) => y));
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const top = Math.max(0, Math.floor(Math.min(...ys) - margin));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + margin) + 1);
  const bottom = Math.min(height, Math.ceil(Math.max(...ys) + margin) + 1);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** Longest way of a corner between two places, px. */
export function longestWay(a: Quad, b: Quad): number {
  return Math.max(...a.map(({ x, y }, index) => Math.hypot(x - b[index]!.x, y - b[index]!.y)));
}

/** Mean length of the upright sides, px. */
export function heightOf([a, b, c, d]: Quad): number {
  return (Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y)) / 2;
}

/** Mean length of the level sides, px. */
export function widthOf([a, b, c, d]: Quad): number {
  return (Math.hypot(b.x - a.x, b.y - a.y) + Math.hypot(c.x - d.x, c.y - d.y)) / 2;
}

/** A picture can be drawn there: the corners turn one way round, none lies in the others' triangle. */
export function isConvex(quad: Quad): boolean {
  const turns = quad.map((corner, index) => {
    const [next, after] = [quad[(index + 1) % 4]!, quad[(index + 2) % 4]!];
    return Math.sign((next.x - corner.x) * (after.y - next.y) - (next.y - corner.y) * (after.x - next.x));
  });
  return turns.every((turn) => turn !== 0 && turn === turns[0]);
}
