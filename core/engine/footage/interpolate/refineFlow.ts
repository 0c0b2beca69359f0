/** Takes out what is left of the difference between two frames that were brought to the moment between them. */
import { bringTogether, rowPair, type RowPair } from './bringTogether.ts';
import { GridRow, type FlowGrid } from './flowGrid.ts';
import type { FloatPlane } from './sampleAt.ts';

/** Differences beyond this many levels are more likely covered ground than motion: they count less. */
const usualResidual = 16;
/** Against motion where there is no texture to see it by; squared levels per px. */
const damping = 4;
/** px of one step; more would not be a refinement. */
const longestStep = 1.5;

/** Where the frames differ by much less than this many levels, both are right, and their mean has less noise. */
const alikeResidual = 12;

/**
 * Where moving the frames leaves nearly as much difference as leaving them where they are, what was found is noise: up
 * to the first ratio of the squared differences nothing moves, from the second on all of it does.
 */
const stillRatio = 1.2;
const movingRatio = 2;
/** Difference that coding leaves everywhere, levels squared. */
const codingNoise = 0.25;
/** Beyond this the frames are not the same as they are, whatever moving them is worth; levels squared. */
const mostCalm = 16;

/** Sums over a cell: gradient products, gradient times residual, and the residual squared. */
interface Sums {
  readonly xx: Float32Array;
  readonly xy: Float32Array;
  readonly yy: Float32Array;
  readonly xr: Float32Array;
  readonly yr: Float32Array;
  readonly rr: Float32Array;
}

/**
 * Improves a grid in place; `at`: the moment, 0..1. `first` and `second` have the size that the grid is measured in.
 * Where they agree afterwards, each counts by how near it is in time.
 */
export function refineFlow(grid: FlowGrid, first: FloatPlane, second: FloatPlane, at: number, steps: number): void {
  for (let step = 0; step < steps; step++) {
    const sums = blurred(sumCells(grid, first, second, at), grid.across, grid.down);
    moveCells(grid, sums, at);
    if (step < steps - 1) continue;
    mixWhereAlike(grid, sums, at);
    restWhereStill(grid, sums, unmovedDifference(grid, first, second), at);
  }
}

function sumCells(grid: FlowGrid, first: FloatPlane, second: FloatPlane, at: number): Sums {
  const { across, down, cellPx } = grid;
  const { width, height } = first;
  const plane = (): Float32Array => new Float32Array(across * down);
  const sums: Sums = { xx: plane(), xy: plane(), yy: plane(), xr: plane(), yr: plane(), rr: plane() };
  const row = new GridRow(grid, first);
  const pair = rowPair(width);
  // three rows of the picture at the moment, and of the residual: gradients need the neighbours
  const pictures = [0, 1, 2].map(() => new Float32Array(width));
  const residuals = [0, 1, 2].map(() => new Float32Array(width));
  for (let y = 0; y <= height; y++) {
    if (y < height) {
      row.moveTo(y);
      bringTogether(row, first, second, y, pair);
      compare(pair, at, pictures[y % 3]!, residuals[y % 3]!);
    }
    if (y === 0) continue;
    const middle = y - 1;
    const above = pictures[Math.max(0, middle - 1) % 3]!;
    const below = pictures[Math.min(height - 1, y) % 3]!;
    const cellRow = Math.floor(middle / cellPx) * across;
    addRow(sums, cellRow, cellPx, above, pictures[middle % 3]!, below, residuals[middle % 3]!);
  }
  return sums;
}

/** Their weighted sum, and second minus first. */
function compare({ first, second }: RowPair, at: number, picture: Float32Array, residual: Float32Array): void {
  for (let x = 0; x < picture.length; x++) {
    const [a, b] = [first[x]!, second[x]!];
    picture[x] = at * a + (1 - at) * b;
    residual[x] = b - a;
  }
}

function addRow(
  { xx, xy, yy, xr, yr, rr }: Sums,
  cellRow: number,
  cellPx: number,
  above: Float32Array,
  row: Float32Array,
  below: Float32Array,
  residual: Float32Array,
): void {
  const width = row.length;
  for (let cell = cellRow, start = 0; start < width; cell++, start += cellPx) {
    let [sumXx, sumXy, sumYy, sumXr, sumYr, sumRr] = [0, 0, 0, 0, 0, 0];
    const end = Math.min(start + cellPx, width);
    for (let x = start; x < end; x++) {
      const gx = (row[x + 1 < width ? x + 1 : x]! - row[x > 0 ? x - 1 : 0]!) / 2;
      const gy = (below[x]! - above[x]!) / 2;
      const r = residual[x]!;
      const scaled = r / usualResidual;
      const weight = 1 / (1 + scaled * scaled);
      sumXx += weight * gx * gx;
      sumXy += weight * gx * gy;
      sumYy += weight * gy * gy;
      sumXr += weight * gx * r;
      sumYr += weight * gy * r;
      sumRr += r * r;
    }
    xx[cell]! += sumXx;
    xy[cell]! += sumXy;
    yy[cell]! += sumYy;
    xr[cell]! += sumXr;
    yr[cell]! += sumYr;
    rr[cell]! += sumRr;
  }
}

