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

/** One line of a grid, between its rows and over the whole width: what a row of samples needs. */
export class GridRow {
  readonly #grid: FlowGrid;
  readonly #fields: readonly Float32Array[];
  readonly rows: readonly Float32Array[];
  /** For each sample of the row: the cell left of it, and how far it lies towards the next. */
  readonly left: Int32Array;
  readonly part: Float32Array;
  readonly #pxPerRow: number;

  /** `plane`: size of the plane whose rows are read. */
  constructor(grid: FlowGrid, plane: Size) {
    this.#grid = grid;
    this.#fields = [grid.x0, grid.y0, grid.x1, grid.y1, grid.share];
    this.rows = this.#fields.map(() => new Float32Array(grid.across + 1));
    this.left = new Int32Array(plane.width);
    this.part = new Float32Array(plane.width);
    this.#pxPerRow = grid.picture.height / plane.height;
    const pxPerSample = grid.picture.width / plane.width;
    for (let x = 0; x < plane.width; x++) {
      const place = clamped(((x + 0.5) * pxPerSample) / grid.cellPx - 0.5, grid.across);
      this.left[x] = Math.floor(place);
      this.part[x] = place - Math.floor(place);
    }
  }

  /** Fills `rows` for a row of the plane. */
  moveTo(y: number): void {
    const { across, down, cellPx } = this.#grid;
    const place = clamped(((y + 0.5) * this.#pxPerRow) / cellPx - 0.5, down);
    const above = Math.floor(place);
    const part = place - above;
    const below = Math.min(above + 1, down - 1);
    this.#fields.forEach((field, index) => {
      const row = this.rows[index]!;
      for (let x = 0; x < across; x++)
        row[x] = field[above * across + x]! * (1 - part) + field[below * across + x]! * part;
      row[across] = row[across - 1]!;
    });
  }
}

function clamped(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
