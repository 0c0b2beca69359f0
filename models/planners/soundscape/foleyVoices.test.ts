import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foleyKinds } from './foleyKinds.ts';
import { foleyKindIn, foleyVoices } from './foleyVoices.ts';

test('the table is the one the model was taught with, and sustained kinds are those made from motion', () => {
  const training = join(import.meta.dirname, '../../training/soundtrack');
  const python = readFileSync(join(training, 'prompts.py'), 'utf8').split('FOLEY = {')[1]!.split('\n}')[0]!;
  const taught = [...python.matchAll(/^ {4}'(\w+)': \[(.*)\],$/gm)].map(([, name, list]) => ({
    name,
    phrases: [...list!.matchAll(/'([^']*)'/g)].map(([, phrase]) => phrase),
  }));
  expect(foleyKinds.map(({ name, phrases }) => ({ name, phrases }))).toEqual(taught);
  const flows = /^FLOWS = \{(.*)\}/m.exec(readFileSync(join(training, 'foley.py'), 'utf8'))![1]!;
  expect(foleyKinds.filter(({ sustained }) => sustained).map(({ name }) => name)).toEqual(
    [...flows.matchAll(/'(\w+)':/g)].map(([, name]) => name),
  );
});

test('a stretch of words names the kind of its longest phrase', () => {
  expect(foleyKindIn('a car')?.name).toBe('engine');
  expect(foleyKindIn('a car door slams')?.name).toBe('door');
  expect(foleyKindIn('walking through leaves')?.name).toBe('leaves');
  expect(foleyKindIn('a quiet room')).toBeNull();
});

test.each([
  ['city street, engine revving, footsteps, door closing', ['engine revving', 'footsteps, door closing']],
  ['skiing while a dog barks', ['skiing', 'a dog barks']],
  ['a motorcycle and clapping', ['a motorcycle', 'clapping']],
  ['coffee pouring, glass clinking', ['coffee pouring', 'glass clinking']],
])('%s: what sounds on and what strikes are generated apart', (text, voices) => {
  expect(foleyVoices(text)).toEqual(voices);
});

test.each([
  'footsteps on gravel, rain',
  'walking through leaves',
  "an all-terrain vehicle's engine revving",
  'wheels and engine',
  'footsteps, door closing',
  'quiet room',
  '',
])('%s: one group is asked for as it is written', (text) => {
  expect(foleyVoices(text)).toEqual([text]);
});