/** Each cell moves by what its 3 x 3 neighbourhood asks for. */
function moveCells(grid: FlowGrid, { xx, xy, yy, xr, yr }: Sums, at: number): void {
  const { cellPx, x0, y0, x1, y1 } = grid;
  const cells = 1 / (cellPx * cellPx * 9);
  for (let cell = 0; cell < xx.length; cell++) {
    const a = xx[cell]! * cells + damping;
    const b = xy[cell]! * cells;
    const c = yy[cell]! * cells + damping;
    const u = xr[cell]! * cells;
    const v = yr[cell]! * cells;
    const determinant = a * c - b * b;
    const dx = limited(-(c * u - b * v) / determinant);
    const dy = limited(-(a * v - b * u) / determinant);
    x0[cell]! -= at * dx;
    y0[cell]! -= at * dy;
    x1[cell]! += (1 - at) * dx;
    y1[cell]! += (1 - at) * dy;
  }
}

function mixWhereAlike({ cellPx, share }: FlowGrid, { rr }: Sums, at: number): void {
  const usual = cellPx * cellPx * 9 * alikeResidual * alikeResidual;
  for (let cell = 0; cell < rr.length; cell++) {
    const alike = 1 / (1 + rr[cell]! / usual);
    share[cell] = alike * (1 - at) + (1 - alike) * share[cell]!;
  }
}

/** Squared difference of the frames as they are, summed like `Sums`. */
function unmovedDifference({ across, down, cellPx }: FlowGrid, first: FloatPlane, second: FloatPlane): Float32Array {
  const { width, height } = first;
  const sums = new Float32Array(across * down);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cellPx) * across;
    for (let x = 0; x < width; x++, i++) {
      const difference = second.data[i]! - first.data[i]!;
      sums[row + ((x / cellPx) | 0)]! += difference * difference;
    }
  }
  return blurredPlane(sums, across, down);
}

function restWhereStill(grid: FlowGrid, { rr }: Sums, unmoved: Float32Array, at: number): void {
  const pixels = grid.cellPx * grid.cellPx * 9;
  const noise = pixels * codingNoise;
  for (let cell = 0; cell < rr.length; cell++) {
    const ratio = (unmoved[cell]! + noise) / (rr[cell]! + noise);
    const calm = unit(2 - unmoved[cell]! / (pixels * mostCalm));
    const moves = 1 - calm * (1 - unit((ratio - stillRatio) / (movingRatio - stillRatio)));
    if (moves === 1) continue;
    for (const field of [grid.x0, grid.y0, grid.x1, grid.y1]) field[cell]! *= moves;
    grid.share[cell] = moves * grid.share[cell]! + (1 - moves) * (1 - at);
  }
}

function unit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function limited(step: number): number {
  return step < -longestStep ? -longestStep : step > longestStep ? longestStep : step;
}

function blurred(sums: Sums, across: number, down: number): Sums {
  const blur = (plane: Float32Array): Float32Array => blurredPlane(plane, across, down);
  const { xx, xy, yy, xr, yr, rr } = sums;
  return { xx: blur(xx), xy: blur(xy), yy: blur(yy), xr: blur(xr), yr: blur(yr), rr: blur(rr) };
}

/** Sums over 3 x 3 cells; at the edges the cell itself stands for a neighbour that is not there. */
function blurredPlane(plane: Float32Array, across: number, down: number): Float32Array {
  const rows = new Float32Array(plane.length);
  for (let y = 0; y < down; y++)
    for (let x = 0, i = y * across; x < across; x++, i++)
      rows[i] = plane[i]! + plane[x > 0 ? i - 1 : i]! + plane[x + 1 < across ? i + 1 : i]!;
  const whole = new Float32Array(plane.length);
  for (let y = 0, i = 0; y < down; y++)
    for (let x = 0; x < across; x++, i++)
      whole[i] = rows[i]! + rows[y > 0 ? i - across : i]! + rows[y + 1 < down ? i + across : i]!;
  return whole;
}
