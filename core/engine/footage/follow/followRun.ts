/** Following a mask: what crosses to the inference child and back. */
import type { LossReason } from '../../../../models/families/footage/follow/carry.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import type { Rate } from '../../../time/ticks.ts';

/** A key frame with its mask: one grey frame of the run's size, raw. */
export interface FollowKey {
  readonly frame: number;
  readonly path: string;
}

/** Carries masks through frames of a source. Frames are counted on the source's own grid. */
export interface FollowRun {
  readonly task: 'follow';
  readonly source: LocatedSource;
  readonly rate: Rate;
  readonly first: number;
  /** The frame after the last. */
  readonly end: number;
  /** px that frames are looked at in. */
  readonly width: number;
  readonly height: number;
  readonly keys: readonly FollowKey[];
  /** Gets `<frame>.png` for each frame as it is carried. */
  readonly folder: string;
}

/** Frames, from the first to before the last, where the thing was lost. */
export interface FollowResult {
  readonly task: 'follow';
  readonly lost: readonly { readonly fromFrame: number; readonly toFrame: number; readonly reason: LossReason }[];
}
