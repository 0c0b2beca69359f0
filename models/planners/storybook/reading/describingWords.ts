/** Adjectives and small words around a name: counts, colours, skin, sizes, clothes, relations. */
import type { FigureSize, Relation } from './said.ts';

/** The number that a word asks for. */
export interface SaidCount {
  readonly count: number;
  readonly isGuess: boolean;
}

/** Words for numbers. More figures than fit are dropped later. */
export const counts: ReadonlyMap<string, SaidCount> = new Map<string, SaidCount>([
  ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].flatMap((word, i) => [
    [word, { count: i + 2, isGuess: false }] as const,
    [String(i + 2), { count: i + 2, isGuess: false }] as const,
  ]),
  ['both', { count: 2, isGuess: false }],
  ['pair', { count: 2, isGuess: false }],
  ['several', { count: 3, isGuess: true }],
  ['few', { count: 3, isGuess: true }],
  ['many', { count: 4, isGuess: true }],
  ['dozen', { count: 12, isGuess: false }],
  ['dozens', { count: 24, isGuess: true }],
  ['hundred', { count: 100, isGuess: false }],
  ['hundreds', { count: 100, isGuess: true }],
]);

/** Phrases for numbers: 'a herd of elephants'. */
export const countPhrases: ReadonlyMap<string, SaidCount> = new Map<string, SaidCount>([
  ['pair of', { count: 2, isGuess: false }],
  ['couple of', { count: 2, isGuess: false }],
  ...['group', 'herd', 'flock', 'pack', 'bunch', 'crowd', 'swarm', 'line', 'row', 'family'].map(
    (word) => [`${word} of`, { count: 3, isGuess: true }] as const,
  ),
  ['dozens of', { count: 24, isGuess: true }],
]);

/** Numbers in words, by value. */
export const numberWords = ['none', 'one', 'two', 'three', 'four', 'five', 'six'] as const;

/** Skin tones of people, 1 light to 5 dark. Words for origin are not among them. */
export const toneWords: Readonly<Record<string, number>> = {
  pale: 1,
  'pale-skinned': 1,
  'light-skinned': 1,
  'fair-skinned': 2,
  tanned: 3,
  'olive-skinned': 3,
  'brown-skinned': 4,
  'dark-skinned': 5,
};

/** Skin tones after a name: 'a woman with dark skin'. */
export const toneAdjectives: Readonly<Record<string, number>> = {
  pale: 1,
  light: 1,
  fair: 2,
  tanned: 3,
  brown: 4,
  dark: 5,
};

/** Shades, by the painter's colour for them. */
export const shades: Readonly<Record<string, string>> = {
  crimson: 'red',
  scarlet: 'red',
  golden: 'yellow',
  gold: 'yellow',
  violet: 'purple',
  lilac: 'purple',
  magenta: 'pink',
  navy: 'blue',
  azure: 'blue',
  turquoise: 'blue',
  cyan: 'blue',
  teal: 'green',
  lime: 'green',
  emerald: 'green',
  silver: 'white',
  grey: 'white',
  gray: 'white',
  beige: 'brown',
  tan: 'brown',
  ginger: 'orange',
};

/** Clothes that the painter lacks, by the garment it can draw instead. */
export const nearGarments: Readonly<Record<string, string>> = {
  'top hat': 'hat',
  gown: 'dress',
  skirt: 'dress',
  robe: 'dress',
  jacket: 'coat',
  raincoat: 'coat',
  cloak: 'coat',
  cape: 'coat',
  't-shirt': 'shirt',
  jumper: 'shirt',
  sweater: 'shirt',
  pullover: 'shirt',
  hoodie: 'shirt',
  shawl: 'scarf',
  spectacles: 'glasses',
  shades: 'sunglasses',
  tiara: 'crown',
  beret: 'cap',
  sombrero: 'straw hat',
  'sun hat': 'straw hat',
};

/** The size class that a word asks for. */
export interface SaidSize {
  readonly size: FigureSize;
  readonly isGuess: boolean;
}

/** Words for sizes in addition to the pack's own. */
export const moreSizes: ReadonlyMap<string, SaidSize> = new Map<string, SaidSize>([
  ['large', { size: 'big', isGuess: false }],
  ['enormous', { size: 'big', isGuess: false }],
  ['gigantic', { size: 'big', isGuess: false }],
  ['huge', { size: 'big', isGuess: false }],
  ['giant', { size: 'big', isGuess: false }],
  ['tall', { size: 'big', isGuess: true }],
  ['mini', { size: 'small', isGuess: false }],
  ['miniature', { size: 'small', isGuess: false }],
  ['baby', { size: 'small', isGuess: true }],
]);

/** Phrases for relations; a phrase that begins another comes after it. */
export const relationPhrases: readonly (readonly [string, Relation])[] = [
  ['in front of', 'in front of'],
  ['on top of', 'on'],
  ['by the side of', 'beside'],
  ['next to', 'beside'],
  ['beside', 'beside'],
  ['near', 'beside'],
  ['behind', 'behind'],
  ['towards', 'towards'],
  ['toward', 'towards'],
  ['follows', 'after'],
  ['following', 'after'],
  ['after', 'after'],
  ['chases', 'after'],
  ['chasing', 'after'],
  ['chase', 'after'],
  ['above', 'above'],
  ['over', 'above'],
  ['collides with', 'into'],
  ['crashes into', 'into'],
  ['bumps into', 'into'],
  ['meets', 'into'],
  ['rides', 'on'],
  ['riding', 'on'],
  ['ride', 'on'],
  ['on', 'on'],
  ['with', 'beside'],
];
