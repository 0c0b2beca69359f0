/**
 * The one file that knows fluent-ffmpeg (archived; see FIELD-NOTES for what of it is trusted: spawning, arguments,
 * kill). Progress is read from ffmpeg's own `-progress`, never from fluent's percent.
 */
import fluent from 'fluent-ffmpeg';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../contract/errors.ts';
import { failureFromStderr } from './failures.node.ts';
import { locateFfmpeg } from './locate.node.ts';

export interface FfmpegInput {
  readonly path: string;
  /** Options before `-i`, one word each: ['-ss', '1.5']. */
  readonly options?: readonly string[];
}

export interface FfmpegOutput {
  /** A file, or a stream that takes stdout (at most one output then). */
  readonly to: string | Writable;
  readonly options: readonly string[];
}

export interface FfmpegProgress {
  readonly frame: number;
  /** Time written so far, s. */
  readonly seconds: number;
  /** Times real time; 0 while unknown. */
  readonly speed: number;
}

export interface FfmpegCommand {
  readonly inputs: readonly FfmpegInput[];
  readonly filterGraph?: string;
  readonly outputs: readonly FfmpegOutput[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FfmpegProgress) => void;
  /** The file to be named when it fails: usually the source. */
  readonly about?: string;
  /** ffmpeg's log level; 'info' for filters that print what they measured. */
  readonly logLevel?: 'error' | 'info';
}

export interface FfmpegResult {
  /** Last lines of stderr, progress left out. */
  readonly log: readonly string[];
}

const keptLines = 200;

/**
 * Runs ffmpeg to its end. Throws FailureError: 'cancelled' (killed at once when `signal` aborts), 'ffmpegMissing',
 * 'diskFull', 'notWritable', 'damaged', 'ffmpegFailed' with ffmpeg's own last words.
 */
export async function runFfmpeg(command: FfmpegCommand): Promise<FfmpegResult> {
  const { ffmpegPath } = await locateFfmpeg();
  throwIfAborted(command.signal);
  const { job, written } = build(command, ffmpegPath);
  const log: string[] = [];
  const progress = new Map<string, string>();
  return new Promise((resolve, reject) => {
    const kill = () => job.kill('SIGKILL');
    command.signal?.addEventListener('abort', kill, { once: true });
    const settle = () => command.signal?.removeEventListener('abort', kill);
    job.on('start', () => {
      if (command.signal?.aborted) kill();
    });
    job.on('stderr', (line: string) => {
      const pair = /^([a-z_0-9]+)=\s*(.*)$/.exec(line);
      if (!pair) {
        log.push(line);
        if (log.length > keptLines) log.shift();
        return;
      }
      progress.set(pair[1]!, pair[2]!);
      if (pair[1] === 'progress') command.onProgress?.(readProgress(progress));
    });
    job.on('end', () => {
      settle();
      // the program can be gone before the last of its bytes has arrived
      written.then(() => resolve({ log }), reject);
    });
    job.on('error', (error: Error) => {
      settle();
      reject(
        command.signal?.aborted
          ? cancelled()
          : failureFromStderr(log, error.message, command.about ?? null, outputPath(command)),
      );
    });
    job.run();
  });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function cancelled(): FailureError {
  return new FailureError('cancelled', 'Cancelled.');
}

/** `written`: the stream output, if there is one, has taken all bytes. */
function build(command: FfmpegCommand, ffmpegPath: string): { job: fluent.FfmpegCommand; written: Promise<void> } {
  const job = fluent({ stdoutLines: 20 });
  job.setFfmpegPath(ffmpegPath);
  for (const input of command.inputs) {
    job.input(input.path);
    if (input.options?.length) addWords((...words) => job.inputOptions(...(words as [string])), input.options);
  }
  if (command.filterGraph !== undefined) job.complexFilter(command.filterGraph);
  let written = Promise.resolve();
  command.outputs.forEach((output, index) => {
    if (typeof output.to === 'string') job.output(output.to);
    else {
      // fluent takes a stream that closes 20 ms before the program has exited for a failure: this one does not say so
      const between = new PassThrough({ emitClose: false });
      written = pipeline(between, output.to);
      written.catch(() => job.kill('SIGKILL'));
      job.output(between);
    }
    const global =
      index === 0
        ? ['-hide_banner', '-nostdin', '-nostats', '-loglevel', command.logLevel ?? 'error', '-progress', 'pipe:2']
        : [];
    addWords((...words) => job.outputOptions(...(words as [string])), [...global, ...output.options]);
  });
  return { job, written };
}

/**
 * Fluent splits a single option at its space (a title of two words would become two options); several it leaves alone.
 */
function addWords(add: (...words: string[]) => void, words: readonly string[]): void {
  if (words.length === 1) add(words[0]!, ...[]);
  else add(...words);
}

function outputPath(command: FfmpegCommand): string | null {
  const to = command.outputs[0]?.to;
  return typeof to === 'string' ? to : null;
}

function readProgress(fields: ReadonlyMap<string, string>): FfmpegProgress {
  const number = (text: string | undefined) => {
    const value = Number.parseFloat(text ?? '');
    return Number.isFinite(value) ? value : 0;
  };
  return {
    frame: number(fields.get('frame')),
    seconds: number(fields.get('out_time_us')) / 1e6,
    speed: number(fields.get('speed')),
  };
}
