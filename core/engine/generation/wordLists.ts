/** What became of a request's words, as takes, recipes and estimates keep it. */
import type { GuessedWord } from '../../document/schema.ts';

/** Words without effect, words that kept their meaning, and words taken for others. */
export interface WordLists {
  unknownWords: string[];
  usedWords?: string[];
  guessedWords?: GuessedWord[];
}

interface ReadWords {
  readonly unknownWords: readonly string[];
  readonly usedWords?: readonly string[];
  readonly guessedWords?: readonly GuessedWord[];
}

/** The lists of one result. */
export const wordsOf = (result: ReadWords): WordLists => wordsOfAll([result]);

/** Of several stems, each word once; a list that no result has stays absent. */
export function wordsOfAll(results: readonly ReadWords[]): WordLists {
  const used = results.flatMap(({ usedWords }) => usedWords ?? []);
  const guessed = new Map(results.flatMap(({ guessedWords }) => guessedWords ?? []).map((one) => [one.word, one]));
  return {
    unknownWords: [...new Set(results.flatMap(({ unknownWords }) => unknownWords))],
    ...(results.some(({ usedWords }) => usedWords) ? { usedWords: [...new Set(used)] } : {}),
    ...(results.some(({ guessedWords }) => guessedWords) ? { guessedWords: [...guessed.values()] } : {}),
  };
}
