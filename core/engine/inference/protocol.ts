/**
 * What engine and inference child say to each other. Frames and sound travel as raw files in the job's scratch folder,
 * not in messages: a minute of frames is 100 MB, and both sides must stay responsive.
 */
import type { SoundtrackFamily, VideoFamily } from '../../../models/families/pack.ts';
import type { PlayedBy, StemKind } from '../../../models/families/soundtrack/contract.ts';
import type { VideoRequestShape } from '../../../models/families/video/estimate.ts';
import type { FootageTask, FootageTaskResult } from '../footage/tasks.ts';
import type { ProviderName } from './providerNames.ts';
import type { GuessedWord } from '../../document/schema.ts';

/** Raw frames on disk: rgb24 (3 bytes a pixel) or gray (1), frame after frame, no header. */
export interface FrameFile {
  readonly path: string;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

export interface PackLocation {
  readonly id: string;
  readonly folder: string;
}

export interface VideoRun {
  readonly family: 'video';
  readonly pack: PackLocation;
  readonly manifest: VideoFamily;
  readonly prompt: string;
  readonly frameCount: number;
  readonly seed: number;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly controlScale: number | null;
  readonly known: FrameFile | null;
  readonly mask: FrameFile | null;
  readonly references: readonly FrameFile[];
  /** The made frames go through the pack's upscaler; absent = they stay as made. */
  readonly upscale?: boolean;
  /** inpaint: what the words are to do in the mask. */
  readonly edit: 'replace' | 'add' | 'remove' | null;
  /** What the known frames show, in words, where that is known. */
  readonly about: string | null;
}

export interface SoundtrackRun {
  readonly family: 'soundtrack';
  readonly pack: PackLocation;
  readonly manifest: SoundtrackFamily;
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly seed: number;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly stems: readonly StemKind[];
  readonly picture: { readonly frames: FrameFile; readonly fps: number } | null;
  readonly hitSeconds: readonly number[];
  readonly tempoBpm: number | null;
  /**
   * The clip's own sound: mono, 16 kHz, 16 bit signed, no header. Where somebody speaks in it, the stems are turned
   * down.
   */
  readonly ownSound: { readonly path: string } | null;
  /** Graph that finds speech in `ownSound`; null = none is installed. */
  readonly speech: { readonly pack: PackLocation; readonly graph: string } | null;
  /** Integrated loudness of the stems' sum; null = the family's. */
  readonly loudnessLufs: number | null;
  /** Stems made apart from these that are heard with them. */
  readonly besides?: readonly StemKind[];
  /** Only this part of a stem is made. The stem as it is: stereo, 48 kHz, 32-bit float, no header. */
  readonly part?: {
    readonly oldPath: string;
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly rootPrompt: string;
    readonly rootSeed: number;
  } | null;
  /** .sf2 or .sf3 that music is played with; null = the built-in instruments. */
  readonly soundFontPath: string | null;
}

/** What of a run its work is reckoned from. */
export function shapeOf(run: VideoRun): VideoRequestShape {
  return {
    frameCount: run.frameCount,
    ...(run.steps === null ? {} : { steps: run.steps }),
    ...(run.guidance === null ? {} : { guidance: run.guidance }),
    hasKnown: run.known !== null,
    referenceCount: run.references.length,
    upscale: run.upscale ?? false,
  };
}

/** A run of a pack's family. */
export type ModelInferenceRun = VideoRun | SoundtrackRun;
/** Operations on footage at its own size (core/engine/footage). */
export type FootageRun = { readonly family: 'footage' } & FootageTask;
export type InferenceRun = ModelInferenceRun | FootageRun;

export interface RunSettings {
  readonly provider: ProviderName;
  readonly threads: number;
  /** Made things and previews are written here. */
  readonly scratchFolder: string;
}

/** What a run of a pack's family made. */
export type ModelInferenceResult =
  | {
      readonly family: 'video';
      readonly frames: FrameFile;
      readonly rewrittenPrompt: string;
      readonly unknownWords: readonly string[];
      readonly usedWords?: readonly string[];
      readonly guessedWords?: readonly GuessedWord[];
      readonly uncutReferences: number;
    }
  | {
      readonly family: 'soundtrack';
      /** 48 kHz stereo WAV, 32-bit float. */
      readonly stems: readonly { readonly stem: StemKind; readonly path: string }[];
      readonly rewrittenPrompt: string;
      readonly unknownWords: readonly string[];
      readonly usedWords?: readonly string[];
      readonly guessedWords?: readonly GuessedWord[];
      readonly playedBy: PlayedBy | null;
    };

export type InferenceResult = ModelInferenceResult | ({ readonly family: 'footage' } & FootageTaskResult);

export interface ProbeResult {
  readonly provider: ProviderName;
  /** Worst difference from the expected numbers; null when it did not run. */
  readonly maxError: number | null;
  readonly halfPrecisionError: number | null;
  /** Median time of the warm-up graph after its first run, ms. */
  readonly milliseconds: number | null;
  readonly gflops: number | null;
  readonly firstRunMilliseconds: number | null;
  /** Why it did not run, in English: onnxruntime's words, or a sentence of the area 'device'. */
  readonly problem: string | null;
}

export type ToChild =
  | { readonly type: 'run'; readonly id: number; readonly run: InferenceRun; readonly settings: RunSettings }
  /** Work that may wait does so until it is allowed again. */
  | { readonly type: 'rest'; readonly resting: boolean }
  /** Ends the child cooperatively between two steps; the parent kills it when that takes too long. */
  | { readonly type: 'cancel' }
  | { readonly type: 'probe'; readonly id: number; readonly provider: ProviderName; readonly threads: number };

export type FromChild =
  | { readonly type: 'ready' }
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly fraction: number;
      readonly stage: string;
      readonly step: number | null;
      readonly stepCount: number | null;
      readonly previewPath: string | null;
    }
  | { readonly type: 'done'; readonly id: number; readonly result: InferenceResult }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: 'outOfMemory' | 'inferenceFailed' | 'cancelled' | 'packInvalid' | 'diskFull';
      readonly message: string;
    }
  | { readonly type: 'probed'; readonly id: number; readonly result: ProbeResult };

/** How far the child is with a run: fraction 0 to 1, the stage, and the step where stages have steps. */
export type RunProgress = Omit<Extract<FromChild, { type: 'progress' }>, 'type' | 'id'>;
