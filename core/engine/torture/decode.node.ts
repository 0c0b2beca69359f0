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
  /** What ffmpeg complained about. */
  readonly complaints: readonly string[];
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

/** Decodes a file. Frames are brought down to the blocks of the grid by ffmpeg itself. */
export async function decodeFile(path: string, request: DecodeRequest): Promise<Decoded> {
  const { columns, rows } = turnedGrid(request.turn ?? { degrees: 0 });
  const show = request.withTimes ? 'showinfo=checksum=0,' : '';
  const ashow = request.withTimes ? 'ashowinfo,' : '';
  const graph = [
    ...(request.picture ? [`[0:V:0]${show}scale=${columns}:${rows}:flags=area,format=gray[v]`] : []),
    ...(request.sound ? [`[0:a:0]${ashow}aresample=${decodedHz},aformat=sample_fmts=flt:channel_layouts=mono[a]`] : []),
  ];
  const words = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', request.withTimes ? 'info' : 'error', '-threads', '1'],
    ...(request.withTimes ? ['-copyts'] : []),
    ...(request.storedTimes ? ['-fflags', 'nofillin'] : []),
    ...['-i', `file:${path}`, '-filter_complex', graph.join(';'), '-filter_threads', '1'],
    ...(request.picture ? ['-map', '[v]', '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:3'] : []),
    ...(request.sound ? ['-map', '[a]', '-f', 'f32le', 'pipe:4'] : []),
  ];
  const { picture, sound, lines } = await run(words);
  const turn = request.turn ?? { degrees: 0 };
  const size = columns * rows;
  const numbers = Array.from({ length: Math.floor(picture.length / size) }, (_, index) =>
    frameOf(turnBack(picture.subarray(index * size, (index + 1) * size), turn)),
  );
  const samples = new Float32Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + (sound.length & ~3)));
  const { heardSeconds, soundStarts, ...times } = timesOf(lines, request.gapSeconds);
  // where the sample rate changes, ffmpeg begins its filters again and loses what is in them
  const lost = request.storedTimes ? Math.round(heardSeconds * decodedHz) - samples.length : 0;
  const starts = soundStarts.map((start, index) => (index === 0 ? start : { ...start, sample: start.sample - lost }));
  return { numbers, samples, ...times, soundStarts: starts, complaints: complaintsOf(lines) };
}

function run(words: readonly string[]): Promise<{ picture: Buffer; sound: Buffer; lines: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', words, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[][] = [[], [], []];
    [2, 3, 4].forEach((pipe, index) =>
      (child.stdio[pipe] as NodeJS.ReadableStream).on('data', (chunk: Buffer) => chunks[index]!.push(chunk)),
    );
    child.on('error', reject);
    child.on('close', () => {
      const [log, picture, sound] = chunks.map((each) => Buffer.concat(each)) as [Buffer, Buffer, Buffer];
      resolve({ picture, sound, lines: log.toString('utf8').split('\n') });
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
    const base = /Parsed_showinfo.* config in time_base: (\d+)\/(\d+)/.exec(line);
    if (base) timeBase = Number(base[1]) / Number(base[2]);
    // the time in seconds is printed with six digits only
    const pts = / pts:\s*(-?\d+) /.exec(line)?.[1];
    if (pts === undefined) continue;
    if (line.includes('Parsed_showinfo')) frameSeconds.push(Number(pts) * timeBase);
    if (!line.includes('Parsed_ashowinfo')) continue;
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

function complaintsOf(lines: readonly string[]): string[] {
  return lines.filter((line) =>
    /error|invalid|corrupt|conceal|missing|truncat|partial|non.?monoton|discontinu/i.test(line),
  );
}
