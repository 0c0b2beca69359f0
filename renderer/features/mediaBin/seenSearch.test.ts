import { expect, it } from 'vitest';
import type { SeenMoment, SeenSummary } from '../../../core/contract/seen.ts';
import { readQuery, reasonsFor } from './seenSearch.ts';

const thing = (name: string, count = 1) => ({ kind: 'thing', name, count });
const read = (text: string) => readQuery(text);

it.each([
  ['dog', [thing('dog')], []],
  ['Two people', [thing('person', 2)], []],
  ['3 cars', [thing('car', 3)], []],
  ['close-up', [{ kind: 'shot', name: 'closeUp', count: 1 }], []],
  ['shaky dog', [{ kind: 'camera', name: 'shaky', count: 1 }, thing('dog')], []],
  ['狗', [thing('dog')], []],
  ['两个人', [thing('person', 2)], []],
  ['两只狗 特写', [thing('dog', 2), { kind: 'shot', name: 'closeUp', count: 1 }], []],
  ['hot dog', [thing('hot dog')], []],
  ['dogma', [], ['dogma']],
  ['beach dog', [thing('dog')], ['beach']],
  ['2026 tour', [], ['2026', 'tour']],
  ['peopl', [thing('person')], []],
])('reads %s', (text, terms, rest) => {
  expect(read(text)).toEqual({ terms, rest });
});

const seen: SeenSummary = {
  version: 1,
  durationTicks: 100,
  cuts: [],
  moments: [
    { kind: 'thing', name: 'person', count: 1, fromTicks: 0, toTicks: 30 },
    { kind: 'thing', name: 'person', count: 2, fromTicks: 50, toTicks: 90 },
    { kind: 'camera', name: 'shaky', fromTicks: 10, toTicks: 40 },
  ] satisfies SeenMoment[],
};

it('a file is found where all of the terms are, with the moments of each', () => {
  const from = (text: string) => reasonsFor(read(text), seen)?.map(({ moments }) => moments.map((m) => m.fromTicks));
  expect(from('two people')).toEqual([[50]]);
  expect(from('shaky people')).toEqual([[10], [0, 50]]);
  expect(from('three people')).toBeUndefined();
  expect(from('dog people')).toBeUndefined();
  expect(reasonsFor(read('trip'), seen)).toBeNull();
  expect(reasonsFor(read('people'), undefined)).toBeNull();
});
