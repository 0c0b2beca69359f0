/**
 * Brush strokes as polygons: crisp at any size, and their cost goes with their number. Each stroke takes the colour
 * that the painting has at its middle; where they lie comes from hashes, so a place looks the same in every clip.
 */
import { css, scaleRgb, type Rgb } from '../colour.ts';
import { hashAt } from '../noise.ts';
import type { Surface } from '../surface.node.ts';

/** How strokes lie. */
export interface Brush {
  /** Distance between strokes in pixels. */
  readonly size: number;
  /** Length over width. */
  readonly aspect: number;
  /** Direction in radians, or a field of them. */
  readonly angle: number | ((x: number, y: number) => number);
  /** Largest turn away from the direction, in radians. */
  readonly spread: number;
  /** Largest difference of brightness between strokes, as a share. */
  readonly jitter: number;
  readonly seed: number;
  /** Passes, each with strokes half as large. */
  readonly passes: number;
}

/** Paints strokes over a surface; `colourAt` answers null where nothing is painted. Strokes do not leave the ground. */
export function paintStrokes(surface: Surface, brush: Brush, colourAt: (x: number, y: number) => Rgb | null): void {
  for (let pass = 0; pass < brush.passes; pass++) {
    const size = brush.size * 0.5 ** pass;
    for (const stroke of strokesOf(surface, size, brush.seed + pass * 101)) {
      const colour = colourAt(stroke.x, stroke.y);
      if (colour) paintStroke(surface, brush, size, stroke, colour, pass === 0 ? 0.8 : 0.6);
    }
  }
}

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly hash: number;
}

/** One stroke a cell of a jittered lattice, in a hashed order. */
function strokesOf(surface: Surface, size: number, seed: number): Stroke[] {
  const strokes: Stroke[] = [];
  for (let row = -1; row * size < surface.height + size; row++)
    for (let column = -1; column * size < surface.width + size; column++) {
      const hash = hashAt(column, row, seed);
      strokes.push({
        x: (column + 0.5 + ((hash & 255) / 255 - 0.5) * 0.9) * size,
        y: (row + 0.5 + (((hash >>> 16) & 255) / 255 - 0.5) * 0.9) * size,
        hash,
      });
    }
  return strokes.toSorted((a, b) => ((a.hash >>> 8) & 255) - ((b.hash >>> 8) & 255));
}

const corners = 9;

function paintStroke(
  { context }: Surface,
  { angle, aspect, jitter, spread }: Brush,
  size: number,
  { x, y, hash }: Stroke,
  colour: Rgb,
  opacity: number,
): void {
  const width = size * 0.66;
  const length = width * aspect;
  const turn = (typeof angle === 'number' ? angle : angle(x, y)) + ((hash >>> 24) / 255 - 0.5) * 2 * spread;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  context.fillStyle = css(scaleRgb(colour, 1 + jitter * (((hash >>> 4) & 255) / 255 - 0.5) * 2), opacity);
  context.beginPath();
  for (let corner = 0; corner < corners; corner++) {
    const around = (corner / corners) * 2 * Math.PI;
    const ragged = 0.86 + 0.28 * (((hash >>> (corner * 3)) & 7) / 7);
    const along = Math.cos(around) * length * ragged;
    const across = Math.sin(around) * width * ragged;
    context.lineTo(x + along * cos - across * sin, y + along * sin + across * cos);
  }
  context.fill();
}
