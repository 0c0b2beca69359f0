import { expect, test } from 'vitest';
import type { PictureAnalysis } from '../../families/soundtrack/features.ts';
import { soundtrackPlannerOf } from './planner.ts';

const words = 'rain footsteps sea waves engine quiet room soft impact cloth rustling';
const planner = soundtrackPlannerOf({ vocabulary: 'words.txt' }, async () => words.split(' ').join('\n'));

/** A picture of one colour with so many movements in ten seconds. */
const picture = (meanColour: readonly [number, number, number], movements: number): PictureAnalysis => ({
  durationSeconds: 10,
  fps: 25,
  motion: new Float32Array(250).fill(0.1),
  brightness: new Float32Array(250).fill(0.5),
  colour: new Float32Array(250).fill(0.5),
  onsets: Array.from({ length: movements }, (_, i) => ({ seconds: i, strength: 1 })),
  cuts: [],
  meanColour,
});

test('words become sounds, voices, a swell and music', async () => {
  const plan = await planner.plan('Rain, engine, FOOTSTEPS; epic ukulele at 90 bpm in D minor', null);
  expect(plan.reading.text).toBe('rain, engine, footsteps; epic');
  expect(plan.foleyVoices).toEqual(['engine', 'footsteps']);
  expect(plan.swell).toBe(0);
  expect(plan.music).toMatchObject({ feel: 'epic', bpm: 90, key: { tonic: 2, mode: 'minor' } });
  expect(plan.music.players.instruments).toEqual(['guitar']);
  expect((await planner.plan('sea waves', null)).swell).toBe(1);
});

test('no colour makes a picture a place: without words the sounds are neutral, by movement alone', async () => {
  for (const colour of [
    [0.05, 0.05, 0.05],
    [0.24, 0.51, 0.2],
    [0.35, 0.55, 0.82],
    [0.75, 0.8, 0.88],
    [0.8, 0.4, 0.2],
  ] as const) {
    expect((await planner.plan('', picture(colour, 0))).reading.text).toBe('quiet room, cloth rustling');
    expect((await planner.plan('', picture(colour, 9))).reading.text).toBe('quiet room, soft impact');
  }
  expect((await planner.plan('  ', null)).reading.text).toBe('quiet room');
});

test('words that name no sound are kept beside the neutral ones', async () => {
  const plan = await planner.plan('happy zxqwv', null);
  expect(plan.reading).toMatchObject({ text: 'happy zxqwv, quiet room', unused: ['zxqwv'] });
  expect((await planner.read('happy zxqwv')).text).toBe('');
});

test('without a word for it the mood follows light, movement and cuts', async () => {
  const dark = { ...picture([0, 0, 0], 0), brightness: new Float32Array(250).fill(0.1) };
  expect((await planner.plan('rain', dark)).music.feel).toBe('mysterious');
  expect((await planner.plan('an epic rain', dark)).music.feel).toBe('epic');
  expect((await planner.plan('rain', null)).music.feel).toBe('calm');
});

test('a pack without a list of words gets the prompt as it is', async () => {
  const plain = soundtrackPlannerOf({}, async () => '');
  const plan = await plain.plan('Some  words', null);
  expect(plan).toMatchObject({ reading: { text: 'Some words', unused: [] }, foleyVoices: ['Some words'], swell: 0 });
});
