/** Accounts for every word of a prompt: used, read as something else, or not used. */
import type { GuessedWord } from '../../../families/wordReading.ts';
import { isSilent } from './silent.ts';
import { isPunctuation, type Token } from './tokens.ts';

/** `length` tokens from `start`. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

type Fate =
  | { readonly kind: 'used' }
  | { readonly kind: 'unused' }
  | { readonly kind: 'guessed'; readonly takenFor: string };
interface Entry {
  readonly fate: Fate;
  readonly span: Span;
}

/** The fate of each token of one prompt. */
export class Account {
  readonly #tokens: readonly Token[];
  readonly #entries: (Entry | undefined)[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** A later mark replaces an earlier one. */
  use(span: Span): void {
    this.#mark(span, { kind: 'used' });
  }

  guess(span: Span, takenFor: string): void {
    this.#mark(span, { kind: 'guessed', takenFor });
  }

  drop(span: Span): void {
    this.#mark(span, { kind: 'unused' });
  }

  #mark(span: Span, fate: Fate): void {
    for (let at = span.start; at < span.start + span.length; at += 1) this.#entries[at] = { fate, span };
  }

  /** The three lists in the user's spelling and order, without repeats. Unmarked words are unused. */
  lists(): { used: string[]; guessed: GuessedWord[]; unused: string[] } {
    const used = new Set<string>();
    const guessed = new Map<string, string>();
    const unused = new Set<string>();
    for (let at = 0; at < this.#tokens.length; at += 1) {
      const entry = this.#entries[at];
      const end = entry ? this.#endOf(entry, at) : at + 1;
      const words = this.#spell(at, end);
      at = end - 1;
      if (words === '') continue;
      const fate = entry?.fate ?? { kind: 'unused' };
      if (fate.kind === 'unused') unused.add(words);
      else if (fate.kind === 'used') used.add(words);
      else guessed.set(words, fate.takenFor);
    }
    return {
      used: [...used],
      guessed: [...guessed].map(([word, takenFor]) => ({ word, takenFor })),
      unused: [...unused],
    };
  }

  /** End of the run of tokens that were marked together. */
  #endOf(entry: Entry, start: number): number {
    let end = start + 1;
    while (this.#entries[end]?.span === entry.span) end += 1;
    return end;
  }

  #spell(start: number, end: number): string {
    let from = start;
    while (from < end && isSilent(this.#tokens[from]!.word)) from += 1;
    const shown = this.#tokens.slice(from, end).filter(({ word }) => !isPunctuation(word));
    const pieces = shown.filter(({ piece }, i) => piece !== shown[i - 1]?.piece);
    return pieces.map(({ spelled }) => spelled).join(' ');
  }
}
