/** Places, times, weather and looks. */
import { isPunctuation } from '../tokens.ts';
import type { Walk } from '../walk.ts';
import { longestPhrase } from '../world.ts';

const ofPlaces: ReadonlySet<string> = new Set(
  'in on at by near among through to across under over along towards into from amid'.split(' '),
);

/** Places that are also verbs, or parts of other words: 'a robot waves', 'a hot air balloon'. */
const placesOnlyAfterPreposition: ReadonlySet<string> = new Set(
  'waves air ice fair port stage sand peak stars field stream coast shore moon house'.split(' '),
);

/** The pack's own phrases, and listed ones. */
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

/** 'to the stars', 'by the sea': a place after a preposition, though stars are things too. */
export function readPlaceWord(walk: Walk): number {
  const found = walk.world.words.get(walk.word());
  if (found?.kind !== 'place') return 0;
  const before = walk.word(-1) === 'the' ? walk.word(-2) : walk.word(-1);
  if (!ofPlaces.has(before)) return 0;
  walk.set(found, walk.span());
  return 1;
}

/** Any other single word for a part of the world. */
export function readWorldWord(walk: Walk): number {
  const found = walk.world.words.get(walk.word());
  if (!found || placesOnlyAfterPreposition.has(walk.word())) return 0;
  walk.set(found, walk.span());
  return 1;
}
