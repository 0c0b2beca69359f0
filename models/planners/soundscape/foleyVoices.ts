/**
 * Prompts mix sustained foley and single sounds ('an engine revving, footsteps'), but the model was mostly trained on
 * one kind at a time and picks one of them. So each group is generated separately, and the stem is their sum.
 */
import { foleyKinds, type FoleyKind } from './foleyKinds.ts';

/** Every phrase of the table with its kind, the longest first: 'car door' is a door and not a car. */
const phrases = foleyKinds
  .flatMap((kind) => kind.phrases.map((phrase) => ({ kind, words: phrase.split(' ') })))
  .toSorted((a, b) => b.words.length - a.words.length);

/** The kind of foley that the words name; null if none. Plurals count. */
export function foleyKindIn(text: string): FoleyKind | null {
  const words = text.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  const same = (word: string, known: string): boolean => word === known || word === `${known}s`;
  const found = phrases.find(({ words: known }) =>
    words.some((_, at) => known.every((each, i) => words[at + i] !== undefined && same(words[at + i]!, each))),
  );
  return found?.kind ?? null;
}

/** The texts to generate: the text itself, or if it names both groups, its sustained phrases and its single sounds. */
export function foleyVoices(text: string): readonly string[] {
  const parts = text
    .split(/\s*(?:[,;.]|\b(?:and|with|then|while|under|over|plus)\b)\s*/u)
    .filter((part) => part !== '')
    .map((part) => ({ part, kind: foleyKindIn(part) }));
  const joined = (sustained: boolean): string =>
    parts.flatMap(({ part, kind }) => (kind?.sustained === sustained ? [part] : [])).join(', ');
  const [on, struck] = [joined(true), joined(false)];
  return on !== '' && struck !== '' ? [on, struck] : [text];
}
