/**
 * What pipelines take and return. Pipelines are pure TypeScript: their graph sessions are injected, so they run the
 * same in the inference child, in a test and in a benchmark.
 */

/** A tensor in row-major order. Graph inputs and outputs are float32 or int64, whatever the weights inside are. */
export type Tensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

/** One loaded graph. */
export interface GraphSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

/** The pack as a pipeline sees it: files by their path in the manifest. Sessions are cached by the caller. */
export interface PackReader {
  session(path: string): Promise<GraphSession>;
  readText(path: string): Promise<string>;
  /** Frees a graph's memory before the next large one is loaded. */
  release(path: string): Promise<void>;
}

/** Video frames, RGB, 8 bit: `data` is [frameCount, height, width, 3]. */
export interface Frames {
  readonly data: Uint8Array;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

/** One byte per pixel, [frameCount, height, width]: 0 keeps the source, 255 generates, values between blend. */
export interface MaskFrames {
  readonly data: Uint8Array;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

/** Stereo sound: two planes of equal length, range -1..1. */
export interface Sound {
  readonly sampleRateHz: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** How far a job has come. */
export interface PipelineProgress {
  /** 0..1 over the whole job. */
  readonly fraction: number;
  /** Machine-readable stage: 'text' | 'encode' | 'denoise' | 'decode' | 'compose' | 'music' | 'mix'. */
  readonly stage: string;
  readonly step?: number;
  readonly stepCount?: number;
  /** A small preview of the current step, if the stage has one. */
  readonly preview?: Frames;
}

/** What a pipeline needs from its surroundings: the pack's files, cancelling, progress. */
export interface PipelineContext {
  readonly pack: PackReader;
  /** Throws `PipelineCancelled` if the user cancelled; called between steps. */
  checkCancelled(): void;
  report(progress: PipelineProgress): void;
}

/** Thrown when the user cancelled, which is not a failure. */
export class PipelineCancelled extends Error {
  override readonly name = 'PipelineCancelled';
}
