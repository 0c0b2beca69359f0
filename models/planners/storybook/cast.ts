/**
 * Who and what a pack can draw by name (its cast.json), and the world it puts them in. A pack without a cast gets the
 * prompt as it is; one with a cast has its sentence read (readScene.ts), its figures placed (placeFigures.ts) and drawn
 * by the painter.
 */
import { z } from 'zod';

export const figureKindSchema = z.enum([
  'walker',
  'hopper',
  'doll',
  'bust',
  'swimmer',
  'vehicle',
  'boat',
  'flyer',
  'sky',
  'ball',
  'thing',
  'still',
]);
export type FigureKind = z.infer<typeof figureKindSchema>;

/** What figures stand on or hang in: 'surface' is on water, 'water' below it. */
const mediumSchema = z.enum(['ground', 'surface', 'water', 'space']);
export type Medium = z.infer<typeof mediumSchema>;

const castEntrySchema = z.object({
  name: z.string(),
  also: z.array(z.string()).default([]),
  zh: z.string().default(''),
  group: z.string().default(''),
  kind: figureKindSchema,
  /** Against the size class's share of the frame's height. */
  height: z.number().positive(),
  /** Width over height of its drawing. */
  aspect: z.number().positive(),
  wears: z.array(z.string()).default([]),
  tones: z.number().int().default(0),
});
export type CastEntry = z.infer<typeof castEntrySchema>;

const phrases = z.record(z.string(), z.array(z.string()));

export const castSchema = z.object({
  /** Figures that one picture can hold. */
  slots: z.number().int().positive(),
  textureSide: z.number().int().positive(),
  toneCount: z.number().int(),
  /** Size class -> height in frame heights. */
  sizes: z.record(z.string(), z.number()),
  colours: z.array(z.string()),
  garments: z.array(z.string()),
  colouredGarments: z.array(z.string()),
  clothColours: z.array(z.string()),
  places: z.array(
    z.object({ name: z.string(), phrases: z.array(z.string()).min(1), medium: mediumSchema, hasTimes: z.boolean() }),
  ),
  times: phrases,
  weathers: phrases.default({}),
  styles: phrases,
  cameras: phrases,
  motions: phrases,
  sizeWords: phrases,
  entries: z.array(castEntrySchema).min(1),
});

export type Cast = z.infer<typeof castSchema> & {
  /** A name, another word for it, or their plural -> its index in `entries`. */
  readonly index: ReadonlyMap<string, number>;
  /** Words the cast lacks -> the name nearest in meaning. */
  readonly near: Readonly<Record<string, string>>;
};

/** Words in the longest name: how far ahead the reader looks. */
export const longestName = 5;

export function readCast(castText: string, nearText: string | null): Cast {
  const cast = castSchema.parse(JSON.parse(castText));
  const near = nearText === null ? {} : z.record(z.string(), z.string()).parse(JSON.parse(nearText));
  const index = new Map<string, number>();
  const add = (words: string, at: number): void => {
    if (!index.has(words)) index.set(words, at);
  };
  cast.entries.forEach((entry, at) => add(entry.name, at));
  cast.entries.forEach((entry, at) => entry.also.forEach((word) => add(word, at)));
  cast.entries.forEach((entry, at) => [entry.name, ...entry.also].forEach((word) => add(plural(word), at)));
  return { ...cast, index, near };
}

const irregular: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  person: 'people',
  child: 'children',
  mouse: 'mice',
  goose: 'geese',
  wolf: 'wolves',
  policewoman: 'policewomen',
  businessman: 'businessmen',
  knife: 'knives',
  leaf: 'leaves',
  sheep: 'sheep',
  fish: 'fish',
  deer: 'deer',
};

export function plural(name: string): string {
  const words = name.split(' ');
  const last = words.at(-1)!;
  const many = Object.hasOwn(irregular, last)
    ? irregular[last]!
    : /(s|x|z|ch|sh)$/.test(last)
      ? `${last}es`
      : /[^aeiou]y$/.test(last)
        ? `${last.slice(0, -1)}ies`
        : `${last}s`;
  return [...words.slice(0, -1), many].join(' ');
}
