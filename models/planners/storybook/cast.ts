/** Who and what a pack can draw by name (its cast.json), and the world it puts them in. */
import { z } from 'zod';

/** How a figure is built, which decides how it moves. */
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
/** One of the builds of figures. */
export type FigureKind = z.infer<typeof figureKindSchema>;

/** What figures stand on or hang in: 'surface' is on water, 'water' below it. */
const mediumSchema = z.enum(['ground', 'surface', 'water', 'space']);
/** What surrounds figures in a place. */
export type Medium = z.infer<typeof mediumSchema>;

const castEntrySchema = z.object({
  name: z.string(),
  also: z.array(z.string()).default([]),
  zh: z.string().default(''),
  group: z.string().default(''),
  kind: figureKindSchema,
  /** Height relative to that of the size class. */
  height: z.number().positive(),
  /** Width over height of its drawing. */
  aspect: z.number().positive(),
  wears: z.array(z.string()).default([]),
  tones: z.number().int().default(0),
});
/** One figure that the pack can draw. */
export type CastEntry = z.infer<typeof castEntrySchema>;

const phrases = z.record(z.string(), z.array(z.string()));

/** cast.json of a pack. */
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

/** A pack's cast, checked. */
export type Cast = z.infer<typeof castSchema>;

/** Words in the longest name. */
export const longestName = 5;

/** Parses cast.json. Throws a ZodError. */
export function readCast(text: string): Cast {
  return castSchema.parse(JSON.parse(text));
}

const irregular: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  person: 'people',
  child: 'children',
  grandchild: 'grandchildren',
  businesswoman: 'businesswomen',
  calf: 'calves',
  elf: 'elves',
  loaf: 'loaves',
  fireman: 'firemen',
  policeman: 'policemen',
  moose: 'moose',
  bison: 'bison',
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

/** The plural of a name: 'fire engine' -> 'fire engines'. */
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
