/** Figures that are named, named again, or meant by a pronoun. */
import { numberWords } from '../describingWords.ts';
import { namesOf, type FoundName } from '../names.ts';
import type { Draft, Pending, Walk } from '../walk.ts';
import { endClause } from './clauses.ts';

/** Reads a figure's name: a new figure, or one named before. */
export function readName(walk: Walk): number {
  const found = walk.nameAt();
  if (!found) return 0;
  const span = walk.span(found.length);
  // 'a glass castle': the last of several nouns counts, unless commas or small words separate them.
  const next = found.isMany ? null : nextName(walk, found);
  if (next) {
    if (next.entry === found.entry) markName(walk, found);
    else walk.account.drop(span);
    return found.length;
  }
  // 'a penguin skateboards': a verb.
  if (found.isMany && walk.lastName.end === walk.at && !walk.lastName.isMany) {
    walk.account.drop(span);
    endClause(walk);
    return found.length;
  }
  walk.lastName = { end: walk.at + found.length, isMany: found.isMany };
  const again = found.isMany ? null : mentioned(walk, found);
  if (again === null) addFigures(walk, found);
  else mention(walk, again, found);
  return found.length;
}

/** The noun that this one describes. A plural only after a number, or 'a chef cooks' would be several cooks. */
function nextName(walk: Walk, { length }: FoundName): FoundName | null {
  const isChinese = walk.tokens[walk.at]!.spelled.toLowerCase().replace(/['’]s$/u, '') !== walk.word();
  const next = isChinese ? null : walk.nameAt(length);
  return next?.isMany && !walk.pending.some(({ kind }) => kind === 'count') ? null : next;
}

/** The figure mentioned again: 'the fox' after 'a fox' is the same one. */
function mentioned(walk: Walk, { entry }: FoundName): number | null {
  let before = -1;
  while (walk.isAdjective(walk.word(before))) before -= 1;
  if (!/^(the|this|that)$/.test(walk.word(before))) return null;
  const colour = walk.pending.find((pending) => pending.kind === 'colour')?.value;
  const alike = walk.figures.findIndex((figure) => figure.entry === entry && (!colour || figure.colour === colour));
  return alike < 0 ? null : alike;
}

function mention(walk: Walk, index: number, found: FoundName): void {
  markName(walk, found);
  for (const { span } of walk.pending) walk.account.use(span);
  walk.pending = [];
  takeRelation(walk, index);
  walk.named.push(index);
  walk.lastNamed = index;
}

/** Adds as many figures as requested, as far as there is room. */
export function addFigures(walk: Walk, found: FoundName): void {
  const asked = walk.pending.find((pending) => pending.kind === 'count')?.value ?? (found.isMany ? 2 : 1);
  const count = Math.min(asked, walk.cast.slots - walk.figures.length);
  if (count <= 0) {
    walk.account.drop(walk.span(found.length));
    if (walk.relation) walk.account.drop(walk.relation.span);
    walk.relation = null;
    walk.dropPending();
    return;
  }
  markName(walk, found);
  const first = walk.figures.length;
  const draft = describe(walk, found.entry, count);
  for (let copy = 0; copy < count; copy += 1) {
    walk.named.push(walk.figures.length);
    walk.figures.push({ ...draft });
  }
  walk.lastNamed = walk.figures.length - 1;
  walk.isDressing = false;
  takeRelation(walk, first);
}

function markName(walk: Walk, { entry, length, isGuess }: FoundName): void {
  if (isGuess) walk.account.guess(walk.span(length), walk.cast.entries[entry]!.name);
  else walk.account.use(walk.span(length));
}

function takeRelation(walk: Walk, to: number): void {
  if (!walk.relation) return;
  const { from, kind, span, isChase, takenFor } = walk.relation;
  walk.relation = null;
  if (isChase) for (const index of new Set([from, ...walk.subjects])) walk.figures[index]!.motion ??= 'run';
  walk.relate(from, kind, to);
  if (takenFor === null) walk.account.use(span);
  else walk.account.guess(span, takenFor);
}

/** A figure with its pending adjectives; those that it cannot take are reported. */
function describe(walk: Walk, entry: number, count: number): Draft {
  const draft: Draft = {
    entry,
    colour: '',
    wears: '',
    tone: 0,
    size: 'normal',
    motion: null,
    motionSpan: null,
    isMotionGuess: false,
    way: null,
    side: null,
    relation: null,
  };
  for (const pending of walk.pending) {
    const takenFor = apply(walk, draft, pending, count);
    if (takenFor === false) walk.account.drop(pending.span);
    else if (takenFor === null) walk.account.use(pending.span);
    else walk.account.guess(pending.span, takenFor);
  }
  walk.pending = [];
  return draft;
}

/** Applies an adjective: what it was read as, null if literally, false if it has no effect. */
function apply(walk: Walk, draft: Draft, pending: Pending, count: number): string | null | false {
  const { tones, wears } = walk.cast.entries[draft.entry]!;
  switch (pending.kind) {
    case 'colour':
      // For people these would mean skin, which has its own words.
      if (tones > 0 && /^(black|white|brown)$/.test(pending.value)) return false;
      draft.colour = pending.value;
      return pending.takenFor;
    case 'tone':
      if (tones === 0) return false;
      draft.tone = pending.value;
      return pending.takenFor;
    case 'size':
      draft.size = pending.value;
      return pending.takenFor;
    case 'motion':
      draft.motion = pending.value;
      draft.motionSpan = pending.span;
      draft.isMotionGuess = pending.takenFor !== null;
      return pending.takenFor;
    case 'wears':
      if (
        !wears.includes(pending.value.split(' ').slice(-2).join(' ')) &&
        !wears.includes(pending.value.split(' ').at(-1)!)
      )
        return false;
      draft.wears = pending.value;
      return pending.takenFor;
    case 'count':
      return count === pending.value && !pending.isGuess ? null : (numberWords[count] ?? String(count));
  }
}

const pronouns: Readonly<Record<string, { readonly name: string; readonly count: number }>> = {
  he: { name: 'man', count: 1 },
  she: { name: 'woman', count: 1 },
  they: { name: 'person', count: 2 },
  i: { name: 'person', count: 1 },
  we: { name: 'person', count: 2 },
  couple: { name: 'person', count: 2 },
};

/** Reads a pronoun: a figure named before, one known from frames or pictures, or a guess. */
export function readPronoun(walk: Walk): number {
  const word = walk.word();
  if (word === 'it' && walk.figures.length > 0) {
    walk.named.push(walk.lastNamed);
    return 1;
  }
  if (!Object.hasOwn(pronouns, word) || walk.word(1) === 'of') return 0;
  const { name, count } = pronouns[word]!;
  const meant =
    word === 'couple' ? [] : walk.figures.flatMap(({ entry }, index) => (canMean(walk, word, entry) ? [index] : []));
  if (meant.length > 0) {
    walk.named.push(...(count > 1 ? meant : [meant.at(-1)!]));
    walk.account.use(walk.span());
    return 1;
  }
  if (walk.options.hasKnownFigures && word !== 'couple') {
    walk.account.use(walk.span());
    return 1;
  }
  const entry = namesOf(walk.cast).get(name)?.entry;
  if (entry === undefined) {
    walk.account.drop(walk.span());
    return 1;
  }
  const isShown = walk.figures.length < walk.options.referenceCount;
  addFigures(walk, { entry, isMany: count > 1, isGuess: !isShown, length: 1 });
  if (isShown) walk.account.use(walk.span());
  return 1;
}

const femaleNames = /woman|girl|lady|bride|princess|queen|witch|female|mother|mermaid|heroine/;
const maleNames = /\b(man|boy|businessman|prince|king|groom|wizard|male|father|merman)\b/;

function canMean(walk: Walk, pronoun: string, entry: number): boolean {
  const { name, kind } = walk.cast.entries[entry]!;
  if (kind !== 'doll' && kind !== 'bust' && kind !== 'walker') return pronoun === 'they';
  if (pronoun === 'she') return !maleNames.test(name);
  if (pronoun === 'he') return !femaleNames.test(name);
  return true;
}

/** Adds a figure that only a picture shows, for a verb without a subject. */
export function addStrangers(walk: Walk): void {
  const entry = namesOf(walk.cast).get('person')?.entry ?? 0;
  const count = Math.min(walk.options.referenceCount, walk.cast.slots);
  for (let copy = 0; copy < count; copy += 1) {
    walk.named.push(walk.figures.length);
    walk.figures.push({
      entry,
      colour: '',
      wears: '',
      tone: 0,
      size: 'big',
      motion: null,
      motionSpan: null,
      isMotionGuess: false,
      way: null,
      side: null,
      relation: null,
    });
  }
  walk.lastNamed = walk.figures.length - 1;
}
