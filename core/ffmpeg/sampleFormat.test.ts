import { expect, it } from 'vitest';
import { opaque, overlayFormat, planeSizes, sampleFormatOf } from './sampleFormat.ts';

it.each([
  ['yuv420p', 'yuv420p', 8],
  ['yuvj422p', 'yuv422p', 8],
  ['yuv420p10le', 'yuv420p10le', 10],
  ['yuv422p10be', 'yuv422p10le', 10],
  ['yuva444p12le', 'yuva444p16le', 16],
  ['nv12', 'yuv420p', 8],
  ['p010le', 'yuv420p10le', 10],
  ['uyvy422', 'yuv422p', 8],
  ['gray', 'gray', 8],
  ['gray10le', 'gray10le', 10],
  ['rgb24', 'gbrp', 8],
  ['bgra', 'gbrap', 8],
  ['rgb48be', 'gbrp16le', 16],
  ['rgba64le', 'gbrap16le', 16],
  ['gbrp12le', 'gbrp12le', 12],
  ['pal8', 'gbrap', 8],
])('%s is kept as %s, which holds all its values', (from, name, bitDepth) => {
  expect(sampleFormatOf(from)).toMatchObject({ name, bitDepth });
});

it('odd pictures have chroma planes that are rounded up', () => {
  expect(planeSizes(sampleFormatOf('yuv420p'), { width: 319, height: 179 })).toEqual([
    { width: 319, height: 179 },
    { width: 160, height: 90 },
    { width: 160, height: 90 },
  ]);
});

it('a patch has no alpha plane of its own; formats that overlay would convert are not laid by it', () => {
  expect(opaque(sampleFormatOf('yuva420p')).name).toBe('yuv420p');
  expect(
    ['yuv420p', 'yuv422p10le', 'yuv444p10le', 'yuv420p12le', 'yuva420p'].map((name) =>
      overlayFormat(sampleFormatOf(name)),
    ),
  ).toEqual(['yuv420', 'yuv422p10', null, null, null]);
});
