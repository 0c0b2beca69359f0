/**
 * The truth about a file: its frames and its sound as plain ffmpeg decodes them in one go, checked against how the file
 * was made. Kept beside the file.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodedHz, decodeFile, type Decoded } from './decode.node.ts';
import type { MadeFile } from './make.node.ts';
import { fitTone, roughness, type ToneFit } from './tone.ts';
import type { MadeSound, TortureCase } from './torture.ts';

/** Sound of a file against the tone. */
export interface SoundTruth {
  /** s after the file's start, of what was made. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** End of all decoded samples, the encoder's padding with them. */
  readonly paddedEndSeconds: number;
  /** Position in the tone of the file's start, s. */
  readonly toneSeconds: number;
  /** Of ffmpeg's own decoding: residual, and the largest step in it. */
  readonly noise: number;
  readonly roughness: number;
}

/** What a file holds. Times are s after the file's start. */
export interface Truth {
  readonly frames: readonly { readonly seconds: number; readonly number: number | null }[];
  readonly pictureEndSeconds: number | null;
  readonly sound: SoundTruth | null;
  /** What in ffmpeg's decoding is not as it was made; only damaged files may have some. */
  readonly oddities: readonly string[];
}

/** Raise it when what is kept changes. */
const truthVersion = 2;

/** The truth about a file that was made; kept beside it. */
export async function truthOf(made: TortureCase, file: MadeFile): Promise<Truth> {
  const kept = join(file.folder, `truth${truthVersion}.json`);
  if (existsSync(kept)) return JSON.parse(await readFile(kept, 'utf8')) as Truth;
  const decoded = await decodeFile(file.path, {
    picture: made.picture !== null,
    sound: made.sound !== null,
    turn: made.picture?.turn,
    withTimes: true,
  });
  const truth = readTruth(made, decoded);
  await writeFile(kept, JSON.stringify(truth));
  return truth;
}

function readTruth(made: TortureCase, decoded: Decoded): Truth {
  const starts = [decoded.frameSeconds[0], decoded.soundStarts[0]?.seconds].filter((start) => start !== undefined);
  const first = starts.length > 0 ? Math.min(...starts) : 0;
  // the announced start may lie before the first sample that is heard, by the delay of an encoder
  const announced = decoded.startSeconds;
  const start = announced !== null && Math.abs(announced - first) < 0.06 ? announced : first;
  const frames = decoded.numbers.flatMap((number, index) => {
    const seconds = decoded.frameSeconds[index];
    // two fields make a frame that spells no number: a player shows the first of them
    const shown = made.picture?.fields ? index * 2 : number;
    return seconds === undefined ? [] : [{ seconds: seconds - start, number: shown }];
  });
  frames.sort((a, b) => a.seconds - b.seconds);
  const sound = made.sound && soundTruth(made.sound, decoded, start);
  return { frames, pictureEndSeconds: endOf(made, frames), sound, oddities: oddities(made, decoded, sound) };
}

function endOf({ picture }: TortureCase, frames: Truth['frames']): number | null {
  if (!picture || frames.length === 0) return null;
  const step = picture.rate.den / picture.rate.num;
  return frames.at(-1)!.seconds + step;
}

const windowSamples = 1920;

/** The longest stretch without a gap. */
function mainStretch({ soundStarts, samples }: Decoded): { from: number; to: number; seconds: number } | null {
  const stretches = soundStarts.map(({ sample, seconds }, index) => ({
    from: sample,
    to: Math.min(samples.length, soundStarts[index + 1]?.sample ?? samples.length),
    seconds,
  }));
  return stretches.sort((a, b) => b.to - b.from - (a.to - a.from))[0] ?? null;
}

function soundTruth(made: MadeSound, decoded: Decoded, start: number): SoundTruth | null {
  const stretch = mainStretch(decoded);
  if (stretch === null) return null;
  const samples = decoded.samples.subarray(stretch.from, stretch.to);
  const begin = stretch.seconds - start;
  const fits: { atSeconds: number; fit: ToneFit; part: Float32Array }[] = [];
  let lead: number | null = null;
  for (let from = 4800; from + windowSamples < samples.length - 4800; from += 9600) {
    const part = samples.subarray(from, from + windowSamples);
    const guess: number = lead ?? made.fromSeconds + stretch.from / decodedHz;
    const expected = from / decodedHz + guess;
    const fit = fitTone(part, expected, 1 / decodedHz, lead === null ? 0.3 : 0.002);
    if (fit.noise < 0.5) lead ??= guess + fit.offsetSeconds;
    fits.push({ atSeconds: expected, fit, part });
  }
  const steady = fits.filter(({ fit }) => fit.noise < 0.5);
  if (steady.length === 0 || lead === null) return null;
  const shifts = steady.slice(1).map(({ fit }) => fit.offsetSeconds).sort((a, b) => a - b);
  const toneSeconds = lead + (shifts[shifts.length >> 1] ?? 0) - begin;
  return {
    startSeconds: Math.max(begin, made.fromSeconds - toneSeconds),
    endSeconds: Math.min(begin + samples.length / decodedHz, made.toSeconds - toneSeconds),
    paddedEndSeconds: begin + samples.length / decodedHz,
    toneSeconds,
    noise: Math.max(...steady.map(({ fit }) => fit.noise)),
    roughness: Math.max(...steady.map(({ fit, atSeconds, part }) => roughness(part, fit, atSeconds, 1 / decodedHz))),
  };
}

function oddities(made: TortureCase, decoded: Decoded, sound: SoundTruth | null): string[] {
  const odd: string[] = [];
  if (made.picture) {
    const { frames, variable, fields, unchecked } = made.picture;
    if (!unchecked && decoded.numbers.length !== frames) odd.push(`${decoded.numbers.length} frames instead of ${frames}`);
    const wrong = decoded.numbers.findIndex((number, index) => number !== index);
    if (!variable && !fields && !unchecked && wrong >= 0) odd.push(`frame ${wrong} is ${decoded.numbers[wrong]}`);
    if (decoded.frameSeconds.length !== decoded.numbers.length) odd.push('frames without a time');
  }
  if (made.sound && sound === null) odd.push('the tone is not there');
  return odd;
}
