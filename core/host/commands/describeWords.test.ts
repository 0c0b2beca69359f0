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

it('says how to draw a mask where words alone did not find what should change', () => {
  const [unused, advice] = describeWords({ unknownWords: ['cup'] }, true);
  expect(unused).toBe("Not used: 'cup'.");
  expect(advice).toContain('--mask box:x,y,width,height');
  expect(describeWords({ unknownWords: [], usedWords: ['fox'] }, true)).toEqual([]);
});
