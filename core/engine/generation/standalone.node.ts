/**
 * The AI actions on plain files, without a project: what `framewright generate|inpaint|restyle|extend|soundtrack` call.
 * The same code as the generation jobs of a project runs; only where inputs come from and where the result goes differ.
 */
import { FailureError } from '../../contract/errors.ts';
import type { StemKind } from '../../../models/families/soundtrack/contract.ts';
import type { LocalEngine } from '../engine.node.ts';

/** A mask for a file: a picture or a video (white = make anew), or a box in pixels of the input. */
export type FileMask =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

interface FileGenerationBase {
  readonly prompt: string;
  /** Where the result goes; its ending chooses the form. Written under a temporary name first, then renamed. */
  readonly outputPath: string;
  /** null = drawn at random; the recipe tells. */
  readonly seed: number | null;
  /** null = the pack's. */
  readonly steps: number | null;
  readonly guidance: number | null;
  /** null = the first installed pack that can do it. */
  readonly packId: string | null;
}

/** One request on files. Paths may be relative to the working directory. */
export type FileGeneration =
  | (FileGenerationBase & {
      readonly action: 'generate';
      /** .mp4, or .png for a picture. */
      readonly seconds: number;
      readonly firstFramePath: string | null;
      readonly lastFramePath: string | null;
      readonly referencePaths: readonly string[];
      /** Size of the result, px, even numbers; null = the pack's own. */
      readonly size: { readonly width: number; readonly height: number } | null;
    })
  | (FileGenerationBase & { readonly action: 'inpaint'; readonly inputPath: string; readonly mask: FileMask | null; readonly featherPx: number; readonly edit: 'replace' | 'add' | 'remove' })
  | (FileGenerationBase & {
      readonly action: 'restyle';
      readonly inputPath: string;
      /** 0..1 */
      readonly keepShapes: number;
      readonly scope: 'everything' | 'background' | 'masked';
      readonly mask: FileMask | null;
      readonly featherPx: number;
    })
  /** The result holds the input and the new part, joined. */
  | (FileGenerationBase & { readonly action: 'extend'; readonly inputPath: string; readonly seconds: number; readonly direction: 'forward' | 'backward' })
  | (FileGenerationBase & {
      readonly action: 'soundtrack';
      readonly inputPath: string;
      readonly stems: readonly StemKind[];
      /** Also writes `<stem>.wav` of each stem here. */
      readonly stemsFolder: string | null;
      readonly tempoBpm: number | null;
      readonly hitSeconds: readonly number[];
    });

export interface FileGenerationOptions {
  readonly signal?: AbortSignal;
  onProgress?(progress: { fraction: number; stage: string; step: number | null; stepCount: number | null; secondsLeft: number | null }): void;
  /** Sentences for the user: fallbacks, a mask that was scaled. Also in the result. */
  onNotice?(sentence: string): void;
}

export interface FileGenerationResult {
  readonly outputPath: string;
  /** All files written, the output first, then stems. */
  readonly files: readonly string[];
  /** 'CPU', 'CUDA', 'WebGPU'. */
  readonly device: string;
  readonly seed: number;
  readonly rewrittenPrompt: string;
  readonly unknownWords: readonly string[];
  readonly notices: readonly string[];
  readonly seconds: number;
  /** What is also inside the file's metadata. */
  readonly recipe: Record<string, unknown>;
}

/** Throws FailureError: 'badRequest', 'notFound', 'notReadable', 'packMissing', 'notWritable', 'cancelled', 'outOfMemory', 'inferenceFailed'. */
export async function runGenerationOnFiles(_engine: LocalEngine, _request: FileGeneration, _options: FileGenerationOptions = {}): Promise<FileGenerationResult> {
  throw new FailureError('internal', 'runGenerationOnFiles is not there yet.');
}
