import { describe, expect, test } from 'vitest';
import { hashedRestyle } from './hash.ts';
import { lookIds, looks } from './looks.ts';
import { readLooks } from './readLooks.ts';

describe('the words of looks', () => {
  test('every word of the list chooses its look alone, in both languages', () => {
    for (const id of lookIds) {
      for (const word of [...looks[id].words, ...looks[id].chinese])
        expect({ word, ...readLooks(word) }).toMatchObject({ word, looks: [id], unused: [], clash: null });
    }
  });

  test.each([
    ['make it look like a watercolour', ['watercolour'], []],
    ['Film Noir', ['noir'], []],
    ['make it snow', ['snow'], []],
    ['a rainy night, drawn with a pencil', ['night', 'rain', 'pencil'], []],
    ['winter and falling snow', ['winter', 'snow'], []],
    ['dreamy oil painting by Monet', ['oil'], ['dreamy', 'monet']],
    ['把画面变成水彩风格', ['watercolour'], []],
    ['下雪的夜晚', ['night', 'snow'], []],
    ['请做成黑色电影', ['noir'], []],
    ['梵高的油画', ['oil'], ['梵高']],
    ['like van gogh', [], ['van', 'gogh']],
    ['', [], []],
  ] as const)('%s', (prompt, chosen, unused) => {
    expect(readLooks(prompt)).toMatchObject({ looks: chosen, unused });
  });

  test.each(['no rain, pencil', 'pencil without the rain', 'pencil, not raining', '铅笔，不要下雨'])(
    'what is denied is not drawn: %s',
    (prompt) => {
      const { looks: chosen, unused } = readLooks(prompt);
      expect(chosen).toEqual(['pencil']);
      expect(unused).toHaveLength(1);
    },
  );

  test('two looks of a kind cannot be had at once', () => {
    expect(readLooks('oil painting and pencil').clash).toEqual(['oil', 'pencil']);
    expect(readLooks('film noir at night in the rain').clash).toBeNull();
  });
});

test('a restyle without a strength has the hash that it had before looks came', () => {
  const request = {
    action: 'restyle',
    prompt: 'pencil',
    seed: 1,
    steps: null,
    guidance: null,
    packId: 'starter',
    durationTicks: 1,
    source: { kind: 'media', id: 'm', startTicks: 0 },
    mask: null,
    scope: 'everything',
    keepShapes: 0.8,
  } as unknown as Parameters<typeof hashedRestyle>[0];
  const before = JSON.stringify(hashedRestyle(request));
  expect(JSON.stringify(hashedRestyle({ ...request, strength: null }))).toBe(before);
  expect(before).not.toContain('strength');
  expect(JSON.stringify(hashedRestyle({ ...request, keepFaces: false }))).toBe(before);
  // a look does not depend on the pack that is chosen
  const look = { ...request, strength: 1 };
  expect(hashedRestyle(look)).toEqual(hashedRestyle({ ...look, packId: 'other' }));
});
