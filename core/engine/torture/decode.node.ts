/** Plain decoding by ffmpeg, from the beginning to the end: what a file shows and sounds like without Framewright. */
import { spawn } from 'node:child_process';
import { turnedGrid, turnBack, frameOf, type Turn } from './signal.ts';

/** A file as ffmpeg decodes it in one go. */
export interface Decoded {
  /** Numbers of the frames in the order they are shown; null for one that spells none. */
  readonly numbers: readonly (number | null)[];
  /** Time of each frame on the file's own clock, s; empty without `withTimes`. */
  readonly frameSeconds: readonly number[];
  /** Sound at 48 kHz, one channel. */
  readonly samples: Float32Array;
  /** Where sound begins, and where it goes on after a gap in its time stamps; empty without `withTimes`. */
  readonly soundStarts: readonly SoundStart[];
  /** Start of the file as its header or its first packets say, s; null without `withTimes`. */
  readonly startSeconds: number | null;
}

/** A stretch of sound without a gap: its first sample (at 48 kHz), and the time of that on the file's own clock, s. */
export interface SoundStart {
  readonly sample: number;
  readonly seconds: number;
}

/** What to decode. */
export interface DecodeRequest {
  readonly picture: boolean;
  readonly sound: boolean;
  readonly turn?: Turn;
  /** Reads time stamps too: they are printed by filters. */
  readonly withTimes?: boolean;
  /** Sound goes on behind a jump of its time stamps by more than this, s; by less they are rounded or estimated. */
  readonly gapSeconds?: number;
  /** Takes the times that a container stores alone: those that ffmpeg fills in between assume one sample rate. */
  readonly storedTimes?: boolean;
}

/** Hertz of all decoded sound. */
export const decodedHz = 48000;

/** A file to decode, and what of it. */
export interface DecodeJob {
  readonly path: string;
  readonly request: DecodeRequest;
}

/** Files that one ffmpeg decodes at once: starting it costs more than most of them. */
const mostAtOnce = 16;

/**
 * Decodes files, in the order given. Frames are brought down to the blocks of the grid by ffmpeg itself. Each file has
 * graphs of its own, so that none of them knows of the others.
 */
export async function decodeFiles(jobs: readonly DecodeJob[]): Promise<Decoded[]> {
  const decoded: Decoded[] = new Array(jobs.length);
  const places = jobs.map((_, index) => index);
  // time stamps are kept or shifted for a whole run
  for (const withTimes of [false, true]) {
    const alike = places.filter((place) => Boolean(jobs[place]!.request.withTimes) === withTimes);
    for (let from = 0; from < alike.length; from += mostAtOnce) {
      const chunk = alike.slice(from, from + mostAtOnce);
      const answers = await decodeTogether(chunk.map((place) => jobs[place]!));
      chunk.forEach((place, index) => (decoded[place] = answers[index]!));
    }
  }
  return decoded;
}

async function decodeTogether(jobs: readonly DecodeJob[]): Promise<Decoded[]> {
  const withTimes = Boolean(jobs[0]!.request.withTimes);
  const words = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', withTimes ? 'info' : 'error'],
    ...(withTimes ? ['-copyts'] : []),
    ...jobs.flatMap(inputWords),
    ...['-filter_threads', '1'],
    ...jobs.flatMap(outputWords),
  ];
  const { code, outputs, lines } = await run(words, jobs.length);
  // one that cannot be decoded to its end must not take the others with it
  if (code !== 0 && jobs.length > 1) return (await Promise.all(jobs.map((job) => decodeTogether([job])))).flat();
  return jobs.map((job, index) => decodedOf(job, outputs[2 * index]!, outputs[2 * index + 1]!, linesOf(lines, index)));
}

function inputWords({ path, request }: DecodeJob): string[] {
  return ['-threads', '1', ...(request.storedTimes ? ['-fflags', 'nofillin'] : []), '-i', `file:${path}`];
}

/** Picture and sound of the job at a place go to two pipes of their own; filters are named after the place. */
function outputWords({ request }: DecodeJob, place: number): string[] {
  const { columns, rows } = turnedGrid(request.turn ?? { degrees: 0 });
  const show = request.withTimes ? `showinfo@${place}=checksum=0,` : '';
  const ashow = request.withTimes ? `ashowinfo@${place},` : '';
  const picture = `[${place}:V:0]${show}scale=${columns}:${rows}:flags=area,format=gray[v${place}]`;
  const sound = `[${place}:a:0]${ashow}aresample=${decodedHz},aformat=sample_fmts=flt:channel_layouts=mono[a${place}]`;
  const pipe = firstPipe + 2 * place;
  return [
    ...(request.picture
      ? [
          '-filter_complex',
          picture,
          '-map',
          `[v${place}]`,
          '-fps_mode',
          'passthrough',
          '-f',
          'rawvideo',
          `pipe:${pipe}`,
        ]
      : []),
    ...(request.sound ? ['-filter_complex', sound, '-map', `[a${place}]`, '-f', 'f32le', `pipe:${pipe + 1}`] : []),
  ];
}

