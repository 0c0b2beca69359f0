/** Reads a search into what is wanted of files: things, how many, shot sizes, sound, parts of names. Pure. */
import type { SeenMoment, SeenSummary } from '../../../core/contract/seen.ts';
import { isLatin, numbers, phrases, type Wanted } from './seenWords.ts';

/** One thing that is wanted, at least `count` of them at once. */
export interface Term extends Wanted {
  readonly count: number;
}

/** A search. */
export interface Query {
  readonly terms: readonly Term[];
  /** What no word stands for: sought in names. */
  readonly rest: readonly string[];
}

/** Why a file was found: the moments of one term, in order. */
export interface Reason {
  readonly term: Term;
  readonly moments: readonly SeenMoment[];
}

/** Letters after which a word that is still being typed counts as begun. */
const begunAfter = 3;

/** Reads what was typed: the longest phrase first, a number before a thing is how many. */
export function readQuery(text: string): Query {
  const terms: Term[] = [];
  const rest: string[] = [];
  let left = text
    .trim()
    .toLowerCase()
    .replace(/[\s,，、]+/g, ' ');
  let count = 1;
  while (left !== '') {
    const number = numberAt(left);
    if (number) {
      const after = left.slice(number.length).replace(/^ ?[个只条匹头辆位名]?/, '');
      // a number that no thing follows is part of a name
      if (phraseAt(after)?.wanted.kind === 'thing') {
        count = number.value;
        left = after;
        continue;
      }
    }
    const found = phraseAt(left);
    if (found) {
      terms.push({ ...found.wanted, count: found.wanted.kind === 'thing' ? count : 1 });
      left = left.slice(found.length).trimStart();
    } else {
      const [word] = left.split(' ');
      rest.push(word!);
      left = left.slice(word!.length).trimStart();
    }
    count = 1;
  }
  return { terms, rest };
}

function numberAt(text: string): { value: number; length: number } | null {
  const digits = /^\d+(?=\D)/.exec(text);
  if (digits) return { value: Number(digits[0]), length: digits[0].length };
  for (const [word, value] of numbers)
    if (text.startsWith(word) && (!isLatin(word) || text[word.length] === ' ')) return { value, length: word.length };
  return null;
}

function phraseAt(text: string): { wanted: Wanted; length: number } | null {
  let best: { wanted: Wanted; length: number } | null = null;
  for (const [phrase, wanted] of phrases) {
    if (best && phrase.length <= best.length) continue;
    if (!text.startsWith(phrase)) continue;
    const next = text[phrase.length];
    if (isLatin(phrase) && next !== undefined && next !== ' ' && isLatin(next)) continue;
    best = { wanted, length: phrase.length };
  }
  if (best || !isLatin(text) || text.length < begunAfter) return best;
  for (const [phrase, wanted] of phrases) if (phrase.startsWith(text)) return { wanted, length: text.length };
  return null;
}

/** Why a file is found by what is seen in it; null where a term finds nothing, or nothing but a name is wanted. */
export function reasonsFor({ terms }: Query, seen: SeenSummary | undefined): readonly Reason[] | null {
  if (!seen || terms.length === 0) return null;
  const reasons = terms.map((term) => ({ term, moments: momentsOf(term, seen) }));
  return reasons.every(({ moments }) => moments.length > 0) ? reasons : null;
}

function momentsOf(term: Term, { moments }: SeenSummary): readonly SeenMoment[] {
  return moments.filter(
    (moment) =>
      moment.kind === term.kind && moment.name === term.name && (moment.kind !== 'thing' || moment.count >= term.count),
  );
}
