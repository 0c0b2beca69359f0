/** File names by length. File systems count bytes of UTF-8, most of them up to 255 in a name. */

/** The longest name that file systems in use take, bytes of UTF-8. */
export const longestNameBytes = 255;

const encoder = new TextEncoder();
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length in UTF-8, bytes. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * The beginning of `text` that has at most `bytes` in UTF-8. No character is cut: neither a surrogate pair nor a letter
 * and its accents, except where the first character alone is longer.
 */
export function withinBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  const whole = beginning(
    Array.from(characters.segment(text), ({ segment }) => segment),
    bytes,
  );
  return whole === '' ? beginning([...text], bytes) : whole;
}

function beginning(pieces: readonly string[], bytes: number): string {
  let length = 0;
  const end = pieces.findIndex((piece) => (length += byteLength(piece)) > bytes);
  return pieces.slice(0, end === -1 ? pieces.length : end).join('');
}

/** The beginning of `text` that has at most `length` UTF-16 units, no character cut. */
export function withinLength(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const { index, segment } of characters.segment(text)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** A file name of a text: without what separates folders, and cut so that it fits with `tail` behind it. */
export function fileNameOf(text: string, tail: string): string {
  return fittingName(text.replace(/[\\/\0]/g, '-').replace(/\p{Surrogate}/gu, '-'), tail);
}

/** `stem` + `tail`, the stem cut so that the name fits; spaces and dots that the cut leaves before the tail go too. */
export function fittingName(stem: string, tail: string): string {
  const cut = withinBytes(stem, longestNameBytes - byteLength(tail));
  return `${cut === stem ? cut : cut.replace(/[.\s]+$/, '')}${tail}`;
}
