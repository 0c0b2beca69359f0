/** The one place that starts ffmpeg and ffprobe. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { complain, isCorruption, readLevel } from './complaints.node.ts';
import { commandWords, outputPath, type FfmpegCommand } from './command.node.ts';
import { failureFromStderr, namedSource } from './failures.node.ts';
import { FrameMarks, rereadOf, type FrameOutcome, type Reread, type Rereads } from './framePromise.ts';
import { locateFfmpeg } from './locate.node.ts';

/** How far a run has come. */
export interface FfmpegProgress {
  readonly frame: number;
  /** Time written so far, s. */
  readonly seconds: number;
  /** Times real time; 0 while unknown. */
  readonly speed: number;
}

/** What a run may take before it is killed: for files of strangers, which may promise anything. */
export interface RunLimits {
  readonly seconds?: number;
  /** Address space, held to by the system on Linux only. */
  readonly memoryBytes?: number;
}

/** How a run is watched, limited and ended. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly limits?: RunLimits;
  /** The file to be named when the run fails: usually the source. */
  readonly about?: string;
  readonly onProgress?: (progress: FfmpegProgress) => void;
  /** What the input with `fromStdin` reads. A run may end before it has read everything. */
  readonly stdin?: Readable;
  /** Every line that ffmpeg prints beside its progress and the marks of frames. */
  readonly onLine?: (line: string) => void;
}

/** What a run leaves behind beside its outputs. */
export interface FfmpegResult {
  /** Last lines of stderr, progress left out. */
  readonly log: readonly string[];
  /** Frames that were written of the first picture stream. */
  readonly frameCount: number;
  /** What became of the frames that the graph expects of its sources. */
  readonly frames: readonly FrameOutcome[];
}

const keptLines = 200;
const longestLine = 4000;

/**
 * Runs ffmpeg to its end. Throws FailureError: 'cancelled' (killed at once when `signal` aborts), 'ffmpegMissing',
 * 'diskFull', 'notWritable', 'damaged', 'outOfMemory', 'ffmpegFailed' with ffmpeg's own last words.
 */
export async function runFfmpeg(command: FfmpegCommand & RunOptions): Promise<FfmpegResult> {
  const { exit, ...result } = await attempt(command);
  if (exit !== null) throw failureFromStderr(result.log, exit, command.about ?? null, outputPath(command.outputs));
  return result;
}

/**
 * Runs a graph that reads frames of films. Where reading began behind the first frame wanted, ended before the last, or
 * the picture changed on the way, the command is built again and told how to read those files. Throws as `runFfmpeg`.
 */
export async function runFrames(build: (rereads: Rereads) => FfmpegCommand & RunOptions): Promise<FfmpegResult> {
  const rereads = new Map<string, Reread>();
  for (;;) {
    const command = build(rereads);
    const { exit, ...result } = await attempt(command);
    // a run that failed for another reason has not come to all of its sources
    const canTell = exit === null || result.log.some((line) => /Cannot determine format of input/.test(line));
    const again = result.frames.flatMap((outcome) => {
      const { key } = outcome.promise;
      const reread = canTell || outcome.restarted ? rereadOf(outcome, rereads.get(key)) : null;
      return reread ? [[key, reread] as const] : [];
    });
    for (const [key, reread] of again) rereads.set(key, reread);
    if (again.length > 0) continue;
    if (exit === null) return result;
    throw failureFromStderr(result.log, exit, command.about ?? null, outputPath(command.outputs));
  }
}

