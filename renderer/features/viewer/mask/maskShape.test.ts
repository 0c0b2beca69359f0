import { expect, it } from 'vitest';
import { withBox } from './maskShape.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

it('one box is a box, cut off at the edges of the picture', () => {
  expect(withBox('empty', box(0.25, 0.25, 0.5, 0.5))).toEqual(box(0.25, 0.25, 0.5, 0.5));
  expect(withBox('empty', box(-0.25, 0.5, 0.75, 0.75))).toEqual(box(0, 0.5, 0.5, 0.5));
});

it('a box inside another changes nothing, and one around another takes its place', () => {
  const large = box(0.1, 0.1, 0.8, 0.8);
  const small = box(0.2, 0.2, 0.1, 0.1);
  expect(withBox(large, small)).toEqual(large);
  expect(withBox(small, large)).toEqual(large);
});

it('two boxes side by side, or a box on a painting, are a painting', () => {
  expect(withBox(box(0, 0, 0.2, 0.2), box(0.5, 0.5, 0.2, 0.2))).toBe('free');
  expect(withBox('free', box(0, 0, 1, 1))).toBe('free');
});

it('a click without dragging, or a box beside the picture, is no box', () => {
  expect(withBox('empty', box(0.5, 0.5, 0, 0))).toBe('empty');
  expect(withBox('empty', box(1.2, 0.5, 0.3, 0.3))).toBe('empty');
});
