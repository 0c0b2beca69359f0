/** What making frames in between needs in the inference child, and what it answers. */
import type { OutputFormat, OutputOption } from '../../../ffmpeg/option.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Rate, Ticks } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** Shows a stretch of a film with more frames; those of its own stay as they are. */
export interface InterpolateRun {
  readonly task: 'interpolate';
  readonly source: LocatedSource;
  readonly startTicks: Ticks;
  /** Frames of the source, on its own grid. */
  readonly frameCount: number;
  readonly sourceRate: Rate;
  /** Frames that the source gets a second. */
  readonly madeRate: Rate;
  readonly madeCount: number;
  /** What the frames are written in: the source's own samples, without alpha. */
  readonly samples: SampleFormat;
  /** The graph 'between' of a pack. */
  readonly pack: { readonly id: string; readonly folder: string };
  readonly graph: string;
  /** Where pieces of the film are kept so that it can be continued; null = nowhere. */
  readonly piecesFolder: string | null;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly options: readonly OutputOption[];
    /** Frames a second of the file: `madeRate`, or fewer for slow motion. */
    readonly rate: Rate;
  };
}

/** How the frames came about. */
export interface InterpolateResult {
  readonly task: 'interpolate';
  /** Frames of the file that are the source's own. */
  readonly ownFrames: number;
  /** Frames of the source that repeated the one before: they were left out. */
  readonly repeatedFrames: number;
  readonly cuts: number;
  /** Frames of the file that an earlier attempt had made. */
  readonly kept: number;
}