/** `exit`: null for success, else how the program ended. */
async function attempt(command: FfmpegCommand & RunOptions): Promise<FfmpegResult & { readonly exit: string | null }> {
  const { ffmpegPath, major } = await locateFfmpeg();
  const log: string[] = [];
  const progress = new Map<string, string>();
  const marks = new FrameMarks();
  const inputPaths = command.graph.inputs.map(({ path }) => path);
  let level = 'error';
  let frameCount = 0;
  const stdout = command.outputs.find((output) => output.to instanceof Writable)?.to;
  const end = await runProgram(ffmpegPath, commandWords(command, major), command, {
    stdout: stdout instanceof Writable ? stdout : null,
    onErrorLine(line) {
      const pair = /^([a-z_0-9]+)=\s*(.*)$/.exec(line);
      if (!pair) {
        const said = readLevel(line);
        // a message may have several lines, of which the first has the level
        level = said.level ?? level;
        if (marks.read(said.text)) return;
        command.onLine?.(said.text);
        if (level === 'error' || isCorruption(said.text)) complain(inputPaths, said.text);
        if (level === 'warning' && command.logLevel !== 'info') return;
        log.push(said.text);
        if (log.length > keptLines) log.shift();
        return;
      }
      progress.set(pair[1]!, pair[2]!);
      if (pair[1] !== 'progress') return;
      const now = readProgress(progress);
      frameCount = now.frame;
      command.onProgress?.(now);
    },
  });
  // ffmpeg goes on after a frame that did not fit, and exits as if nothing had happened
  const outOfMemory = command.limits?.memoryBytes !== undefined && log.some((line) => /Cannot allocate/.test(line));
  const exit = end.exit ?? (outOfMemory ? 'out of memory' : null);
  return { log, frameCount, frames: marks.outcomes(command.graph.promises), exit };
}

/**
 * Runs ffprobe to its end and answers its stdout and stderr. `exit` is null for success; `tooLong`: stdout had more
 * than 64 MiB, and the run was ended. Throws FailureError 'cancelled', 'damaged' where a limit was passed,
 * 'ffmpegMissing'.
 */
export async function runFfprobe(
  words: readonly string[],
  options: RunOptions,
): Promise<{ stdout: string; stderr: readonly string[]; exit: string | null; tooLong: boolean }> {
  const { ffprobePath } = await locateFfmpeg();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stderr: string[] = [];
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostProbeBytes) stop.abort();
      else chunks.push(chunk);
      done();
    },
  });
  const ears = { stdout, onErrorLine: probeListener(options.about, stderr) };
  const end = await runProgram(ffprobePath, probeWords(words), { ...options, signal }, ears).catch((error: unknown) => {
    if (!stop.signal.aborted || options.signal?.aborted) throw error;
    return { exit: 'too long' };
  });
  const text = Buffer.concat(chunks).toString('utf8');
  return { stdout: text, stderr, exit: end.exit, tooLong: stop.signal.aborted };
}

function probeWords(words: readonly string[]): string[] {
  return ['-hide_banner', '-v', 'level+warning', ...words];
}

/** Keeps what ffprobe says of level 'error'; of its warnings only those that tell of damage are heard. */
function probeListener(about: string | undefined, stderr: string[]): (line: string) => void {
  let level: string | null = 'error';
  return (line) => {
    const said = readLevel(line);
    level = said.level ?? level;
    const isWarning = level === 'warning';
    if (isWarning && !isCorruption(said.text)) return;
    if (about !== undefined) complain([about], said.text);
    if (!isWarning && stderr.length < keptLines) stderr.push(said.text);
  };
}

const mostProbeBytes = 64 * 1024 * 1024;

/**
 * Runs ffprobe to its end and hands over its stdout line by line, however long it is. A line of more than a mebibyte is
 * not an answer of ffprobe's and ends the run. Throws as `runFfprobe` does.
 */
export async function readFfprobeLines(
  words: readonly string[],
  options: RunOptions,
  onLine: (line: string) => void,
): Promise<{ stderr: readonly string[]; exit: string | null }> {
  const { ffprobePath } = await locateFfmpeg();
  const stderr: string[] = [];
  let rest = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestProbeLine) return done(new Error('ffprobe prints a line without end'));
      for (const line of lines) onLine(line);
      done();
    },
    final(done) {
      if (rest !== '') onLine(rest);
      done();
    },
  });
  const ears = { stdout, onErrorLine: probeListener(options.about, stderr) };
  const end = await runProgram(ffprobePath, probeWords(words), options, ears);
  return { stderr, exit: end.exit };
}

