/** How a prompt's words were used, for the terminal. */
import type { WordLists } from '../../engine/generation/wordLists.ts';

/** One sentence for each list that has words; the words that were used need none. */
export function describeWords({ unknownWords, guessedWords = [] }: Readonly<WordLists>): string[] {
  const guesses = guessedWords.map(({ word, takenFor }) => `'${word}' as '${takenFor}'`);
  return [
    ...(guesses.length > 0 ? [`Guessed: ${guesses.join(', ')}.`] : []),
    ...(unknownWords.length > 0 ? [`Not used: ${unknownWords.map((word) => `'${word}'`).join(', ')}.`] : []),
  ];
}
