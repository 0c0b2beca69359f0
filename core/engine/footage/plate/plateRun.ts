/** What removal needs in the inference child, and what it answers. */
import type { Box, Size } from '../../../render/place.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import type { Rate, Ticks } from '../../../time/ticks.ts';

/** Fills a hole in footage with what other frames saw, else with what its surroundings suggest. */
export interface PlateRun {
  readonly task: 'plate';
  readonly source: LocatedSource;
  readonly startTicks: Ticks;
  /** A photograph as one raw frame of gbrp, which is read in the source's place; null for a film. */
  readonly still: string | null;
  /** null for a photograph: one frame. */
  readonly rate: Rate | null;
  readonly frameCount: number;
  /** px of the source as decoded and upright. */
  readonly picture: Size;
  /** Grey frames of the picture's size, 8 bit: one for all time, or one a frame. From 128 on it is the hole. */
  readonly mask: { readonly path: string; readonly frameCount: number };
  /** Where the made frames lie in the picture: whole chroma samples around all that is masked at any time. */
  readonly box: Box;
}

/** What can be said of a result. */
export type VerdictKind = 'clean' | 'check' | 'invented';

/** Frames from the first to before the last, counted from the range's start. */
export interface FrameSpan {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** What the fill is worth, measured while it was made. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** Where to look: doubtful or invented frames. */
  readonly spans: readonly FrameSpan[];
  /** Share of the hole's samples that no frame ever showed, 0..1. */
  readonly neverSeen: number;
  /** How far the thing seems to reach out of its mask, px; 0 = it does not. */
  readonly tightPx: number;
}

/** Raw frames of the box in the source's own samples, and what they are worth. */
export interface PlateResult {
  readonly task: 'plate';
  readonly frames: { readonly path: string; readonly frameCount: number; readonly rows: number };
  /** Frames on each side that were searched, where memory allows fewer than usual; null otherwise. */
  readonly shortReach: number | null;
  readonly verdict: Verdict;
}
