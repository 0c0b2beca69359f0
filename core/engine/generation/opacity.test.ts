import { expect, it } from 'vitest';
import { sampleFormatOf } from '../../ffmpeg/sampleFormat.ts';
import { boxAround, opacityFrame } from './opacity.ts';

function shape(width: number, height: number, at: (x: number, y: number) => number) {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
  };
}

const dot = shape(9, 7, (x, y) => (x === 3 && y === 5 ? 255 : 0));

it.each([
  ['yuv420p', { x: 2, y: 4, width: 2, height: 2 }],
  ['yuv422p', { x: 2, y: 5, width: 2, height: 1 }],
  ['yuv444p', { x: 3, y: 5, width: 1, height: 1 }],
  ['yuv444p10le', { x: 0, y: 0, width: 9, height: 7 }],
])('in %s the box holds whole chroma samples, or the whole picture where it cannot be laid on in part', (name, box) => {
  expect(boxAround(dot, sampleFormatOf(name))).toEqual(box);
});

it('a box at the edge of an odd picture ends with the picture; where nothing is seen there is none', () => {
  expect(
    boxAround(
      shape(9, 7, (x, y) => (x === 8 && y === 6 ? 1 : 0)),
      sampleFormatOf('yuv420p'),
    ),
  ).toEqual({
    x: 8,
    y: 6,
    width: 1,
    height: 1,
  });
  expect(
    boxAround(
      shape(9, 7, () => 0),
      sampleFormatOf('yuv420p'),
    ),
  ).toBeNull();
});

it('a chroma sample takes the least opacity of the pixels it covers; rows below the box are transparent', () => {
  const opacity = shape(4, 3, (x, y) => 10 * (y + 1) + x);
  const frame = opacityFrame(opacity, { x: 0, y: 0, width: 4, height: 3 }, sampleFormatOf('yuv420p'), 4);
  expect([...frame]).toEqual([
    ...[10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33, 0, 0, 0, 0],
    ...[10, 12, 30, 32],
    ...[10, 12, 30, 32],
  ]);
});

it('deep samples are little-endian words, and full opacity is their greatest value', () => {
  const opacity = shape(2, 1, (x) => (x === 0 ? 255 : 0));
  expect([...opacityFrame(opacity, { x: 0, y: 0, width: 2, height: 1 }, sampleFormatOf('gray10le'), 1)]).toEqual([
    0xff, 0x03, 0, 0,
  ]);
});
