/** Motion that is known, on textures drawn from formulas. */
import { expect, test } from 'vitest';
import { sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import { emptyGrid, type FlowGrid } from './flowGrid.ts';
import { frameShape, planesOf, type FrameShape } from './rawFrame.ts';
import { refineFlow } from './refineFlow.ts';
import { Resampler } from './resample.ts';
import type { FloatPlane } from './sampleAt.ts';
import { warpFrame } from './warpFrame.ts';

const size = { width: 61, height: 45 };

/** A soft texture, moved to the right by `shift` px; levels. */
function texture({ width, height }: { width: number; height: number }, shift: number, step = 1): FloatPlane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data[y * width + x] = 128 + 60 * Math.sin(0.5 * (x * step - shift)) * Math.cos(0.4 * y * step);
  return { width, height, data };
}

const filmed = (shape: FrameShape, shift: number): FloatPlane[] =>
  shape.planes.map((plane) => texture(plane, shift, size.width / plane.width > 1.5 ? 2 : 1));

/** From a moment in the middle: half of the motion to each frame. */
function across(motion: number): FlowGrid {
  const grid = emptyGrid(size, 4);
  grid.x0.fill(-motion / 2);
  grid.x1.fill(motion / 2);
  grid.share.fill(0.5);
  return grid;
}

const inner = (plane: { width: number; height: number; data: ArrayLike<number> }, edge = 6): number[] => {
  const values: number[] = [];
  for (let y = edge; y < plane.height - edge; y++)
    for (let x = edge; x < plane.width - edge; x++) values.push(plane.data[y * plane.width + x]!);
  return values;
};
const meanDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

test.each(['yuv420p', 'yuv444p10le', 'gray'])('%s of an odd size: both frames meet in the middle', (format) => {
  const shape = frameShape(sampleFormatOf(format), size);
  const made = new Uint8Array(shape.bytes);
  warpFrame(filmed(shape, 0), filmed(shape, 3), across(3), shape, made);
  const expected = filmed(shape, 1.5);
  planesOf(made, shape).forEach((plane, index) => {
    const levels = { ...plane, data: Float32Array.from(plane.data, (value) => (value * 255) / shape.peak) };
    expect(meanDifference(inner(levels, 4), inner(expected[index]!, 4))).toBeLessThan(3);
  });
});

test('without motion a frame between two equal ones is that frame, to the sample', () => {
  const shape = frameShape(sampleFormatOf('yuv420p10le'), size);
  const raw = new Uint8Array(shape.bytes);
  planesOf(raw, shape).forEach(({ data }) => data.forEach((_, i) => (data[i] = (i * 37) % 1024)));
  const planes = planesOf(raw, shape).map((plane) => ({
    ...plane,
    data: Float32Array.from(plane.data, (value) => (value * 255) / shape.peak),
  }));
  const made = new Uint8Array(shape.bytes);
  warpFrame(planes, planes, across(0), shape, made);
  expect(Buffer.compare(made, raw)).toBe(0);
});

test('the refinement finds a pixel of motion that the grid does not know, and shares it out by the moment', () => {
  const grid = across(0);
  refineFlow(grid, texture(size, 0), texture(size, 1), 0.25, 4);
  const middle = Math.floor(grid.down / 2) * grid.across + Math.floor(grid.across / 2);
  expect(grid.x0[middle]).toBeCloseTo(-0.25, 1);
  expect(grid.x1[middle]).toBeCloseTo(0.75, 1);
  expect(grid.y0[middle]).toBeCloseTo(0, 1);
});

test('where both frames agree each counts by how near it is; where they do not, as the network says', () => {
  const grid = across(0);
  grid.share.fill(1);
  refineFlow(grid, texture(size, 0), texture(size, 0), 0.25, 1);
  expect(grid.share[0]).toBeCloseTo(0.75, 5);
  grid.share.fill(1);
  const other = { ...size, data: texture(size, 0).data.map((level) => 255 - level) };
  refineFlow(grid, texture(size, 0), other, 0.25, 1);
  const middle = Math.floor(grid.down / 2) * grid.across + Math.floor(grid.across / 2);
  expect(grid.share[middle]).toBeGreaterThan(0.9);
});

test('where the frames agree as they are, motion that was found rests', () => {
  const grid = across(2);
  refineFlow(grid, texture(size, 0), texture(size, 0), 0.5, 1);
  const middle = Math.floor(grid.down / 2) * grid.across + Math.floor(grid.across / 2);
  expect(Math.abs(grid.x0[middle]!) + Math.abs(grid.x1[middle]!)).toBe(0);
});

test('resampling keeps the mean when it makes smaller, a ramp when it makes larger, and one value always', () => {
  const ramp = texture(size, 0);
  const small = new Float32Array(20 * 15);
  new Resampler(size, { width: 20, height: 15 }).run(ramp.data, small);
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(small)).toBeCloseTo(mean(ramp.data), 3);
  const large = new Float32Array(4);
  new Resampler({ width: 2, height: 1 }, { width: 4, height: 1 }).run(Float32Array.of(0, 4), large);
  expect([...large]).toEqual([0, 1, 3, 4]);
  const one = new Float32Array(9);
  new Resampler({ width: 1, height: 1 }, { width: 3, height: 3 }).run(Uint8Array.of(7), one);
  expect([...one]).toEqual(Array(9).fill(7));
});
