import { expect, it } from 'vitest';
import { shotSize } from './shotSize.ts';

const wide = 16 / 9;
type Box = [number, number, number, number];
const person = (box: Box, score = 0.7) => [{ name: 'person', score, box }];

it.each<[string, Box, number, string | null]>([
  ['seen whole, small', [0.45, 0.4, 0.08, 0.4], wide, 'wide'],
  ['seen whole, as high as the picture', [0.4, 0.02, 0.25, 0.95], wide, 'wide'],
  ['from the waist up', [0.35, 0.2, 0.3, 0.8], wide, 'medium'],
  ['head and shoulders', [0.2, 0.1, 0.6, 0.9], wide, 'closeUp'],
  ['a body without a head', [0.25, 0, 0.55, 0.6], wide, 'medium'],
  ['an arm that comes in', [0, 0, 0.5, 0.6], wide, null],
  ['upright film, from the waist up', [0.15, 0.1, 0.75, 0.9], 9 / 16, 'medium'],
])('%s', (_name, box, aspect, size) => {
  expect(shotSize(person(box), aspect)).toBe(size);
});

it('the nearest of several counts, and nobody says nothing', () => {
  const both = [...person([0.1, 0.4, 0.05, 0.3]), ...person([0.3, 0.1, 0.55, 0.9])];
  expect(shotSize(both, wide)).toBe('closeUp');
  expect(shotSize(person([0.3, 0.1, 0.55, 0.9], 0.2), wide)).toBeNull();
  expect(shotSize([{ name: 'dog', score: 0.9, box: [0, 0, 1, 1] }], wide)).toBeNull();
});
