/** Rows of the two frames around a moment, each read from where the grid says that the moment's samples lie in it. */
import type { GridRow } from './flowGrid.ts';
import { sampleAt, type FloatPlane } from './sampleAt.ts';

/** One row of each frame at the moment, in levels. */
export interface RowPair {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Room for rows of `width` samples. */
export function rowPair(width: number): RowPair {
  return { first: new Float32Array(width), second: new Float32Array(width) };
}

/** Fills `into` with row `y`, to which `row` was moved. Both planes have the size that `row` was made for. */
export function bringTogether(row: GridRow, first: FloatPlane, second: FloatPlane, y: number, into: RowPair): void {
  const [x0, y0, x1, y1] = row.rows as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (const { cell, start, count, part, step } of row.spans) {
    const next = cell + 1;
    bringSpan(first, into.first, start, count, y, x0[cell]!, x0[next]!, y0[cell]!, y0[next]!, part, step);
    bringSpan(second, into.second, start, count, y, x1[cell]!, x1[next]!, y1[cell]!, y1[next]!, part, step);
  }
}

/** `count` samples from `start` on, over which motion goes evenly from one cell's to the next one's. */
function bringSpan(
  { width, height, data }: FloatPlane,
  into: Float32Array,
  start: number,
  count: number,
  y: number,
  fromX: number,
  toX: number,
  fromY: number,
  toY: number,
  part: number,
  step: number,
): void {
  if (fromX === 0 && toX === 0 && fromY === 0 && toY === 0) {
    for (let i = start, at = y * width + start; i < start + count; i++, at++) into[i] = data[at]!;
    return;
  }
  const px = start + fromX + (toX - fromX) * part;
  const py = y + fromY + (toY - fromY) * part;
  const stepX = 1 + (toX - fromX) * step;
  const stepY = (toY - fromY) * step;
  const endX = px + (count - 1) * stepX;
  const endY = py + (count - 1) * stepY;
  const isInside =
    Math.min(px, endX) >= 0 &&
    Math.max(px, endX) < width - 1 &&
    Math.min(py, endY) >= 0 &&
    Math.max(py, endY) < height - 1;
  if (isInside) readInside(data, width, into, start, count, px, py, stepX, stepY);
  else readAnywhere(data, width, height, into, start, count, px, py, stepX, stepY);
}

/** The usual case: no sample lies beyond an edge. */
function readInside(
  data: Float32Array,
  width: number,
  into: Float32Array,
  start: number,
  count: number,
  px: number,
  py: number,
  stepX: number,
  stepY: number,
): void {
  for (let i = 0; i < count; i++) {
    const x = px + i * stepX;
    const y = py + i * stepY;
    const left = x | 0;
    const top = y | 0;
    const at = top * width + left;
    const more = x - left;
    const a = data[at]!;
    const b = data[at + width]!;
    const upper = a + more * (data[at + 1]! - a);
    const lower = b + more * (data[at + width + 1]! - b);
    into[start + i] = upper + (y - top) * (lower - upper);
  }
}

/** Beyond the edges the last sample goes on. */
function readAnywhere(
  data: Float32Array,
  width: number,
  height: number,
  into: Float32Array,
  start: number,
  count: number,
  px: number,
  py: number,
  stepX: number,
  stepY: number,
): void {
  for (let i = 0; i < count; i++) into[start + i] = sampleAt(data, width, height, px + i * stepX, py + i * stepY);
}
