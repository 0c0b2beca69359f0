/** What continuing a shot, or joining two, needs in the inference child, and what it answers. */
import type { ExtendWay } from '../../../actions/extend/ways.ts';
import type { BridgeWay } from '../../../actions/fillGap/ways.ts';
import type { OutputFormat, OutputOption } from '../../../ffmpeg/option.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../../render/place.ts';
import type { Rate, Ticks } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** How frames beyond a shot's edge, or between two shots, are made. */
export type JoinWay = Exclude<ExtendWay, 'roomTone'> | BridgeWay;

/** The frames of one shot around its seam with what is made. */
export interface JoinSide {
  readonly source: LocatedSource;
  readonly startTicks: Ticks;
  /** Frames from there on, at the rate of the run. */
  readonly frameCount: number;
  /** Of them, the one beside what is made. Frames beyond it are material that the timeline does not show. */
  readonly seam: number;
}

/** Frames in the samples of the run's first shot: raw into a file, or through an encoder. */
export interface JoinOutput {
  readonly path: string;
  /** null = raw frames. */
  readonly format: OutputFormat | null;
  readonly options: readonly OutputOption[];
  /** Frames of the shots themselves that are written before and after, so that the seams can be seen; 0 for takes. */
  readonly context: number;
}

/** One way, and where its frames go. */
export interface JoinTask {
  readonly way: JoinWay;
  /** Frames that are made. */
  readonly count: number;
  /** Frames at the shot's edge that are shown again, slower, as part of `count`. */
  readonly lead: number;
  readonly output: JoinOutput;
}

/** Makes frames after `before`, in front of `after`, or between both, in each of the ways. */
export interface JoinRun {
  readonly task: 'join';
  readonly before: JoinSide | null;
  readonly after: JoinSide | null;
  readonly rate: Rate;
  /** px; every frame is brought to it. */
  readonly size: Size;
  readonly samples: SampleFormat;
  readonly ways: readonly JoinTask[];
  /** Graphs of a pack; null = none is installed. */
  readonly graphs: {
    readonly pack: { readonly id: string; readonly folder: string };
    readonly between: string;
    readonly things: string | null;
  } | null;
}

/** Why a way cannot be taken on these shots. */
export type JoinRefusal =
  | 'noPack'
  | 'noTail'
  | 'people'
  | 'oneWay'
  | 'unpredictable'
  | 'tooDifferent'
  | 'tooFar'
  | 'person';

/** How the frames of one way came about. */
export interface JoinMade {
  readonly way: JoinWay;
  /** null = made. */
  readonly refusal: JoinRefusal | null;
  /** Figures that were measured, for the recipe. */
  readonly found: Readonly<Record<string, number>>;
}

export interface JoinResult {
  readonly task: 'join';
  readonly made: readonly JoinMade[];
}
