/** Jobs as both sides see them: the engine runs and persists them, the renderer shows them. */
import type { Failure } from './errors.ts';
import type { FollowedMask, GenerationRequest, GuessedWord, SourceRef, Take } from '../document/schema.ts';
import type { Ticks } from '../time/ticks.ts';
import type { Sentence } from './sentence.ts';

export type ExportPresetId =
  | 'h264-1080p'
  | 'h264-720p'
  | 'h264-2160p'
  | 'h265-1080p'
  | 'av1-1080p'
  | 'prores-422'
  | 'lossless'
  | 'frames-png'
  | 'wav-mix';

export interface ExportSettings {
  readonly preset: ExportPresetId;
  /** Absolute path; a folder for 'frames-png'. */
  readonly outputPath: string;
  readonly sequenceId: string;
  /** null = the whole sequence. */
  readonly range: { readonly startTicks: Ticks; readonly durationTicks: Ticks } | null;
  /** null = the preset's. */
  readonly width: number | null;
  readonly height: number | null;
  readonly crf: number | null;
}

export type JobSpec =
  | {
      readonly kind: 'generation';
      readonly projectId: string;
      readonly clipId: string;
      readonly request: GenerationRequest;
    }
  | { readonly kind: 'export'; readonly projectId: string; readonly settings: ExportSettings }
  /** Proxy, peaks and filmstrip of one imported file. */
  | { readonly kind: 'mediaCache'; readonly projectId: string; readonly mediaId: string }
  /** A mask carried through a clip, into the cache of this machine. */
  | {
      readonly kind: 'follow';
      readonly projectId: string;
      readonly clipId: string;
      readonly source: SourceRef;
      readonly mask: FollowedMask;
    }
  /**
   * What is seen and heard in an imported file, into the cache of this machine. It rests while the user needs the
   * machine, unless it is `wanted`: somebody waits for it.
   */
  | { readonly kind: 'index'; readonly projectId: string; readonly mediaId: string; readonly wanted: boolean }
  /** The words of an imported file, into the cache of this machine. */
  | {
      readonly kind: 'transcript';
      readonly projectId: string;
      readonly mediaId: string;
      /** By its index in the file; null: the first. */
      readonly soundStream: number | null;
      /** A code of the model's; null: the model finds out. */
      readonly language: string | null;
      /** null: the first pack that is installed. */
      readonly packId: string | null;
    }
  /** A range too heavy to play live, rendered once and played from the cache. */
  | {
      readonly kind: 'previewRender';
      readonly projectId: string;
      readonly sequenceId: string;
      readonly startTicks: Ticks;
      readonly durationTicks: Ticks;
    };

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Job {
  readonly id: string;
  readonly spec: JobSpec;
  readonly state: JobState;
  /** 1 = first try; a crash of the child or of the engine counts one. */
  readonly attempt: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** 0..1 */
  readonly fraction: number;
  readonly stage: string;
  readonly step: number | null;
  readonly stepCount: number | null;
  /** Seconds left by the measured pace; null while unknown. */
  readonly secondsLeft: number | null;
  /** Place in the queue, 0 = next. null once running. */
  readonly queuePlace: number | null;
  /** Preview of the newest step as a data: URL: an address could be gone when the window comes to ask for it. */
  readonly previewUrl: string | null;
  /** What ran it: 'CPU', 'CUDA', 'WebGPU'. null before it is known. */
  readonly device: string | null;
  /** Shown to the user when something fell back: 'No GPU answered: running on the CPU.' */
  readonly notices: readonly Sentence[];
  readonly failure: Failure | null;
  /** generation: the take, also when no window was open to receive it. export / preview: the file. */
  readonly take: Take | null;
  readonly outputPath: string | null;
}

/** Other programs keep the cores busy: an estimate is no promise then. */
export interface BusyMachine {
  /** Runnable threads of other programs, averaged over a minute. */
  readonly load: number;
  readonly cores: number;
}

export interface Estimate extends PromptReading {
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly device: string;
  /**
   * True when `seconds` comes from runs on this machine, false when from the pack's arithmetic and a quick benchmark.
   */
  readonly measured: boolean;
  /** null = the machine is free enough for the estimate to hold. */
  readonly busy: BusyMachine | null;
}

/** What a pack makes of a prompt. */
export interface PromptReading {
  readonly rewrittenPrompt: string;
  /** Words that will have no effect. */
  readonly unknownWords: readonly string[];
  /** Words that keep their own meaning, and words taken for others; absent where the pack cannot tell them apart. */
  readonly usedWords?: readonly string[];
  readonly guessedWords?: readonly GuessedWord[];
}
