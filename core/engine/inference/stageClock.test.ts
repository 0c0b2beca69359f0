import { expect, it } from 'vitest';
import { createStageClock } from './stageClock.ts';

it('splits a run into loading, steps and everything else', () => {
  let now = 1000;
  const clock = createStageClock(() => now);
  const spend = (ms: number) => (now += ms);
  spend(500);
  clock.stage('text');
  spend(100);
  clock.stage('denoise');
  spend(2000);
  // each step is reported under the same name
  clock.stage('denoise');
  spend(1000);
  clock.stage('decode');
  spend(400);
  clock.stage('music');
  spend(250);
  expect(clock.times()).toEqual({ loadSeconds: 0.5, stepSeconds: 3.25, codingSeconds: 0.5 });
});

it('a run that reports nothing was loading all the time', () => {
  let now = 0;
  const clock = createStageClock(() => now);
  now = 700;
  expect(clock.times()).toEqual({ loadSeconds: 0.7, stepSeconds: 0, codingSeconds: 0 });
});
