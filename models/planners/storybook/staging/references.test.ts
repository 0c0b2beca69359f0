import { expect, it } from 'vitest';
import { castFamily, fakeWorld } from '../../../families/video/testing.ts';
import { openCast } from '../planner.ts';
import { readScene } from '../reading/readScene.ts';
import { withReferences } from './references.ts';

const cast = await openCast(castFamily, fakeWorld().context.pack.readText);

it('reports the colours and clothes of a figure that a picture replaces as unused', () => {
  const said = readScene('a red cat in a blue hat walks', cast);
  expect(said.reading).toMatchObject({ used: ['red', 'cat', 'blue', 'hat', 'walks'], unused: [] });
  expect(withReferences(said, 1, cast).reading).toMatchObject({
    used: ['cat', 'walks'],
    unused: ['red', 'blue', 'hat'],
  });
  expect(withReferences(said, 0, cast).reading).toEqual(said.reading);
});

it('adds somebody for each picture that no word names, as far as there is room', () => {
  const said = readScene('on the beach', cast);
  expect(withReferences(said, 1, cast).figures).toHaveLength(1);
  expect(withReferences(said, 5, cast).figures).toHaveLength(cast.slots);
});
