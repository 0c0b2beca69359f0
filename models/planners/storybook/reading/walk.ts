/** The state of one walk over a prompt's words, from left to right. Rules read it and add to it. */
import type { Cast } from '../cast.ts';
import type { MotionName } from '../staging/motion.ts';
import { Account, type Span } from './account.ts';
import { shades, toneWords, counts, moreSizes } from './describingWords.ts';
import { motionWords } from './motionWords.ts';
import { alsoOtherWords, longestNameIn, type FoundName } from './names.ts';
import type { EditOrder, FigureSize, Relation } from './said.ts';
import { articles, isSilent } from './silent.ts';
import { isPunctuation, type Token } from './tokens.ts';
import { worldOf, type Found, type World, type WorldPart } from './world.ts';

/** A figure while the sentence is being read. */
export interface Draft {
  entry: number;
  colour: string;
  wears: string;
  tone: number;
  size: FigureSize;
  motion: MotionName | null;
  /** The verb's place in the prompt. */
  motionSpan: Span | null;
  /** The verb means something near to the motion. */
  isMotionGuess: boolean;
  way: 1 | -1 | null;
  side: 'left' | 'middle' | 'right' | null;
  relation: { kind: Relation; to: number } | null;
}

/** An adjective that waits for its noun. */
export type Pending = { readonly span: Span; readonly takenFor: string | null } & (
  | { readonly kind: 'colour'; readonly value: string }
  | { readonly kind: 'tone'; readonly value: number }
  | { readonly kind: 'size'; readonly value: FigureSize }
  | { readonly kind: 'count'; readonly value: number; readonly isGuess: boolean }
  | { readonly kind: 'motion'; readonly value: MotionName }
  | { readonly kind: 'wears'; readonly value: string }
);

/** What is known before the walk begins. */
export interface WalkOptions {
  readonly order: EditOrder;
  /** Reference pictures: somebody is in the scene although no word names them. */
  readonly referenceCount: number;
  /** True when the words are about figures that are known from elsewhere: 'she' is one of them. */
  readonly hasKnownFigures: boolean;
}

/** One walk; rules advance `at` by what they return. */
export class Walk {
  readonly tokens: readonly Token[];
  readonly cast: Cast;
  readonly world: World;
  readonly account: Account;
  readonly options: WalkOptions;
  at = 0;
  order: EditOrder;
  figures: Draft[] = [];
  pending: Pending[] = [];
  /** Before the next name: what the figure `from` does to it. */
  relation: {
    readonly kind: Relation;
    readonly from: number;
    readonly span: Span;
    /** Those who chase run. */
    readonly isChase: boolean;
    readonly takenFor: string | null;
  } | null = null;
  /** The figure that was named last, or mentioned again. */
  lastNamed = -1;
  /** Where the last name ended, and whether it was one of a kind. */
  lastName = { end: -1, isMany: false };
  /** Figures that the next verb is about, and those of the last one. */
  named: number[] = [];
  subjects: number[] = [];
  /** After 'wearing': clothes follow. */
  isDressing = false;
  readonly said: Record<WorldPart, { name: string; span: Span | null } | null> = {
    place: null,
    time: null,
    weather: null,
    style: null,
    camera: null,
  };

  constructor(tokens: readonly Token[], cast: Cast, options: WalkOptions) {
    this.tokens = tokens;
    this.cast = cast;
    this.world = worldOf(cast);
    this.account = new Account(tokens);
    this.options = options;
    this.order = options.order;
  }

  /** '' beyond either end. */
  word(offset = 0): string {
    return this.tokens[this.at + offset]?.word ?? '';
  }

  /** `count` words from `offset`, joined by spaces. */
  words(count: number, offset = 0): string {
    const from = this.at + offset;
    return this.tokens
      .slice(from, from + count)
      .map(({ word }) => word)
      .join(' ');
  }

  span(length = 1, offset = 0): Span {
    return { start: this.at + offset, length };
  }

  /** The colour that the painter uses for a word, '' for none. */
  colourOf(word: string): string {
    if (this.cast.colours.includes(word)) return word;
    return Object.hasOwn(shades, word) ? shades[word]! : '';
  }

  isAdjective(word: string): boolean {
    return (
      this.colourOf(word) !== '' ||
      counts.has(word) ||
      moreSizes.has(word) ||
      motionWords.has(word) ||
      Object.hasOwn(toneWords, word) ||
      this.sizeOf(word) !== null
    );
  }

  sizeOf(word: string): FigureSize | null {
    const found = Object.entries(this.cast.sizeWords).find(([, words]) => words.includes(word));
    return (found?.[0] as FigureSize | undefined) ?? moreSizes.get(word)?.size ?? null;
  }

  /** The longest name that begins at a word, unless it is a verb, a colour or the first half of another name there. */
  nameAt(offset = 0): FoundName | null {
    const start = this.at + offset;
    const words = this.tokens.slice(start, start + 6).map(({ word }) => word);
    const found = longestNameIn(words, this.cast);
    if (!found || found.length > 1) return found;
    if (isSilent(words[0]!)) return null;
    if (!alsoOtherWords.has(words[0]!)) return found;
    if (!this.#isNounPlace(start, found.isMany)) return null;
    return this.colourOf(words[0]!) !== '' && this.nameAt(offset + 1) ? null : found;
  }

  /** After an article, an adjective, or an article and a word that nobody knows: 'a pirate ship'. */
  #isNounPlace(start: number, isMany: boolean): boolean {
    const before = this.tokens[start - 1]?.word ?? '';
    // Plurals need no article, only a place where no verb can be: 'while bats fly'.
    if (isMany && (before === '' || isSilent(before) || isPunctuation(before))) return true;
    if (articles.has(before) || this.isAdjective(before)) return true;
    const isKnown = isSilent(before) || motionWords.has(before) || longestNameIn([before], this.cast) !== null;
    return !isKnown && articles.has(this.tokens[start - 2]?.word ?? '');
  }

  /** Sets a part of the world; of two places the first counts, of anything else the last. */
  set({ kind, name, isGuess }: Found, span: Span): void {
    const before = this.said[kind];
    if (kind === 'place' && before && before.name !== name) {
      this.account.drop(span);
      return;
    }
    if (before?.span && before.name !== name) this.account.drop(before.span);
    this.said[kind] = { name, span };
    if (isGuess) this.account.guess(span, name);
    else this.account.use(span);
    this.dropPending();
  }

  /** Adjectives whose noun is no figure. */
  dropPending(): void {
    for (const { span } of this.pending) this.account.drop(span);
    this.pending = [];
  }

  /** How far ahead the noun phrase begins, past articles and adjectives. */
  pastAdjectives(offset: number): number {
    let next = offset;
    while (articles.has(this.word(next)) || (this.isAdjective(this.word(next)) && !this.nameAt(next))) next += 1;
    return next;
  }

  relate(which: number, kind: Relation, to: number): void {
    const figure = this.figures[which];
    if (!figure || which === to) return;
    figure.relation ??= { kind, to };
    if (kind === 'after' && figure.motion === 'run') this.figures[to]!.motion ??= 'run';
  }
}
