import { describe, expect, it } from 'vitest';
import { byteLength, fileNameOf, fittingName, longestNameBytes, withinBytes, withinLength } from './nameLength.ts';

describe('withinBytes', () => {
  it('counts bytes of UTF-8', () => {
    expect(byteLength('aé片🎬')).toBe(1 + 2 + 3 + 4);
    expect(withinBytes('片片片', 6)).toBe('片片');
    expect(withinBytes('片片片', 8)).toBe('片片');
    expect(withinBytes('abc', 3)).toBe('abc');
  });
  it.each([
    ['a surrogate pair', 'a🎬', 4, 'a'],
    ['a letter and its accent', 'ae\u0301', 3, 'a'],
    ['a family of emoji', 'a👨‍👩‍👧', 18, 'a'],
    ['a flag', '🇩🇪🇫🇷', 10, '🇩🇪'],
    ['a syllable of Devanagari', 'कि', 5, 'क'],
  ])('never cuts %s in half', (_title, text, bytes, kept) => {
    expect(withinBytes(text, bytes)).toBe(kept);
  });
});

it('a text is cut at whole characters', () => {
  expect(withinLength('ab', 2)).toBe('ab');
  expect(withinLength('a🎬b', 2)).toBe('a');
  expect(withinLength('a🎬b', 3)).toBe('a🎬');
  expect(withinLength('ae\u0301', 2)).toBe('a');
});

it('a file of a text separates no folders', () => {
  expect(fileNameOf('day/night \\ 1\ud83c', '.mp4')).toBe('day-night - 1-.mp4');
});

it('a name gives way before its ending and its number, whatever it is made of', () => {
  for (const character of ['a', 'é', 'e\u0301', '片', '🎬', '👨‍👩‍👧'])
    for (const tail of ['', '.mp4', ' 2.mp4', '.fwproj', ' 12.fwproj']) {
      const name = fittingName(character.repeat(400), tail);
      expect(name.endsWith(character + tail)).toBe(true);
      expect(byteLength(name)).toBeLessThanOrEqual(longestNameBytes);
      expect(byteLength(name)).toBeGreaterThan(longestNameBytes - byteLength(character));
    }
  expect(fittingName(`${'a'.repeat(250)}. . b`, '.mp4')).toBe(`${'a'.repeat(250)}.mp4`);
});
