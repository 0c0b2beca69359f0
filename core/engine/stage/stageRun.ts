/** A scene drawn by the stage in the inference child: what it is asked for. */
import type { StageScene } from '../../../models/families/stage/scene.ts';
import type { OutputFormat, OutputOption } from '../../ffmpeg/option.ts';
import type { Size } from '../../render/place.ts';
import { secondsFromTicks, type Rate, type Ticks } from '../../time/ticks.ts';

/** A run of the stage. */
export interface StageRun {
  readonly task: 'stage';
  readonly scene: StageScene;
  /** Folder of figures.json and figures.zip. */
  readonly figuresFolder: string;
  readonly size: Size;
  readonly frameCount: number;
  readonly rate: Rate;
  readonly output: {
    readonly path: string;
    /** 'image2': one PNG. */
    readonly format: OutputFormat;
    readonly options: readonly OutputOption[];
  };
}

/** What became of it. */
export interface StageResult {
  readonly task: 'stage';
}

/** Size and rate where nothing else is asked for. */
export const stageSize: Size = { width: 1280, height: 720 };
/** Wider or higher, a scene is filled with more than can be drawn in reasonable time. */
export const mostAspect = 8;
/** Frames a second. */
export const stageRate: Rate = { num: 24, den: 1 };

/** Frames of a clip of that length: one at least. */
export const stageFrames = (durationTicks: Ticks): number =>
  Math.max(1, Math.round((secondsFromTicks(durationTicks) * stageRate.num) / stageRate.den));
