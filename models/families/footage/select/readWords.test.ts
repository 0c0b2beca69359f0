import { expect, test } from 'vitest';
import { thingNames, type Thing } from './nanodet.ts';
import { readWords } from './readWords.ts';
import { choose, isElsewhere } from './selectNamed.ts';
import { thingWords } from './thingWords.ts';

const short = (text: string): string => {
  const { named, isExcept, unknown } = readWords(text);
  const things = named.map(({ kind, which }) => `${kind} ${which.by}${'index' in which ? ` ${which.index}` : ''}`);
  return [...(isExcept ? ['all but'] : []), ...things, ...unknown.map((word) => `? ${word}`)].join(', ');
};

test.each([
  ['the dog', 'dog best'],
  ['the puppy', 'dog best'],
  ['the cup on the left', 'cup left 0'],
  ['second car from the right', 'car right 1'],
  ['the middle person', 'person middle'],
  ['all cups', 'cup all'],
  ['people', 'person all'],
  ['the cat and the dog', 'cat best, dog best'],
  ['everything but the person', 'all but, person best'],
  ['everything except the sky', 'all but, sky best'],
  ['the background', 'all but, subject best'],
  ['hot dog', 'hot dog best'],
  ['the red cup', 'cup best, ? red'],
  ['a unicorn', '? unicorn'],
  ['狗', 'dog best'],
  ['左边的杯子', 'cup left 0'],
  ['右边第二个人', 'person right 1'],
  ['所有的瓶子', 'bottle all'],
  ['最大的人', 'person largest'],
  ['人和狗', 'person best, dog best'],
  ['除了人以外的一切', 'all but, person best'],
  ['除天空外', 'all but, sky best'],
  ['背景', 'all but, subject best'],
  ['红色的杯子', 'cup best, ? 红色'],
  ['独角兽', '? 独角兽'],
])('%s', (words, meaning) => {
  expect(short(words)).toBe(meaning);
});

test('every kind that the detector knows is found by its own names, in both languages', () => {
  for (const kind of thingNames)
    for (const name of [thingWords[kind].english[0], thingWords[kind].chinese[0]])
      expect(
        readWords(name).named.map((each) => each.kind),
        name,
      ).toEqual([kind]);
});

test('sides count from the named side, and nothing is taken beyond the last', () => {
  const thing = (left: number, width: number): Thing => ({
    ...{ name: 'cup', score: 0.8, box: { left, top: 0, right: left + width, bottom: 10 } },
  });
  const [a, b, c] = [thing(0, 10), thing(30, 40), thing(90, 12)];
  const things = [b, c, a];
  expect(choose(things, { by: 'left', index: 0 })).toEqual([a]);
  expect(choose(things, { by: 'left', index: 1 })).toEqual([b]);
  expect(choose(things, { by: 'right', index: 0 })).toEqual([c]);
  expect(choose(things, { by: 'middle' })).toEqual([b]);
  expect(choose(things, { by: 'largest' })).toEqual([b]);
  expect(choose(things, { by: 'right', index: 3 })).toEqual([]);
});

test('the only one seen is not taken where the words place it on the other side of the picture', () => {
  const cup: Thing = { name: 'cup', score: 0.8, box: { left: 70, top: 10, right: 90, bottom: 30 } };
  const elsewhere = (which: Parameters<typeof isElsewhere>[1], things = [cup]) =>
    isElsewhere(things, which, { width: 100, height: 100 });
  expect(elsewhere({ by: 'left', index: 0 })).toBe(true);
  expect(elsewhere({ by: 'right', index: 0 })).toBe(false);
  expect(elsewhere({ by: 'bottom', index: 0 })).toBe(true);
  expect(elsewhere({ by: 'best' })).toBe(false);
  expect(elsewhere({ by: 'left', index: 0 }, [cup, cup])).toBe(false);
});
