import { GlobalFonts } from '@napi-rs/canvas';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { missingGlyphs, namedCharacters } from './glyphs.node.ts';
import { registerTitleFonts } from './titles.node.ts';

beforeAll(() => registerTitleFonts(join(import.meta.dirname, '../../../assets')));

it('the bundled fonts have Latin, Greek, Cyrillic and Chinese', () => {
  expect(missingGlyphs('Übergröße\nHarbour “9½” – Ταξίδι, Поезд 春天來了')).toEqual([]);
});

it('a character that no font can have is missing, of every script alike', () => {
  // the last code points of the planes are noncharacters
  for (const plane of [1, 2, 16]) {
    const character = String.fromCodePoint(plane * 0x10000 + 0xffff);
    expect(missingGlyphs(`a${character}b${character}`)).toEqual([character]);
  }
});

it.each([
  ['Thai', 'สวัสดี', /thai|loma|garuda|tahoma|leelawadee|ayuthaya|unifont|freeserif/i],
  ['Devanagari', 'नमस्ते', /devanagari|lohit|mangal|nirmala|kohinoor|unifont|freeserif|gargi|sarai/i],
  ['emoji', '🎉', /emoji|symbola|unifont/i],
  ['Khmer', 'ខ្មែរ', /khmer|leelawadee|unifont/i],
  ['Ethiopic', 'አማርኛ', /ethiop|abyssinica|nyala|ebrima|kefa|unifont|freeserif/i],
])('%s is missing on a machine without a font for it, each character named once', (_script, text, fonts) => {
  if (GlobalFonts.families.some(({ family }) => fonts.test(family))) return;
  const missing = missingGlyphs(text);
  expect(missing.length).toBeGreaterThan(0);
  expect([...new Set(text)]).toEqual(expect.arrayContaining(missing));
  expect(new Set(missing).size).toBe(missing.length);
});

it('what is never drawn is never missing', () => {
  expect(missingGlyphs('a\u200db\ufe0f \u00ad\u2028\t\r\n\u202e')).toEqual([]);
});

it('is named in a sentence of bounded length, marks on a circle', () => {
  expect(namedCharacters(['ก', '\u0e31'])).toBe('ก ◌\u0e31');
  expect(namedCharacters(Array.from({ length: 13 }, () => 'x'))).toBe('x x x x x x x x x x x x …');
});
