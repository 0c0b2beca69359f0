/** State of one walk over a prompt's words, from left to right. Rules read and extend it. */
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
  /** Position of the verb in the prompt. */
  motionSpan: Span | null;
  /** The verb only means something close to the motion. */
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

/** Context of a walk. */
export interface WalkOptions {
  readonly order: EditOrder;
  /** Number of reference pictures, whose subjects are in the scene even if no word names them. */
  readonly referenceCount: number;
  /** True if the words are about figures known from frames: 'she' is one of them. */
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
  /** The relation of figure `from` to the next name. */
  relation: {
    readonly kind: Relation;
    readonly from: number;
    readonly span: Span;
    /** A chase: those who chase run. */
    readonly isChase: boolean;
    readonly takenFor: string | null;
  } | null = null;
  /** The figure named or mentioned last. */
  lastNamed = -1;
  /** End of the last name, and whether it was a plural. */
  lastName = { end: -1, isMany: false };
  /** Figures that the next verb applies to, and those of the last verb. */
  named: number[] = [];
  subjects: number[] = [];
  /** Clothes follow, as after 'wearing'. */
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

  /** The word at `offset` from the current one; '' beyond either end. */
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

  /** The painter's colour for a word; '' if none. */
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

  /** The longest name at a word, unless it is a verb, a colour or the start of another name there. */
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

  /** A noun can stand after an article, an adjective, or an article and an unknown word: 'a pirate ship'. */
  #isNounPlace(start: number, isMany: boolean): boolean {
    const before = this.tokens[start - 1]?.word ?? '';
    // Plurals need no article, only a position where no verb can stand: 'while bats fly'.
    if (isMany && (before === '' || isSilent(before) || isPunctuation(before))) return true;
    if (articles.has(before) || this.isAdjective(before)) return true;
    const isKnown = isSilent(before) || motionWords.has(before) || longestNameIn([before], this.cast) !== null;
    return !isKnown && articles.has(this.tokens[start - 2]?.word ?? '');
  }

  /** Sets a part of the world. The first place counts, and the last of anything else. */
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

  /** Drops adjectives whose noun is not a figure. */
  dropPending(): void {
    for (const { span } of this.pending) this.account.drop(span);
    this.pending = [];
  }

  /** Offset of the noun after articles and adjectives. */
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
