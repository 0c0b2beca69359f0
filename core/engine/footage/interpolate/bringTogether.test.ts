/** Spans of a row against each sample looked up by itself. */
import { expect, test } from 'vitest';
import { randomFrom } from '../randomFrom.ts';
import { bringTogether, rowPair } from './bringTogether.ts';
import { emptyGrid, GridRow, type FlowGrid } from './flowGrid.ts';
import { sampleAt, type FloatPlane } from './sampleAt.ts';

const picture = { width: 61, height: 37 };

/** A field between its cells; the outermost go on. */
function fieldAt(field: Float32Array, { across, down, cellPx }: FlowGrid, x: number, y: number): number {
  return sampleAt(field, across, down, (x + 0.5) / cellPx - 0.5, (y + 0.5) / cellPx - 0.5);
}

function noise(width: number, height: number, seed: number, reach: number): FloatPlane {
  const random = randomFrom(seed);
  return { width, height, data: Float32Array.from({ length: width * height }, () => (random() - 0.5) * 2 * reach) };
}

test.each([
  ['the size that motion is measured in', picture],
  ['twice that size', { width: 122, height: 74 }],
  ['chroma of half the size', { width: 31, height: 19 }],
  ['one sample', { width: 1, height: 1 }],
])('%s: each sample comes from where its motion leads, also past the edges', (_name, { width, height }) => {
  const grid = emptyGrid(picture, 4);
  const fields = [grid.x0, grid.y0, grid.x1, grid.y1];
  fields.forEach((field, i) => field.set(noise(grid.across, grid.down, i + 1, 9).data));
  // a part of the picture rests
  for (const field of fields) field.fill(0, 3 * grid.across, 6 * grid.across);
  const [first, second] = [noise(width, height, 11, 100), noise(width, height, 12, 100)];
  const row = new GridRow(grid, first);
  const pair = rowPair(width);
  const [wide, tall] = [picture.width / width, picture.height / height];
  for (let y = 0; y < height; y++) {
    row.moveTo(y);
    bringTogether(row, first, second, y, pair);
    for (let x = 0; x < width; x++) {
      const motion = fields.map((field) => fieldAt(field, grid, (x + 0.5) * wide - 0.5, (y + 0.5) * tall - 0.5));
      const [x0, y0, x1, y1] = motion as [number, number, number, number];
      expect(pair.first[x]).toBeCloseTo(sampleAt(first.data, width, height, x + x0 / wide, y + y0 / tall), 1);
      expect(pair.second[x]).toBeCloseTo(sampleAt(second.data, width, height, x + x1 / wide, y + y1 / tall), 1);
    }
  }
});
