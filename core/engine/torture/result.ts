/** What became of a case, and what is wrong with it. */
import type { Verdict } from './judge.ts';
import type { TortureCase } from './torture.ts';

/** What became of one case. */
export type Result =
  /** This ffmpeg cannot write the file. */
  | { readonly case: TortureCase; readonly kind: 'notMade'; readonly why: string }
  /** ffmpeg itself does not read back what was written: nothing can be judged by it. */
  | { readonly case: TortureCase; readonly kind: 'untrue'; readonly why: string }
  | { readonly case: TortureCase; readonly kind: 'refused'; readonly why: string }
  /** The import succeeded, but playing or exporting failed. */
  | { readonly case: TortureCase; readonly kind: 'failed'; readonly why: string }
  | {
      readonly case: TortureCase;
      readonly kind: 'judged';
      readonly verdict: Verdict;
      readonly said: readonly string[];
    };

/** Everything that is wrong in a result, in words; empty = right, or refused with a reason. */
export function faultsOf(result: Result): string[] {
  switch (result.kind) {
    case 'notMade':
    case 'untrue':
    case 'refused':
      return [];
    case 'failed':
      return [`failed: ${result.why}`];
    case 'judged': {
      const { frames, sound, lengths, losses } = result.verdict;
      return [...frames, ...sound, ...lengths, ...losses];
    }
  }
}