function decodedOf({ request }: DecodeJob, picture: Buffer, sound: Buffer, lines: readonly string[]): Decoded {
  const turn = request.turn ?? { degrees: 0 };
  const { columns, rows } = turnedGrid(turn);
  const size = columns * rows;
  const numbers = Array.from({ length: Math.floor(picture.length / size) }, (_, index) =>
    frameOf(turnBack(picture.subarray(index * size, (index + 1) * size), turn)),
  );
  const samples = new Float32Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + (sound.length & ~3)));
  const { heardSeconds, soundStarts, ...times } = timesOf(lines, request.gapSeconds);
  // where the sample rate changes, ffmpeg begins its filters again and loses what is in them
  const lost = request.storedTimes ? Math.round(heardSeconds * decodedHz) - samples.length : 0;
  const starts = soundStarts.map((start, index) => (index === 0 ? start : { ...start, sample: start.sample - lost }));
  return { numbers, samples, ...times, soundStarts: starts };
}

/** What ffmpeg printed about the input at a place, and what its filters did. */
function linesOf(lines: readonly string[], place: number): string[] {
  let input = -1;
  return lines.filter((line) => {
    const begun = /^Input #(\d+)/.exec(line)?.[1];
    if (begun !== undefined) input = Number(begun);
    const filter = /^\[a?showinfo@(\d+) /.exec(line)?.[1];
    return filter === undefined ? input === place : Number(filter) === place;
  });
}

const firstPipe = 3;

interface RunResult {
  readonly code: number | null;
  /** Picture and sound of each file in turn. */
  readonly outputs: readonly Buffer[];
  readonly lines: readonly string[];
}

function run(words: readonly string[], files: number): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const pipes = Array.from({ length: 2 * files }, () => 'pipe' as const);
    const child = spawn('ffmpeg', words, { stdio: ['ignore', 'ignore', 'pipe', ...pipes] });
    const chunks: Buffer[][] = child.stdio.slice(2).map(() => []);
    child.stdio.slice(2).forEach((pipe, index) => {
      (pipe as NodeJS.ReadableStream).on('data', (chunk: Buffer) => chunks[index]!.push(chunk));
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [log, ...outputs] = chunks.map((each) => Buffer.concat(each));
      resolve({ code, outputs, lines: log!.toString('utf8').split('\n') });
    });
  });
}

interface Times extends Pick<Decoded, 'frameSeconds' | 'soundStarts' | 'startSeconds'> {
  /** Length of all sound that was decoded. */
  readonly heardSeconds: number;
}

/** Time stamps in milliseconds, or in blocks of a coarse container, are no gaps. */
const usualGapSeconds = 0.01;

function timesOf(lines: readonly string[], gapSeconds = usualGapSeconds): Times {
  const frameSeconds: number[] = [];
  const soundStarts: SoundStart[] = [];
  let startSeconds: number | null = null;
  let heardSeconds = 0;
  let timeBase = 1;
  for (const line of lines) {
    const announced = /^ {2}Duration: .*, start: (-?[\d.]+)/.exec(line)?.[1];
    if (announced !== undefined) startSeconds = Number(announced);
    const base = /^\[showinfo@.* config in time_base: (\d+)\/(\d+)/.exec(line);
    if (base) timeBase = Number(base[1]) / Number(base[2]);
    // the time in seconds is printed with six digits only
    const pts = / pts:\s*(-?\d+) /.exec(line)?.[1];
    if (pts === undefined) continue;
    if (line.startsWith('[showinfo@')) frameSeconds.push(Number(pts) * timeBase);
    if (!line.startsWith('[ashowinfo@')) continue;
    const rate = Number(/ rate:(\d+)/.exec(line)?.[1]);
    const seconds = Number(pts) / rate;
    const last = soundStarts.at(-1);
    const sample = Math.round(heardSeconds * decodedHz);
    if (!last || Math.abs(last.seconds + (sample - last.sample) / decodedHz - seconds) > gapSeconds)
      soundStarts.push({ sample, seconds });
    heardSeconds += Number(/ nb_samples:(\d+)/.exec(line)?.[1]) / rate;
  }
  return { frameSeconds, soundStarts, startSeconds, heardSeconds };
}
