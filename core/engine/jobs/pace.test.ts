import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

test('an even pace gives the time that is left', () => {
  const pace = createPace(0);
  let left: number | null = null;
  for (let second = 1; second <= 5; second++) left = pace.observe(second / 20, second * 1000);
  expect(left).toBeCloseTo(15, 5);
});

test('nothing is said before there is something to go by', () => {
  const pace = createPace(0);
  expect(pace.observe(0, 5000)).toBeNull();
  expect(pace.observe(0.005, 6000)).toBeNull();
});

test('a slow start counts less and less', () => {
  const pace = createPace(0);
  pace.observe(0.05, 20_000);
  let left: number | null = null;
  for (let step = 1; step <= 15; step++) left = pace.observe(0.05 + step * 0.05, 20_000 + step * 1000);
  // the true rest is 4 s; the average of the whole run would say 8.75 s
  expect(left).toBeGreaterThan(3.5);
  expect(left).toBeLessThan(5.5);
});

test('a quick stage is not taken for the pace of the next, and the answer never leaps', () => {
  const pace = createPace(0);
  // a tenth is prepared in half a second, then a hundredth a second; reports come ten times a second
  const answers = Array.from({ length: 300 }, (_, index) => {
    const seconds = (index + 1) / 10;
    return seconds <= 0.5
      ? pace.observe(0.2 * seconds, seconds * 1000, 'prepare')
      : pace.observe(0.1 + 0.01 * (seconds - 0.5), seconds * 1000, 'fill');
  });
  const said = answers.filter((answer) => answer !== null);
  const steps = said.slice(1).map((answer, index) => Math.abs(answer - said[index]!));
  expect(Math.max(...steps)).toBeLessThan(2);
  // after five seconds 85.5 s are left, at the end 60.5 s
  expect(answers[49]).toBeGreaterThan(60);
  expect(answers[49]).toBeLessThan(90);
  expect(said.at(-1)).toBeCloseTo(60.5, -1);
});

test('the answer goes to nothing with the work', () => {
  const pace = createPace(0);
  let left: number | null = null;
  for (let tenth = 1; tenth <= 99; tenth++) left = pace.observe(tenth / 100, tenth * 100);
  expect(left).toBeCloseTo(0.1, 1);
  expect(pace.observe(1, 10_000)).toBe(0);
});
