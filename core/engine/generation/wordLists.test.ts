import { expect, it } from 'vitest';
import { wordsOf, wordsOfAll } from './wordLists.ts';

it('keeps the lists of a result, and none that it does not have', () => {
  const guessedWords = [{ word: 'boat', takenFor: 'sailboat' }];
  expect(wordsOf({ unknownWords: ['festival'], usedWords: ['red'], guessedWords })).toEqual({
    unknownWords: ['festival'],
    usedWords: ['red'],
    guessedWords,
  });
  expect(wordsOf({ unknownWords: [] })).toEqual({ unknownWords: [] });
});

it('names each word of several stems once', () => {
  const stem = { unknownWords: ['zxqwv'], usedWords: ['rain'], guessedWords: [{ word: 'brook', takenFor: 'stream' }] };
  expect(wordsOfAll([stem, { unknownWords: ['zxqwv'] }, stem])).toEqual(wordsOf(stem));
});
