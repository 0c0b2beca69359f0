/** Chinese words become English ones between spaces; what is left of a Chinese run is unknown. */
import { chineseWords, silentChinese } from '../chinese.ts';
import type { Cast } from './cast.ts';

const han = /\p{Script=Han}/u;
const dictionaries = new WeakMap<Cast, Readonly<Record<string, string>>>();

/** The rewriter's own words first, then the names of the cast. */
function dictionaryOf(cast: Cast): Readonly<Record<string, string>> {
  const known = dictionaries.get(cast);
  if (known) return known;
  const made = { ...Object.fromEntries(cast.entries.filter(({ zh }) => zh).map(({ zh, name }) => [zh, name])), ...chineseWords };
  dictionaries.set(cast, made);
  return made;
}

export function translateChinese(prompt: string, cast: Cast, unknown: Set<string>): string {
  if (!han.test(prompt)) return prompt;
  const dictionary = dictionaryOf(cast);
  const longest = Math.max(...Object.keys(dictionary).map((word) => word.length));
  let out = '';
  let unread = '';
  const giveUp = (): void => {
    if (unread) unknown.add(unread);
    unread = '';
  };
  for (let at = 0; at < prompt.length; ) {
    let length = Math.min(longest, prompt.length - at);
    while (length > 0 && !Object.hasOwn(dictionary, prompt.slice(at, at + length))) length -= 1;
    const letter = prompt[at]!;
    if (length > 0) {
      giveUp();
      out += ` ${dictionary[prompt.slice(at, at + length)]!} `;
      at += length;
      continue;
    }
    if (silentChinese.has(letter)) {
      giveUp();
      out += ' ';
    } else if (han.test(letter)) unread += letter;
    else out += letter;
    at += 1;
  }
  giveUp();
  return out;
}
