/** Following a mask: what crosses to the inference child and back. */
import type { PassEnd } from '../../../../models/families/footage/follow/passes.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** Carries one mask through frames of a source. Frames are counted on the source's own grid. */
export interface FollowRun {
  readonly task: 'follow';
  readonly source: LocatedSource;
  readonly rate: Rate;
  /** The key frame, and its mask as one grey frame of the run's size, raw. */
  readonly frame: number;
  readonly maskPath: string;
  readonly step: 1 | -1;
  /** The frame after the last, in the direction of `step`. */
  readonly to: number;
  /** px that frames are looked at in. */
  readonly width: number;
  readonly height: number;
  /** Gets `<frame>.png` for each frame as it is carried. */
  readonly folder: string;
}

/** How the pass ended. */
export interface FollowResult extends PassEnd {
  readonly task: 'follow';
}
