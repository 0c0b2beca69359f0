import { expect, test } from 'vitest';
import { foleyVoices } from './foleyVoices.ts';

test('what sounds on and what strikes are drawn apart, each by its own words', () => {
  expect(foleyVoices('leaves rustling and twigs snapping')).toEqual(['leaves rustling', 'twigs snapping']);
  expect(foleyVoices('city street, engine revving, footsteps, door closing')).toEqual([
    'engine revving',
    'footsteps, door closing',
  ]);
});

test('one kind is asked for as it is written, and so are words of one phrase', () => {
  for (const text of [
    'footsteps on gravel, rain',
    'walking through leaves',
    "an all-terrain vehicle's engine revving",
    'wheels and engine',
    'quiet room',
    '',
  ])
    expect(foleyVoices(text)).toEqual([text]);
});
