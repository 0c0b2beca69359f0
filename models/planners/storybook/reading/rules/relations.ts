/** What one figure does to another. */
import { relationPhrases } from '../describingWords.ts';
import type { Relation } from '../said.ts';
import type { Walk } from '../walk.ts';
import { endClause } from './clauses.ts';

const pronouns: ReadonlySet<string> = new Set(['it', 'her', 'him', 'them']);

/** Reads a preposition or verb between two figures. */
export function readRelation(walk: Walk): number {
  if (walk.figures.length === 0) return 0;
  for (const [phrase, kind] of relationPhrases) {
    const count = phrase.split(' ').length;
    if (walk.words(count) === phrase && opens(walk, kind, phrase, count)) return count;
  }
  return 0;
}

/** Opens a relation if a name follows ('on the beach' is a place). 'behind it', 'follows' refer to the last figure. */
function opens(walk: Walk, kind: Relation, phrase: string, count: number): boolean {
  const span = walk.span(count);
  const from = walk.lastNamed;
  const next = walk.pastAdjectives(count);
  const isChase = phrase.startsWith('chas');
  const isPronoun = pronouns.has(walk.word(count));
  if (walk.nameAt(next) && !isPronoun) {
    walk.relation = { kind, from, span, isChase, takenFor: /^rid/.test(phrase) ? 'on' : null };
  } else if (walk.figures.length > 1 && (isPronoun || phrase === 'follows' || phrase === 'behind')) {
    if (isChase) walk.figures[from]!.motion ??= 'run';
    walk.relate(from, kind, from === 0 ? 1 : from - 1);
    walk.account.use(span);
  } else return false;
  // 'chases', 'follows' and 'meets' are also the verb of the figures named before.
  if (kind === 'after' || kind === 'into' || phrase.startsWith('rid')) endClause(walk);
  return true;
}
