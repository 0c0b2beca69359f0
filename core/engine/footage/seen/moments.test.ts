import { expect, it } from 'vitest';
import { ticksFromSeconds } from '../../../time/ticks.ts';
import { momentsOf, type Found, type JudgedLook } from './moments.ts';

const half = ticksFromSeconds(0.5);
const clear = { blur: 0.2, light: 120, brightest: 220, clipped: 0 };
type Thing = JudgedLook['things'][number];
const dog = (left: number, score = 0.7): Thing => ({ name: 'dog', score, box: [left, 0.4, 0.1, 0.1] });
const looks = (...things: readonly Thing[][]): JudgedLook[] =>
  things.map((each, i) => ({ ticks: i * half, things: each, quality: clear }));
const of = (found: Partial<Found>) =>
  momentsOf({
    durationTicks: 20 * half,
    everyTicks: half,
    aspect: 1.5,
    looks: [],
    cuts: [],
    camera: [],
    sound: [],
    ...found,
  }).map((moment) => ({ ...moment, fromTicks: moment.fromTicks / half, toTicks: moment.toTicks / half }));

it('a thing that goes on for two looks is a moment; one look passes over where it is missed, one alone is none', () => {
  const found = of({ looks: looks([], [dog(0)], [], [dog(0)], [], [], [], [dog(0)]) });
  expect(found).toEqual([{ kind: 'thing', name: 'dog', count: 1, fromTicks: 0.5, toTicks: 3.5 }]);
});

it('a stretch needs one look that is sure; unsure ones in it count', () => {
  expect(of({ looks: looks([dog(0, 0.45)], [dog(0, 0.45)]) })).toEqual([]);
  expect(of({ looks: looks([dog(0, 0.45)], [dog(0, 0.6)], [dog(0, 0.45)]) })).toHaveLength(1);
});

it('counts what a third of the looks agree on; a box within another is the same thing', () => {
  const two = [dog(0), dog(0.5)];
  expect(of({ looks: looks(two, two, [dog(0)], [dog(0), dog(0.3), dog(0.6)]) })[0]).toMatchObject({ count: 2 });
  const within: Thing = { name: 'dog', score: 0.6, box: [0.02, 0.42, 0.05, 0.05] };
  expect(of({ looks: looks([dog(0), within], [dog(0), within]) })[0]).toMatchObject({ count: 1 });
});

it('a cut ends a moment: what is seen before and after it are two', () => {
  const all = looks([dog(0)], [dog(0)], [dog(0)], [dog(0)]);
  const found = of({ looks: all, cuts: [{ ticks: 2 * half, kind: 'cut' }], durationTicks: 4 * half });
  expect(found.map(({ fromTicks, toTicks }) => [fromTicks, toTicks])).toEqual([
    [0, 1.5],
    [2, 3.5],
  ]);
});

it('a picture has one look, and that counts', () => {
  expect(of({ looks: looks([dog(0)]), durationTicks: 0, everyTicks: 0 })).toHaveLength(1);
});

it('soft, dark and overexposed stretches', () => {
  const judged = (quality: Partial<JudgedLook['quality']>) =>
    of({ looks: looks([], [], []).map((look) => ({ ...look, quality: { ...clear, ...quality } })) }).map((m) => m.name);
  expect(judged({ blur: 0.75 })).toEqual(['soft']);
  expect(judged({ light: 20, brightest: 60 })).toEqual(['dark']);
  expect(judged({ clipped: 0.4, light: 200 })).toEqual(['overexposed']);
  expect(judged({ blur: null })).toEqual([]);
});
