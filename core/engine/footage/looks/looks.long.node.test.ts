import { expect, test } from 'vitest';
import { lookIds } from '../../../actions/restyle/looks.ts';
import { changeBetween, drawForTest, filmOf } from './drawForTest.node.ts';

const film = filmOf({ width: 66, height: 38 });
const source = { looks: [], strength: 1 };
const every = (strength: number) => lookIds.map((look) => ({ looks: [look], strength }));

test('a look is deterministic: a second run makes the same frames', async () => {
  expect(await drawForTest(film, every(1))).toEqual(await drawForTest(film, every(1)));
});

test('strength 0 is the footage, and half of it lies between', async () => {
  const [plain, ...none] = await drawForTest(film, [source, ...every(0)]);
  for (const frames of none) expect(frames).toEqual(plain);
  const half = await drawForTest(film, every(0.5));
  const full = await drawForTest(film, every(1));
  for (const [index, look] of lookIds.entries()) {
    const [some, all] = [half, full].map((drawn) => changeBetween(drawn[index]![0]!, plain![0]!));
    // squares of a mosaic are as small as they get in a film this small
    expect({ look, isLess: some! < all! }).toEqual({ look, isLess: look !== 'mosaic' });
  }
});

test('looks of several kinds are drawn over each other', async () => {
  const [three, one] = await drawForTest(film, [
    { looks: ['snow', 'pencil', 'oldFilm'], strength: 1 },
    { looks: ['pencil'], strength: 1 },
  ]);
  expect(changeBetween(three![0]!, one![0]!)).toBeGreaterThan(2);
});
