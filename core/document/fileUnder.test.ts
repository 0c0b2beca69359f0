import { expect, it } from 'vitest';
import { fileUnder, takesOver } from './fileUnder.ts';
import { takeFileOf } from './names.ts';
import type { Take } from './schema.ts';

function take(id: string, over: { kind: 'media' | 'take'; id: string } | null): Take {
  return {
    ...{
      id,
      file: takeFileOf(`${id}.mkv`),
      kind: 'video',
      action: 'inpaint',
      prompt: '',
      rewrittenPrompt: '',
      seed: 1,
    },
    ...{
      unknownWords: [],
      packId: 'p',
      requestHash: 'h',
      durationTicks: 1,
      width: 64,
      height: 36,
      sourceStartTicks: 0,
    },
    ...{ rate: { num: 30, den: 1 }, device: 'CPU', createdAt: '', parentTakeId: null },
    patch: over && {
      over: { ...over, startTicks: 0 },
      picture: { width: 64, height: 36 },
      box: { x: 0, y: 0, width: 8, height: 8 },
    },
  };
}

const takes = {
  film: take('film', null),
  lower: take('lower', { kind: 'media', id: 'm' }),
  upper: take('upper', { kind: 'take', id: 'lower' }),
  onFilm: take('onFilm', { kind: 'take', id: 'film' }),
  round: take('round', { kind: 'take', id: 'about' }),
  about: take('about', { kind: 'take', id: 'round' }),
};

it('goes down through all patches to the file below them; a circle ends', () => {
  expect(fileUnder(takes, takes.film)).toEqual({ kind: 'take', id: 'film' });
  expect(fileUnder(takes, takes.upper)).toEqual({ kind: 'media', id: 'm' });
  expect(fileUnder(takes, takes.onFilm)).toEqual({ kind: 'take', id: 'film' });
  expect(fileUnder(takes, takes.round).kind).toBe('take');
});

it('finds every take that needs a file', () => {
  expect(takesOver(takes, ['m'])).toEqual(['lower', 'upper']);
  expect(takesOver(takes, ['other'])).toEqual([]);
});
