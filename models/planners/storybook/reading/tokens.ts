/** Splits a prompt into English words that keep the user's spelling. */
import type { Cast } from '../cast.ts';
import { chineseWords, translatePieces } from './chinese.ts';

/** One word or mark. */
export interface Token {
  /** Lower case, without a possessive; or one of , : . ; */
  readonly word: string;
  /** As the user wrote it; for Chinese, the translated word. */
  readonly spelled: string;
  /** Tokens of one Chinese word share a number. */
  readonly piece: number;
}

const dictionaries = new WeakMap<Cast, Readonly<Record<string, string>>>();

/** The built-in Chinese words, and the cast's Chinese names that those lack. */
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

/** Splits a prompt; Chinese is translated word by word, as far as the dictionary goes. */
export function tokenise(prompt: string, cast: Cast): Token[] {
  return translatePieces(prompt, dictionaryOf(cast)).flatMap(({ text, source }, piece) => {
    if (text === null) return [{ word: source, spelled: source, piece }];
    const words = text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[,:.;!?]/gu) ?? [];
    return words.map((word, at) => ({
      word: word
        .toLowerCase()
        .replace(/['’]s$/u, '')
        .replace('’', "'")
        .replace(/[!?]/, '.'),
      spelled: source ?? word,
      // Words that are not Chinese stand for themselves.
      piece: source === null ? piece + (at + 1) / (words.length + 1) : piece,
    }));
  });
}

/** Whether a token is a mark. */
export const isPunctuation = (word: string): boolean => /^[,:.;]$/.test(word);
