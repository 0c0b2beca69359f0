import { expect, it } from 'vitest';
import { sampleFormatOf } from '../../ffmpeg/sampleFormat.ts';
import { copiesSound, filmEncoding, type FilmEnding } from './outputEncoding.ts';

const colour = {
  matrix: '',
  transfer: '',
  primaries: '',
  range: 'tv',
  pixelFormat: '',
  codec: '',
  width: 0,
  height: 0,
  clockJumps: false,
  untimedFrames: 0,
  peakNits: null,
};
const encoding = (ending: FilmEnding, pixelFormat: string, lossless: boolean, more: Partial<typeof colour> = {}) =>
  filmEncoding(ending, sampleFormatOf(pixelFormat), { ...colour, ...more }, { width: 64, height: 36 }, lossless);
const encoderOf = (...of: Parameters<typeof encoding>) => {
  const found = encoding(...of);
  return found && `${String(found.options[0]![1])} ${found.converted?.name ?? 'as it is'}`;
};

it.each([
  ['.mkv', 'yuv420p12le', 'ffv1 as it is'],
  ['.mkv', 'yuva444p10le', 'ffv1 as it is'],
  ['.mkv', 'gbrp', 'ffv1 as it is'],
  ['.mp4', 'yuv422p', 'libx264 as it is'],
  ['.mp4', 'yuv422p10le', 'libx265 as it is'],
  ['.mp4', 'gbrp', 'libx265 as it is'],
  ['.mp4', 'yuva444p10le', null],
  ['.mp4', 'yuv411p', null],
  ['.mp4', 'gbrp16le', null],
] as const)('lossless into %s: %s is coded by %s', (ending, pixelFormat, how) => {
  expect(encoderOf(ending, pixelFormat, true)).toBe(how);
});

it.each([
  ['yuv420p', 'libx264 as it is'],
  ['yuv422p10le', 'libx265 as it is'],
  ['yuva444p10le', 'libx265 yuv444p10le'],
  ['rgb24', 'libx264 yuv420p'],
  ['rgb48le', 'libx265 yuv420p10le'],
])('at high quality %s is coded by %s', (pixelFormat, how) => {
  expect(encoderOf('.mp4', pixelFormat, false)).toBe(how);
});

it.each([
  ['yuv420p', { width: 35, height: 36 }, null, 'yuv444p'],
  ['yuv420p10le', { width: 36, height: 17 }, null, 'yuv444p10le'],
  ['yuv422p', { width: 36, height: 17 }, null, undefined],
  ['yuv444p', { width: 35, height: 17 }, null, undefined],
  ['rgb24', { width: 35, height: 17 }, 'yuv444p', 'yuv444p'],
])('%s of odd sides keeps its size: its chroma becomes finer', (pixelFormat, size, converted, written) => {
  const found = filmEncoding('.mp4', sampleFormatOf(pixelFormat), colour, size, false)!;
  expect(found.converted?.name ?? null).toBe(converted);
  expect(found.options.find(([name]) => name === 'pix_fmt')?.[1]).toBe(written);
});

it('no MP4 holds halved chroma of odd sides without loss', () => {
  const size = { width: 35, height: 17 };
  expect(filmEncoding('.mp4', sampleFormatOf('yuv420p'), colour, size, true)).toBeNull();
  expect(filmEncoding('.mkv', sampleFormatOf('yuv420p'), colour, size, true)).not.toBeNull();
});

it('a film says of its colours what its source says, and no more', () => {
  const tags = (more: Partial<typeof colour>, pixelFormat = 'yuv420p') =>
    encoding('.mkv', pixelFormat, true, more)!.options.filter(([name]) => name.startsWith('color'));
  expect(tags({})).toEqual([['color_range', 'tv']]);
  expect(tags({ matrix: 'smpte170m', range: 'pc' })).toEqual([
    ['color_range', 'pc'],
    ['colorspace', 'smpte170m'],
  ]);
  expect(tags({ matrix: 'gbr', range: 'pc' }, 'gbrp')).toContainEqual(['colorspace', 'rgb']);
});

it('sound is copied where the container takes it', () => {
  expect([copiesSound('.mkv', 'pcm_s24le'), copiesSound('.mp4', 'aac'), copiesSound('.mp4', 'pcm_s24le')]).toEqual([
    true,
    true,
    false,
  ]);
});

it('pictures smaller than the usual blocks of HEVC are coded in smaller ones', () => {
  const blocks = (width: number, height: number, lossless: boolean) =>
    String(
      filmEncoding('.mp4', sampleFormatOf('yuv444p10le'), colour, { width, height }, lossless)?.options.find(
        ([name]) => name === 'x265-params',
      )?.[1],
    );
  expect(blocks(35, 63, false)).toContain('ctu=16');
  expect(blocks(200, 35, true)).toBe('log-level=error:ctu=16:lossless=1');
  expect(blocks(64, 64, true)).toBe('log-level=error:lossless=1');
});
