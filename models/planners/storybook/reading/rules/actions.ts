/** Verbs: what the figures do, and in which direction. */
import type { Span } from '../account.ts';
import { motionPhrases, motionWords, type SaidMotion } from '../motionWords.ts';
import { articles } from '../silent.ts';
import type { Draft, Walk } from '../walk.ts';
import { endClause } from './clauses.ts';
import { addStrangers } from './figures.ts';

/** A verb, or a phrase of one. */
export function readMotion(walk: Walk): number {
  for (const count of [3, 2]) {
    const said = motionPhrases.get(walk.words(count));
    if (said === undefined) continue;
    const span = walk.span(count);
    if (said === null) {
      walk.account.drop(span);
      endClause(walk);
    } else move(walk, said, span);
    return count;
  }
  const said = motionWords.get(walk.word());
  if (!said) return 0;
  move(walk, said, walk.span());
  return 1;
}

function move(walk: Walk, said: SaidMotion, span: Span): void {
  if (describesNext(walk) || hasObject(walk, said, span.length)) {
    const takenFor = said.isGuess ? verbOf(walk, said) : null;
    walk.pending.push({ kind: 'motion', value: said.motion, span, takenFor });
    return;
  }
  // 'shakes a cocktail': the pack lacks the object that moves.
  if (movesObjects.has(said.motion) && articles.has(walk.word(span.length)) && walk.figures.length > 0) {
    walk.account.drop(span);
    endClause(walk);
    return;
  }
  if (walk.figures.length === 0 && walk.options.referenceCount > 0) addStrangers(walk);
  if (walk.named.length > 0) endClause(walk);
  const { subjects } = walk;
  let isDone = false;
  for (const index of subjects) {
    const figure = walk.figures[index]!;
    if (yields(figure, said)) {
      const replaced = figure.motionSpan;
      figure.motion = said.motion;
      figure.motionSpan = span;
      figure.isMotionGuess = said.isGuess;
      if (replaced && walk.figures.every(({ motionSpan }) => motionSpan !== replaced)) walk.account.drop(replaced);
    }
    isDone ||= figure.motion === said.motion;
  }
  walk.dropPending();
  if (!isDone) walk.account.drop(span);
  else if (said.isGuess) walk.account.guess(span, verbOf(walk, said));
  else walk.account.use(span);
}

/** Motion replaces standing, and a named motion replaces a guess. */
const yields = ({ motion, isMotionGuess }: Draft, said: SaidMotion): boolean =>
  motion === null || (motion === 'stand' && said.motion !== 'stand') || (isMotionGuess && !said.isGuess);

/** Verbs that move their object: 'fly a kite', 'drops an egg'. */
const movesObjects: ReadonlySet<string> = new Set('fly drive roll bounce fall spin swing shake slide float'.split(' '));

const verbOf = (walk: Walk, { motion }: SaidMotion): string => walk.cast.motions[motion]?.[0] ?? motion;

function hasObject(walk: Walk, { motion }: SaidMotion, length: number): boolean {
  return (
    movesObjects.has(motion) &&
    articles.has(walk.word(length)) &&
    walk.nameAt(walk.pastAdjectives(length)) !== null &&
    walk.figures.length > 0
  );
}

/** 'a swimming hippo': the verb stands before a name, after an article, an adjective or nothing. */
function describesNext(walk: Walk): boolean {
  if (walk.nameAt(walk.pastAdjectives(1)) === null || articles.has(walk.word(1))) return false;
  const before = walk.word(-1);
  return articles.has(before) || walk.isAdjective(before) || walk.figures.length === 0;
}

/** Reads 'on the left', 'to the right', 'from left to right'. */
export function readSide(walk: Walk): number {
  const word = walk.word();
  if (word === 'leftwards' || word === 'rightwards') return go(walk, word === 'leftwards' ? -1 : 1);
  const side = { left: 'left', right: 'right', middle: 'middle', center: 'middle', centre: 'middle' }[word];
  if (side === undefined) return 0;
  const figure = walk.figures[walk.lastNamed];
  const before = [walk.word(-3), walk.word(-2), walk.word(-1)];
  if ((before.includes('to') || motionWords.has(walk.word(-1))) && side !== 'middle')
    return go(walk, side === 'left' ? -1 : 1);
  if (before.includes('from')) return go(walk, side === 'left' ? 1 : -1);
  if (!figure) {
    walk.account.drop(walk.span());
    return 1;
  }
  figure.side = side as 'left' | 'middle' | 'right';
  walk.account.use(walk.span());
  return 1;
}

function go(walk: Walk, way: 1 | -1): number {
  if (walk.figures.length > 0) walk.account.use(walk.span());
  else walk.account.drop(walk.span());
  const subjects = walk.named.length > 0 ? walk.named : walk.subjects;
  const meant = subjects.length > 0 ? subjects.map((index) => walk.figures[index]!) : walk.figures;
  for (const figure of meant) figure.way ??= way;
  return 1;
}
