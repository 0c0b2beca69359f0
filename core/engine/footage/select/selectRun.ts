/** Selecting a thing in a picture: what crosses to the inference child and back. */
import type { WantedInPicture } from '../../../contract/masks.ts';
import type { FrameFile, PackLocation } from '../../inference/protocol.ts';

/** The footage pack's graphs, by their paths in the pack. */
export interface SelectGraphPaths {
  readonly select: string;
  readonly people: string;
  readonly things: string;
}

/** One frame, rgb24, and what to select in it. */
export interface SelectRun {
  readonly task: 'select';
  readonly pack: PackLocation;
  readonly graphs: SelectGraphPaths;
  readonly picture: FrameFile;
  readonly wanted: WantedInPicture;
}

/** The mask, one grey frame of the picture's size; null = nothing found. */
export interface SelectResult {
  readonly task: 'select';
  readonly mask: FrameFile | null;
}
