import { expect, it } from 'vitest';
import { describeWords } from './describeWords.ts';

it('names the words that were guessed and those that were not used', () => {
  expect(
    describeWords({
      usedWords: ['sunset'],
      guessedWords: [
        { word: 'boat', takenFor: 'sailboat' },
        { word: 'pond', takenFor: 'lake' },
      ],
      unknownWords: ['festival'],
    }),
  ).toEqual(["Guessed: 'boat' as 'sailboat', 'pond' as 'lake'.", "Not used: 'festival'."]);
});

it('says nothing where every word was used, or nothing is known of them', () => {
  expect(describeWords({ usedWords: ['sunset'], guessedWords: [], unknownWords: [] })).toEqual([]);
  expect(describeWords({ unknownWords: [] })).toEqual([]);
});
