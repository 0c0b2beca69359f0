/** Looking through a media file: what crosses to the inference child and back. */
import type { Seen } from '../../../contract/seen.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** Graphs of the footage pack, by their paths in it; a null one is not installed. */
export interface SeenGraphs {
  readonly things: string | null;
  readonly speech: string | null;
}

/** A whole file. */
export interface SeenRun {
  readonly task: 'seen';
  readonly pack: { readonly id: string; readonly folder: string };
  readonly graphs: SeenGraphs;
  readonly source: LocatedSource;
  /** Everything else goes first, and it rests when told to. */
  readonly inBackground: boolean;
}

/** What was found. */
export interface SeenResult {
  readonly task: 'seen';
  readonly seen: Seen;
}
