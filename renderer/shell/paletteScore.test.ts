import { expect, it } from 'vitest';
import { paletteScore } from './paletteScore.ts';

const nudge = ['Nudge ten frames left', 'Clip'];

it('finds beginnings of words, in any order, and parts of three letters', () => {
  expect(paletteScore('nud', nudge)).toBeGreaterThan(0);
  expect(paletteScore('left fra', nudge)).toBeGreaterThan(0);
  expect(paletteScore('udge', nudge)).toBeGreaterThan(0);
});

it('never by scattered letters', () => {
  expect(paletteScore('LUT', nudge)).toBe(0);
  expect(paletteScore('keyframe', ['One frame back', 'Playback'])).toBe(0);
});

it('prefers what begins with the search, and the name over its group', () => {
  expect(paletteScore('zoom', ['Zoom in'])).toBeGreaterThan(paletteScore('zoom', ['Reset zoom']));
  expect(paletteScore('clip', ['Clip colour'])).toBeGreaterThan(paletteScore('clip', ['Split', 'Clip']));
});

it('finds Chinese by any of its characters', () => {
  expect(paletteScore('音', ['添加声音轨道'])).toBeGreaterThan(0);
});
