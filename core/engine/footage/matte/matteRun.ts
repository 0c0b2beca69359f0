/** A followed mask as a film at the footage's own size: what crosses to the inference child and back. */
import type { Rate } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import type { FolderKey } from '../follow/followFolders.node.ts';

/** Writes the masks of a stretch that has been followed, frame for frame. */
export interface MatteRun {
  readonly task: 'matte';
  readonly source: LocatedSource;
  readonly rate: Rate;
  /** Frames on the source's own grid, to before `end`. */
  readonly first: number;
  readonly end: number;
  /** As decoded and upright, px. */
  readonly width: number;
  readonly height: number;
  readonly keys: readonly FolderKey[];
  /** Gets the film: grey, lossless. */
  readonly path: string;
}

/** The film is at the path that was asked for. */
export interface MatteResult {
  readonly task: 'matte';
}
