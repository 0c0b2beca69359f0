/**
 * The bundled face for Chinese (Noto Sans SC, variable) for @napi-rs/canvas. The package is cut into about a hundred
 * subsets; a canvas knows no unicode ranges, so each subset that a text needs is a family of its own.
 */
import { GlobalFonts } from '@napi-rs/canvas';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Subset {
  readonly family: string;
  readonly file: string;
  /** First and last code point of each range. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Below this everything is Inter's. */
const firstCjk = 0x2e80;
const packageName = '@fontsource-variable/noto-sans-sc';

let known: readonly Subset[] | null = null;
const registered = new Set<string>();

/** Families to ask for, of the subsets that hold the text's Chinese; registers them. Empty without any. */
export function cjkFamiliesFor(text: string): string[] {
  const wanted = new Set(
    [...text].flatMap((character) => subsetOf(character) ?? []).filter((subset) => register(subset)),
  );
  return [...wanted].map((subset) => subset.family);
}

/** Whether the bundled face has a character. */
export function bundledCjkHas(character: string): boolean {
  return subsetOf(character) !== null;
}

function subsetOf(character: string): Subset | null {
  const codePoint = character.codePointAt(0)!;
  // the package lists Hangul among its ranges and has no glyphs for it
  if (codePoint < firstCjk || /\p{Script=Hangul}/u.test(character)) return null;
  known ??= readSubsets();
  return known.find((subset) => subset.ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) ?? null;
}

function register(subset: Subset): boolean {
  if (registered.has(subset.family)) return true;
  // by content: inside an installer's archive the file has no path that Skia could open
  const done = GlobalFonts.register(readFileSync(subset.file), subset.family) !== null;
  if (done) registered.add(subset.family);
  return done;
}

/** None where the package is not installed: titles then fall back to the faces of the system. */
function readSubsets(): readonly Subset[] {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
  } catch {
    return [];
  }
  const unicode = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  return Object.entries(unicode).map(([key, ranges]) => {
    const name = key.replace(/[[\]]/g, '');
    return {
      family: `Framewright Noto Sans SC ${name}`,
      file: join(folder, 'files', `noto-sans-sc-${name}-wght-normal.woff2`),
      ranges: ranges.split(',').map(parseRange),
    };
  });
}

/** 'U+4e00-4e0f' or 'U+4e00'. */
function parseRange(text: string): readonly [number, number] {
  const [first = '', last = first] = text.trim().replace(/^U\+/i, '').split('-');
  return [parseInt(first, 16), parseInt(last, 16)];
}
