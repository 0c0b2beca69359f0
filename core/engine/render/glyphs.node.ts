/** Which characters of a title no font of this machine has: asked by drawing them as titles are drawn. */
import { createCanvas } from '@napi-rs/canvas';
import { titleFont } from '../../render/title.ts';
import { cjkFamiliesFor } from './cjkFaces.node.ts';

const sizePx = 32;
const canvasPx = sizePx * 3;
/** A code point that Unicode will never assign: every font draws its sign for missing glyphs. */
const unassigned = '\u{10FFFE}';
/** Nothing is drawn for these, whatever the font. */
const invisible = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

const known = new Map<string, boolean>();
let missingSign: Buffer | null = null;

/** Each of the text's characters that would be drawn as a box, once, in the order in which they come. */
export function missingGlyphs(text: string): string[] {
  return [...new Set(text)].filter((character) => !invisible.test(character) && !hasGlyph(character));
}

function hasGlyph(character: string): boolean {
  const before = known.get(character);
  if (before !== undefined) return before;
  missingSign ??= pixelsOf(unassigned);
  const has = !pixelsOf(character).equals(missingSign);
  known.set(character, has);
  return has;
}

function pixelsOf(character: string): Buffer {
  const canvas = createCanvas(canvasPx, canvasPx);
  const context = canvas.getContext('2d');
  context.font = titleFont({ weight: 400, sizePx }, cjkFamiliesFor(character));
  context.fillText(character, sizePx, sizePx * 2);
  return Buffer.from(context.getImageData(0, 0, canvasPx, canvasPx).data);
}

/** Named in a sentence; the rest is counted by '…'. */
const mostNamed = 12;

/** The characters as a sentence names them: combining marks on a circle, which shows where they sit. */
export function namedCharacters(characters: readonly string[]): string {
  const named = characters.slice(0, mostNamed).map((each) => (/\p{M}/u.test(each) ? `\u25cc${each}` : each));
  return named.join(' ') + (characters.length > mostNamed ? ' …' : '');
}
