/** Places, times, weather and looks. */
import { longestNameIn } from '../names.ts';
import { articles, isSilent } from '../silent.ts';
import { isPunctuation } from '../tokens.ts';
import type { Walk } from '../walk.ts';
import { longestPhrase } from '../world.ts';

const ofPlaces: ReadonlySet<string> = new Set(
  'in on at by near among through to across under over along towards into from amid down inside'.split(' '),
);

/** Places that are also verbs or parts of phrases: 'a robot waves', 'a hot air balloon'. */
const placesOnlyAfterPreposition: ReadonlySet<string> = new Set(
  'waves air ice fair port stage sand peak stars field stream coast shore moon house'.split(' '),
);

/** Reads one of the pack's phrases, or a listed one. */
export function readPhrase(walk: Walk): number {
  for (let count = longestPhrase; count >= 2; count -= 1) {
    if (isPunctuation(walk.word(count - 1))) continue;
    const found = walk.world.phrases.get(walk.words(count));
    if (!found || walk.at + count > walk.tokens.length) continue;
    walk.set(found, walk.span(count));
    return count;
  }
  return 0;
}

/** Reads a place after a preposition: 'to the stars', 'by the sea', though stars are also things. */
export function readPlaceWord(walk: Walk): number {
  const found = walk.world.words.get(walk.word());
  if (found?.kind !== 'place') return 0;
  const before = prepositionBefore(walk);
  // 'over the moon' is above it.
  if (!ofPlaces.has(before) || (walk.word() === 'moon' && before !== 'on' && before !== 'to')) return 0;
  walk.set(found, walk.span());
  return 1;
}

/** The preposition before 'the', or before an article and adjectives if no figure is named: 'across a misty field'. */
function prepositionBefore(walk: Walk): string {
  let back = -1;
  const isAlsoName = longestNameIn([walk.word()], walk.cast) !== null;
  if (isAlsoName) return walk.word(walk.word(back) === 'the' ? back - 1 : back);
  while (back > -4 && !isSilent(walk.word(back))) back -= 1;
  while (articles.has(walk.word(back))) back -= 1;
  return walk.word(back);
}

/** Reads any other single word for a part of the world. */
export function readWorldWord(walk: Walk): number {
  const found = walk.world.words.get(walk.word());
  if (!found || placesOnlyAfterPreposition.has(walk.word())) return 0;
  walk.set(found, walk.span());
  return 1;
}
