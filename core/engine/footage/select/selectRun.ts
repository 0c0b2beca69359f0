/** Selecting a thing in a picture: what crosses to the inference child and back. */
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

/** One frame, rgb24, and what to select in it. */
export interface SelectRun {
  readonly task: 'select';
  readonly pack: { readonly id: string; readonly folder: string };
  readonly graphs: SelectGraphPaths;
  readonly picture: RawFrame;
  readonly wanted: WantedInPicture;
}

/** The mask, one grey frame of the picture's size; null = nothing found. */
export interface SelectResult {
  readonly task: 'select';
  readonly mask: RawFrame | null;
}
