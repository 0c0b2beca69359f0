/** The user's own pictures replace the first figures. */
import type { WordReading } from '../../../families/wordReading.ts';
import type { Cast } from '../cast.ts';
import { namesOf } from '../reading/names.ts';
import type { SaidFigure, SaidScene } from '../reading/said.ts';

/** Adds a figure for every picture that no name in the sentence refers to. */
export function withReferences(said: SaidScene, count: number, cast: Cast): SaidScene {
  const replaced = said.figures.slice(0, count);
  const reading = replaced.reduce(
    (words, { colour, wears }) => withoutEffect(words, `${colour} ${wears}`.split(' ')),
    said.reading,
  );
  const missing = Math.min(count, cast.slots) - said.figures.length;
  const stranger: SaidFigure = {
    entry: namesOf(cast).get('person')?.entry ?? 0,
    colour: '',
    wears: '',
    tone: 0,
    size: 'big',
    motion: 'stand',
    way: null,
    side: null,
    relation: null,
  };
  return {
    ...said,
    reading,
    figures: [...said.figures, ...new Array<SaidFigure>(Math.max(0, missing)).fill(stranger)],
  };
}

/** Marks words for colours and clothes as unused: a picture has its own. */
function withoutEffect(reading: WordReading, values: readonly string[]): WordReading {
  const isLost = (value: string): boolean => value !== '' && values.includes(value);
  return {
    ...reading,
    used: reading.used.filter((word) => !isLost(word)),
    guessed: reading.guessed.filter(({ takenFor }) => !isLost(takenFor)),
    unused: [
      ...reading.unused,
      ...reading.used.filter(isLost),
      ...reading.guessed.filter(({ takenFor }) => isLost(takenFor)).map(({ word }) => word),
    ],
  };
}
