/** The picture at a moment between two frames, in their own samples: both are moved there, and mixed. */
import { bringTogether, rowPair, type RowPair } from './bringTogether.ts';
import { GridRow, type FlowGrid } from './flowGrid.ts';
import { planesOf, type FrameShape, type Plane } from './rawFrame.ts';
import type { FloatPlane } from './sampleAt.ts';

/** Writes the frame at the grid's moment into `into`. The planes are those of `shape`, in levels of 0..255. */
export function warpFrame(
  first: readonly FloatPlane[],
  second: readonly FloatPlane[],
  grid: FlowGrid,
  shape: FrameShape,
  into: Uint8Array,
): void {
  const rows = new Map<string, GridRow>();
  planesOf(into, shape).forEach((plane, index) => {
    const size = `${plane.width} ${plane.height}`;
    const row = rows.get(size) ?? new GridRow(grid, plane);
    rows.set(size, row);
    warpPlane(first[index]!, second[index]!, row, plane, shape.peak / 255);
  });
}

function warpPlane(first: FloatPlane, second: FloatPlane, row: GridRow, into: Plane, scale: number): void {
  const { width, height, data } = into;
  const pair = rowPair(width);
  const share = row.rows[4]!;
  for (let y = 0; y < height; y++) {
    row.moveTo(y);
    bringTogether(row, first, second, y, pair);
    for (const { cell, start, count, part, step } of row.spans) {
      const [left, right] = [share[cell]!, share[cell + 1]!];
      mixSpan(pair, data, start, count, y * width, left + (right - left) * part, (right - left) * step, scale);
    }
  }
}

/** `share` of the first, and more by `step` with each sample. */
function mixSpan(
  { first, second }: RowPair,
  into: Plane['data'],
  start: number,
  count: number,
  line: number,
  share: number,
  step: number,
  scale: number,
): void {
  for (let i = 0, x = start; i < count; i++, x++) {
    const b = second[x]!;
    into[line + x] = (b + (share + i * step) * (first[x]! - b)) * scale + 0.5;
  }
}
