import { expect, it } from 'vitest';
import { cameraMoves, type CameraStep } from './cameraMoves.ts';
import { LevelMeter, soundLevels } from './soundLevels.ts';

/** Three seconds at ten steps a second. */
const steps = (change: (i: number) => Partial<CameraStep>): CameraStep[] =>
  Array.from({ length: 30 }, (_, i) => ({ seconds: (i + 1) / 10, right: 0, down: 0, zoom: 1, ...change(i) }));
const namesOf = (change: (i: number) => Partial<CameraStep>, isStill = false) =>
  cameraMoves(0, steps(change), isStill).map(({ name }) => name);

it.each<[string, (i: number) => Partial<CameraStep>, string[]]>([
  ['what is seen goes left: a pan to the right', () => ({ right: -0.02 }), ['panRight']],
  ['a pan that speeds up is not shaky', (i) => ({ right: 0.006 + 0.001 * i }), ['panLeft']],
  ['what is seen goes up: a tilt down', () => ({ down: -0.012 }), ['tiltDown']],
  ['things grow', () => ({ zoom: 1.02 }), ['zoomIn']],
  ['back and forth', (i) => ({ right: i % 2 === 0 ? 0.008 : -0.008, down: i % 3 === 0 ? 0.006 : -0.003 }), ['shaky']],
  ['nothing moves', () => ({}), ['still']],
  ['a slow drift has no word', () => ({ right: 0.002 }), []],
])('%s', (_name, change, names) => {
  expect(namesOf(change)).toEqual(names);
});

it('a shot that was found to stand still is one stretch', () => {
  expect(
    cameraMoves(
      2,
      steps(() => ({})).map((s) => ({ ...s, seconds: s.seconds + 2 })),
      true,
    ),
  ).toEqual([{ name: 'still', fromSeconds: 2, toSeconds: 5 }]);
});

it('a pan that begins half way begins there', () => {
  const [found] = cameraMoves(
    0,
    steps((i) => ({ right: i < 15 ? 0 : -0.02 })),
    false,
  ).filter(({ name }) => name === 'panRight');
  expect(found!.fromSeconds).toBeGreaterThan(0.8);
  expect(found!.toSeconds).toBe(3);
});

it('silence, loud and quiet stretches of a sound', () => {
  const meter = new LevelMeter(1000);
  const tone = (amplitude: number, seconds: number) =>
    meter.take(Int16Array.from({ length: seconds * 1000 }, (_, i) => 32767 * amplitude * Math.sin(i)));
  tone(0, 2);
  tone(0.5, 2);
  tone(0.01, 4);
  meter.finish();
  const found = soundLevels(meter.levels).map(({ name, fromSeconds, toSeconds }) => [
    name,
    Math.round(fromSeconds),
    Math.round(toSeconds),
  ]);
  expect(found).toEqual([
    ['silence', 0, 2],
    ['loud', 2, 4],
    ['quiet', 5, 8],
  ]);
});
