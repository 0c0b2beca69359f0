/** The example that the window shows in its empty field: nobody's first try may start with a word of no effect. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCast } from '../cast.ts';
import { readScene } from './readScene.ts';

const root = new URL('../../../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const cast = readCast(text('models/packs/starter/video/cast.json'));

it.each(['en', 'zh'])('every word of the example in Generate counts: %s', (language) => {
  const texts = JSON.parse(text(`renderer/i18n/${language}/aiPanel.json`)) as { placeholder: { generate: string } };
  const { reading } = readScene(texts.placeholder.generate, cast, { isFresh: true });
  expect(reading).toMatchObject({ text: 'a fox runs in the snow at sunset', unused: [], guessed: [] });
});
