/**
 * The truth about a file: its frames and its sound as plain ffmpeg decodes them in one go, checked against how the file
 * was made. Kept beside the file.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFiles, type Decoded, type DecodeJob } from './decode.node.ts';
import type { MadeFile } from './make.node.ts';
import { soundTruths, type Extent, type SoundTruth } from './soundTruth.node.ts';
import type { MadePicture, TortureCase } from './torture.ts';

/** What a file holds. Times are s after the file's time 0, on which lies a slot of its picture. */
export interface Truth {
  readonly frames: readonly { readonly seconds: number; readonly number: number | null }[];
  readonly pictureEndSeconds: number | null;
  /** Stretches of sound without a gap in their time stamps, in order. */
  readonly sounds: readonly SoundTruth[];
  /** Stretches of sound in which ffmpeg's own decoding does not tell its place in the tone. */
  readonly unclear: readonly Extent[];
  /** What in ffmpeg's decoding is not as it was made; only damaged files may have some. */
  readonly oddities: readonly string[];
}

/** Raise it when what is kept changes. */
const truthVersion = 11;

/** Containers without time stamps. What ffmpeg estimates says nothing about gaps. */
const clockless = ['wav', 'rf64', 'w64', 'aiff', 'caf', 'au', 'voc'];
/** GXF counts the fields of the picture, upwards: a fiftieth of a second. */
const fieldSeconds = 0.021;

function gapSecondsOf({ container, sound }: TortureCase): number | undefined {
  if (clockless.includes(container) || sound?.unstamped) return Infinity;
  return container === 'gxf' ? fieldSeconds : undefined;
}

/** A file of the set, as it was made. */
export interface MadeCase {
  readonly made: TortureCase;
  readonly file: MadeFile;
}

/** The truth about files that were made; each is kept beside its file. */
export async function truthsOf(cases: readonly MadeCase[]): Promise<Truth[]> {
  const unknown = cases.filter(({ file }) => !existsSync(truthPath(file)));
  const jobs = unknown.map(decodeJobsOf);
  const decoded = await decodeFiles(jobs.flat());
  for (const [index, { made, file }] of unknown.entries()) {
    const [whole, sound] = decoded.splice(0, jobs[index]!.length);
    const heard = sound ? { samples: sound.samples, soundStarts: sound.soundStarts } : {};
    await writeFile(truthPath(file), JSON.stringify(readTruth(made, { ...whole!, ...heard })));
  }
  return Promise.all(cases.map(async ({ made, file }) => fromFirstSlot(made, await keptTruth(file))));
}

const truthPath = (file: MadeFile) => join(file.folder, `truth${truthVersion}.json`);

/** Times s after the start that ffmpeg counts from. */
async function keptTruth(file: MadeFile): Promise<Truth> {
  return JSON.parse(await readFile(truthPath(file), 'utf8')) as Truth;
}

/** The whole file, and its sound once more where its rate changes: by the stored times alone. */
function decodeJobsOf({ made, file: { path } }: MadeCase): DecodeJob[] {
  const request = { turn: made.picture?.turn, withTimes: true, gapSeconds: gapSecondsOf(made) };
  const whole = { ...request, picture: made.picture !== null, sound: made.sound !== null };
  const stored = { ...request, picture: false, sound: true, storedTimes: true };
  return [{ path, request: whole }, ...(made.sound?.changes ? [{ path, request: stored }] : [])];
}

/** A file's time 0 is that on which its first frame lies on the grid, less than a frame after the start. */
function fromFirstSlot({ picture, container }: TortureCase, truth: Truth): Truth {
  const [first] = truth.frames;
  if (!picture || !first) return truth;
  const step = picture.rate.den / picture.rate.num;
  const exact = first.seconds - Math.floor(first.seconds / step) * step;
  if (exact < roundingSeconds || step - exact < roundingSeconds) return truth;
  const beside = inMilliseconds.includes(container) ? Math.round(exact * 1000) / 1000 : exact;
  return {
    ...truth,
    frames: truth.frames.map((frame) => ({ ...frame, seconds: frame.seconds - beside })),
    pictureEndSeconds: truth.pictureEndSeconds === null ? null : truth.pictureEndSeconds - beside,
    sounds: truth.sounds.map((sound) => ({
      ...sound,
      startSeconds: sound.startSeconds - beside,
      endSeconds: sound.endSeconds - beside,
      paddedEndSeconds: sound.paddedEndSeconds - beside,
      toneSeconds: sound.toneSeconds + beside,
    })),
  };
}

