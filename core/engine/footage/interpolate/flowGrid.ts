/**
 * Motion from a moment between two frames to both of them, on a grid of square cells, and its refinement: RIFE finds
 * where things went on a reduced picture; what is left of the difference at the footage's own size is then taken out by
 * least squares, block by block (Lucas and Kanade, 1981, symmetric about the moment).
 */
import type { Size } from '../../../render/place.ts';

/** Motion at the middle of each cell, px of the picture, and how much of the first frame is to be seen there (0..1). */
export interface FlowGrid {
  /** px of the picture that the motion is measured in. */
  readonly picture: Size;
  readonly cellPx: number;
  readonly across: number;
  readonly down: number;
  /** To the first frame. */
  readonly x0: Float32Array;
  readonly y0: Float32Array;
  /** To the second frame. */
  readonly x1: Float32Array;
  readonly y1: Float32Array;
  readonly share: Float32Array;
}

/** A grid without motion. */
export function emptyGrid(picture: Size, cellPx: number): FlowGrid {
  const across = Math.ceil(picture.width / cellPx);
  const down = Math.ceil(picture.height / cellPx);
  const plane = (): Float32Array => new Float32Array(across * down);
  return { picture, cellPx, across, down, x0: plane(), y0: plane(), x1: plane(), y1: plane(), share: plane() };
}

/** Samples of a row that lie between the middles of two cells, or beyond the outermost one. */
export interface Span {
  /** The cell on the left; the next one is on the right. */
  readonly cell: number;
  readonly start: number;
  readonly count: number;
  /** How far its first sample lies towards the next cell, and how much further each one after it; 0..1. */
  readonly part: number;
  readonly step: number;
}

/** One line of a grid, between its rows and over the whole width: what a row of samples needs. */
export class GridRow {
  readonly #grid: FlowGrid;
  readonly #fields: readonly Float32Array[];
  /** Motion in samples of the plane, by cell, and the share. The last cell stands once more behind itself. */
  readonly rows: readonly Float32Array[];
  readonly spans: readonly Span[];
  readonly #scales: readonly number[];
  readonly #pxPerRow: number;

  /** `plane`: size of the plane whose rows are read. */
  constructor(grid: FlowGrid, plane: Size) {
    this.#grid = grid;
    this.#fields = [grid.x0, grid.y0, grid.x1, grid.y1, grid.share];
    this.rows = this.#fields.map(() => new Float32Array(grid.across + 1));
    this.#pxPerRow = grid.picture.height / plane.height;
    const across = plane.width / grid.picture.width;
    this.#scales = [across, 1 / this.#pxPerRow, across, 1 / this.#pxPerRow, 1];
    this.spans = spansOf(grid, plane.width);
  }

  /** Fills `rows` for a row of the plane. */
  moveTo(y: number): void {
    const { across, down, cellPx } = this.#grid;
    const place = clamped(((y + 0.5) * this.#pxPerRow) / cellPx - 0.5, down);
    const above = Math.floor(place);
    const part = place - above;
    const upper = above * across;
    const lower = Math.min(above + 1, down - 1) * across;
    for (let index = 0; index < this.#fields.length; index++) {
      const field = this.#fields[index]!;
      const row = this.rows[index]!;
      const more = part * this.#scales[index]!;
      const less = (1 - part) * this.#scales[index]!;
      for (let x = 0; x < across; x++) row[x] = field[upper + x]! * less + field[lower + x]! * more;
      row[across] = row[across - 1]!;
    }
  }
}

function spansOf({ picture, cellPx, across }: FlowGrid, width: number): Span[] {
  const step = picture.width / width / cellPx;
  const placeOf = (x: number): number => (x + 0.5) * step - 0.5;
  const spans: Span[] = [];
  for (let start = 0, end = 0; start < width; start = end) {
    const place = placeOf(start);
    const isBeside = place < 0 || place >= across - 1;
    const cell = Math.floor(clamped(place, across));
    while (end < width && (isBeside ? placeOf(end) < 0 === place < 0 : placeOf(end) < cell + 1)) end++;
    const motion = isBeside ? { part: 0, step: 0 } : { part: place - cell, step };
    spans.push({ cell, start, count: end - start, ...motion });
  }
  return spans;
}

function clamped(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
