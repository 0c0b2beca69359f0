/** How a prompt's words were used, for the terminal. */
import type { WordLists } from '../../engine/generation/wordLists.ts';

const drawMask =
  'Draw a mask around what should change: --mask box:x,y,width,height in pixels, or a picture that is white there.';

/**
 * One sentence for each list that has words; the words that were used need none. `withoutMask`: an edit that had only
 * its words to find what should change.
 */
export function describeWords({ unknownWords, guessedWords = [] }: Readonly<WordLists>, withoutMask = false): string[] {
  const guesses = guessedWords.map(({ word, takenFor }) => `'${word}' as '${takenFor}'`);
  return [
    ...(guesses.length > 0 ? [`Guessed: ${guesses.join(', ')}.`] : []),
    ...(unknownWords.length > 0 ? [`Not used: ${unknownWords.map((word) => `'${word}'`).join(', ')}.`] : []),
    ...(unknownWords.length > 0 && withoutMask ? [drawMask] : []),
  ];
}