/** Containers of which no stream can be shifted by less than a millisecond. */
const inMilliseconds = ['mkv', 'webm', 'flv', 'wmv', 'asf'];
/** Time stamps in milliseconds. */
const roundingSeconds = 0.0011;

function readTruth(made: TortureCase, decoded: Decoded): Truth {
  if (made.sound?.unstamped) decoded = { ...decoded, soundStarts: [{ sample: 0, seconds: decoded.startSeconds ?? 0 }] };
  if (made.picture?.untimed) decoded = { ...decoded, frameSeconds: evenTimes(made.picture, decoded.frameSeconds) };
  if (made.picture?.jumps) return truthByCount(made.picture);
  const starts = [decoded.frameSeconds[0], decoded.soundStarts[0]?.seconds].filter((start) => start !== undefined);
  const first = starts.length > 0 ? Math.min(...starts) : 0;
  // the announced start may lie before the first sample that is heard, by the delay of an encoder
  const announced = decoded.startSeconds;
  const start = announced !== null && Math.abs(announced - first) < encoderDelay(made) ? announced : first;
  const frames = decoded.numbers.flatMap((number, index) => {
    const seconds = decoded.frameSeconds[index];
    // two fields make a frame that spells no number: a player shows the first of them
    const shown = made.picture?.fields ? index * 2 : number;
    return seconds === undefined ? [] : [{ seconds: seconds - start, number: shown }];
  });
  frames.sort((a, b) => a.seconds - b.seconds);
  const { sounds, unclear } = made.sound ? soundTruths(made, decoded, start) : { sounds: [], unclear: [] };
  return { frames, pictureEndSeconds: endOf(made, frames), sounds, unclear, oddities: oddities(made, decoded, sounds) };
}

/** Seconds. A sound alone begins with its first sample, though WMA announces it earlier; in a film the times count. */
function encoderDelay({ picture }: TortureCase): number {
  return picture === null ? 0.06 : 0.1;
}

/** Times of frames at the picture's rate, counted from the one end that has a time. */
function evenTimes({ untimed, rate }: MadePicture, frameSeconds: readonly number[]): number[] {
  const last = frameSeconds.length - 1;
  const anchor = untimed === 'start' ? last : 0;
  const seconds = untimed === 'start' ? frameSeconds[last]! : Math.min(...frameSeconds);
  return frameSeconds.map((_, frame) => seconds + ((frame - anchor) * rate.den) / rate.num);
}

function truthByCount({ frames, rate }: MadePicture): Truth {
  const seconds = (frame: number) => (frame * rate.den) / rate.num;
  return {
    frames: Array.from({ length: frames }, (_, number) => ({ seconds: seconds(number), number })),
    pictureEndSeconds: seconds(frames),
    sounds: [],
    unclear: [],
    oddities: [],
  };
}

function endOf({ picture }: TortureCase, frames: Truth['frames']): number | null {
  if (!picture || frames.length === 0) return null;
  const step = picture.rate.den / picture.rate.num;
  return frames.at(-1)!.seconds + step;
}

function oddities(made: TortureCase, decoded: Decoded, sounds: readonly SoundTruth[]): string[] {
  const odd: string[] = [];
  if (made.picture) {
    const { frames, variable, fields, unchecked } = made.picture;
    if (!unchecked && decoded.numbers.length !== frames)
      odd.push(`${decoded.numbers.length} frames instead of ${frames}`);
    const wrong = decoded.numbers.findIndex((number, index) => number !== index);
    if (!variable && !fields && !unchecked && wrong >= 0) odd.push(`frame ${wrong} is ${decoded.numbers[wrong]}`);
    if (decoded.frameSeconds.length !== decoded.numbers.length) odd.push('frames without a time');
  }
  if (made.sound && sounds.length === 0) odd.push('the tone is not there');
  return odd;
}
