/** Selecting a thing in a picture: what crosses to the inference child and back. */
import type { Named } from '../../../../models/families/footage/select/readWords.ts';
import type { NamedResult } from '../../../../models/families/footage/select/selectNamed.ts';
import type { WantedInPicture } from '../../../contract/masks.ts';

/** The footage pack's graphs, by their paths in the pack. */
export interface SelectGraphPaths {
  readonly select: string;
  readonly people: string;
  readonly things: string;
}

/** One raw frame on disk, without a header; px. */
export interface RawFrame {
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** What is wanted, words as they were read. */
export type SelectWanted =
  | Exclude<WantedInPicture, { kind: 'words' }>
  | { readonly kind: 'named'; readonly named: readonly Named[]; readonly isExcept: boolean };

/** What came of words, without the mask. */
export type NamedOutcome =
  | Omit<Extract<NamedResult, { outcome: 'taken' }>, 'mask'>
  | Exclude<NamedResult, { outcome: 'taken' }>;

/** One frame, rgb24, and what to select in it. */
export interface SelectRun {
  readonly task: 'select';
  readonly pack: { readonly id: string; readonly folder: string };
  readonly graphs: SelectGraphPaths;
  readonly picture: RawFrame;
  readonly wanted: SelectWanted;
}

/** The mask, one grey frame of the picture's size; null = nothing found. */
export interface SelectResult {
  readonly task: 'select';
  readonly mask: RawFrame | null;
  /** Of words only. */
  readonly named: NamedOutcome | null;
}
