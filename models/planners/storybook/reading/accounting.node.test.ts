import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRandomStream } from '../../../families/video/noise.ts';
import { readCast } from '../cast.ts';
import { readScene } from './readScene.ts';
import { isSilent } from './silent.ts';

const cast = readCast(readFileSync(new URL('../../../packs/starter/video/cast.json', import.meta.url), 'utf8'));

/** Words of every rule, unknown ones, and punctuation, in any order. */
const words = (
  'a an the two five dogs cat fox boat lighthouse orange red tiny big baby runs jumps fly sits waves plays not no ' +
  'without chases rides behind on with in under wearing hat gown boots and or he she it they them in city park water ' +
  'night dawn rain snow watercolour pencil sketch camera follows pans left right slowly zooms in add remove replace ' +
  'put turn on to quokka festival colorful pair of group look like dark skin pale doe present ship ; , . it 熊猫 两只 吃 ' +
  '在'
).split(' ');

const sentences = Array.from({ length: 600 }, (_, seed) => {
  const stream = openRandomStream(seed, 7);
  const draw = (below: number): number => stream.next() % below;
  return Array.from({ length: 1 + draw(14) }, () => words[draw(words.length)]!).join(' ');
});

it('leaves no word out of the account, whatever the order of the words', () => {
  for (const sentence of sentences) {
    const { reading, figures } = readScene(sentence, cast);
    const told = [...reading.used, ...reading.guessed.map(({ word }) => word), ...reading.unused]
      .join(' ')
      .toLowerCase();
    const missing = sentence
      .toLowerCase()
      .split(' ')
      .filter((word) => /[\p{L}\p{N}]/u.test(word) && !isSilent(word) && !'在'.includes(word))
      .filter((word) => !told.includes(word));
    expect({ sentence, missing }).toEqual({ sentence, missing: [] });
    expect(figures.length).toBeLessThanOrEqual(cast.slots);
  }
});

it('draws as many figures as the text names', () => {
  for (const sentence of sentences) {
    const { figures, reading } = readScene(sentence, cast, { referenceCount: 1 });
    const stated = figures.length === 0 ? 0 : reading.text.split(' and ').length;
    expect({ sentence, stated }).toEqual({ sentence, stated: figures.length });
  }
});