const longestProbeLine = 1024 * 1024;

interface Ears {
  readonly stdout: Writable | null;
  onErrorLine(line: string): void;
}

/** `exit`: null for success, else how the program ended. Bytes of stdout have all been taken by then. */
async function runProgram(
  program: string,
  words: readonly string[],
  { signal, limits, about, stdin }: RunOptions,
  ears: Ears,
): Promise<{ exit: string | null }> {
  throwIfAborted(signal);
  const [file, args] = limited(program, words, limits);
  const stdio = [stdin ? 'pipe' : 'ignore', ears.stdout ? 'pipe' : 'ignore', 'pipe'] as const;
  const child = spawn(file, args, { stdio: [...stdio], windowsHide: true });
  let timedOut = false;
  const kill = () => child.kill('SIGKILL');
  const timer =
    limits?.seconds === undefined ? undefined : setTimeout(() => (timedOut = kill()), limits.seconds * 1000);
  signal?.addEventListener('abort', kill, { once: true });
  readLines(child, ears.onErrorLine);
  const written = ears.stdout && child.stdout ? pipeline(child.stdout, ears.stdout) : Promise.resolve();
  const given = stdin && child.stdin ? pipeline(stdin, child.stdin) : Promise.resolve();
  const refusalOf = (stream: Promise<void>, isOutput: boolean) =>
    stream.then(
      () => null,
      (error: unknown) => {
        // a program that has read enough closes its stdin and goes on
        if (isOutput || !isEarlyClose(error)) kill();
        return { error };
      },
    );
  const refusals = [refusalOf(given, false), refusalOf(written, true)];
  try {
    const exit = await ended(child, program);
    // a source of stdin may wait for something that will not come
    stdin?.destroy();
    const refused = (await Promise.all(refusals)).find((each) => each && !isEarlyClose(each.error));
    if (signal?.aborted) throw cancelled();
    if (timedOut) throw tooSlow(about, limits?.seconds ?? 0);
    // a stream that failed says more than the broken pipe that it left behind
    if (refused) throw refused.error;
    return { exit };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
}

/** Under Linux the limit on memory is the shell's, which then becomes the program. */
function limited(program: string, words: readonly string[], limits: RunLimits | undefined): [string, string[]] {
  if (limits?.memoryBytes === undefined || process.platform !== 'linux') return [program, [...words]];
  const kibibytes = String(Math.floor(limits.memoryBytes / 1024));
  return ['/bin/sh', ['-c', 'ulimit -v "$1"; shift; exec "$@"', 'sh', kibibytes, program, ...words]];
}

function ended(child: ChildProcess, program: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(
        new FailureError('ffmpegMissing', sentence('ffmpeg.notStarted', { program, reason: error.message }), program),
      ),
    );
    // 'close', not 'exit': by then the last of its words have arrived
    child.on('close', (code, killedBy) =>
      resolve(code === 0 ? null : killedBy ? `killed by ${killedBy}` : `exit code ${code}`),
    );
  });
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/);
    // a file can make ffmpeg print without end and without a line break
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) if (line !== '') onLine(line.slice(0, longestLine));
  });
  child.stderr?.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** Throws FailureError 'cancelled' once `signal` has aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function cancelled(): FailureError {
  return new FailureError('cancelled', sentence('engine.cancelled'));
}

function tooSlow(about: string | undefined, seconds: number): FailureError {
  return new FailureError('damaged', sentence('ffmpeg.tooSlow', { name: namedSource(about ?? null), seconds }), about);
}

/** The program was killed, or ended before its stream did: its exit says why. */
function isEarlyClose(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return ['ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(code);
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
