/** Chinese words become English ones between spaces; what is left of a Chinese run is unknown. */
import { chineseWords, translateWords } from './chinese.ts';
import type { Cast } from '../cast.ts';

const dictionaries = new WeakMap<Cast, Readonly<Record<string, string>>>();

/** The rewriter's own words first, then the names of the cast. */
function dictionaryOf(cast: Cast): Readonly<Record<string, string>> {
  const known = dictionaries.get(cast);
  if (known) return known;
  const made = {
    ...Object.fromEntries(cast.entries.filter(({ zh }) => zh).map(({ zh, name }) => [zh, name])),
    ...chineseWords,
  };
  dictionaries.set(cast, made);
  return made;
}

export function translateChinese(prompt: string, cast: Cast, unknown: Set<string>): string {
  return translateWords(prompt, dictionaryOf(cast), unknown);
}
