/**
 * The truth about a file: its frames and its sound as plain ffmpeg decodes them in one go, checked against how the file
 * was made. Kept beside the file.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodedHz, decodeFile, type Decoded } from './decode.node.ts';
import type { MadeFile } from './make.node.ts';
import { fitTone, roughness } from './tone.ts';
import type { MadePicture, MadeSound, TortureCase } from './torture.ts';

/** Sound of a file against the tone. */
export interface SoundTruth {
  /** s after the file's start, of what was made. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** End of all decoded samples, the encoder's padding with them. */
  readonly paddedEndSeconds: number;
  /** Position in the tone of the file's start, s. */
  readonly toneSeconds: number;
  /** Of ffmpeg's own decoding: residual, also within 60 ms of the ends, and the largest step in it. */
  readonly noise: number;
  readonly edgeNoise: number;
  readonly roughness: number;
  /** How far ffmpeg's own decoding strays from the tone's even course at most, samples at 48 kHz. */
  readonly wobbleSamples: number;
}

/** What a file holds. Times are s after the file's start. */
export interface Truth {
  readonly frames: readonly { readonly seconds: number; readonly number: number | null }[];
  readonly pictureEndSeconds: number | null;
  /** Stretches of sound without a gap in their time stamps, in order. */
  readonly sounds: readonly SoundTruth[];
  /** What in ffmpeg's decoding is not as it was made; only damaged files may have some. */
  readonly oddities: readonly string[];
}

/** Raise it when what is kept changes. */
const truthVersion = 6;

/** Containers without time stamps. What ffmpeg estimates says nothing about gaps. */
const clockless = ['wav', 'rf64', 'w64', 'aiff', 'caf', 'au', 'voc'];
/** GXF counts the fields of the picture, upwards: a fiftieth of a second. */
const fieldSeconds = 0.021;

function gapSecondsOf({ container }: TortureCase): number | undefined {
  if (clockless.includes(container)) return Infinity;
  return container === 'gxf' ? fieldSeconds : undefined;
}

/** The truth about a file that was made; kept beside it. */
export async function truthOf(made: TortureCase, file: MadeFile): Promise<Truth> {
  const kept = join(file.folder, `truth${truthVersion}.json`);
  if (existsSync(kept)) return JSON.parse(await readFile(kept, 'utf8')) as Truth;
  const decoded = await decodeFile(file.path, {
    picture: made.picture !== null,
    sound: made.sound !== null,
    turn: made.picture?.turn,
    withTimes: true,
    gapSeconds: gapSecondsOf(made),
  });
  const truth = readTruth(made, decoded);
  await writeFile(kept, JSON.stringify(truth));
  return truth;
}

function readTruth(made: TortureCase, decoded: Decoded): Truth {
  if (made.picture?.jumps) return truthByCount(made.picture);
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
  const sounds = made.sound ? soundTruths(made.sound, decoded, start) : [];
  return { frames, pictureEndSeconds: endOf(made, frames), sounds, oddities: oddities(made, decoded, sounds) };
}

function truthByCount({ frames, rate }: MadePicture): Truth {
  const seconds = (frame: number) => (frame * rate.den) / rate.num;
  return {
    frames: Array.from({ length: frames }, (_, number) => ({ seconds: seconds(number), number })),
    pictureEndSeconds: seconds(frames),
    sounds: [],
    oddities: [],
  };
}

function endOf({ picture }: TortureCase, frames: Truth['frames']): number | null {
  if (!picture || frames.length === 0) return null;
  const step = picture.rate.den / picture.rate.num;
  return frames.at(-1)!.seconds + step;
}

const windowSamples = 1920;

/** A stretch shorter than this tells nothing, s. */
const shortestSeconds = 0.25;

function soundTruths(made: MadeSound, decoded: Decoded, start: number): SoundTruth[] {
  const { soundStarts, samples } = decoded;
  return soundStarts.flatMap(({ sample, seconds }, index) => {
    const part = samples.subarray(sample, soundStarts[index + 1]?.sample ?? samples.length);
    if (part.length < shortestSeconds * decodedHz) return [];
    const guesses = made.cut ? [made.fromSeconds, 0] : [made.fromSeconds];
    const found = guesses.map((from) => soundTruth(made, part, seconds - start, from + sample / decodedHz));
    return found.filter((truth) => truth !== null).sort((a, b) => a.noise - b.noise)[0] ?? [];
  });
}

/** `begin`: s after the file's start; `guess`: where in the tone the first sample should be, s. */
function soundTruth(made: MadeSound, samples: Float32Array, begin: number, guess: number): SoundTruth | null {
  let lead: number | null = null;
  const fitAt = (from: number) => {
    const part = samples.subarray(from, from + windowSamples);
    const atSeconds = from / decodedHz + (lead ?? guess);
    return { atSeconds, part, fit: fitTone(part, atSeconds, 1 / decodedHz, lead === null ? 0.3 : 0.002) };
  };
  const fits: ReturnType<typeof fitAt>[] = [];
  const hop = made.rough ? windowSamples / 2 : 9600;
  for (let from = 4800; from + windowSamples < samples.length - 4800; from += hop) {
    const found = fitAt(from);
    if (found.fit.noise >= 0.5) continue;
    lead ??= found.atSeconds - from / decodedHz + found.fit.offsetSeconds;
    fits.push(found);
  }
  if (fits.length === 0 || lead === null) return null;
  const shifts = fits
    .slice(1)
    .map(({ fit }) => fit.offsetSeconds)
    .sort((a, b) => a - b);
  const middle = shifts[shifts.length >> 1] ?? 0;
  const toneSeconds: number = lead + middle - begin;
  const end = begin + samples.length / decodedHz;
  const startSeconds = Math.max(begin, (made.cut ? 0 : made.fromSeconds) - toneSeconds);
  const endSeconds = Math.min(end, made.toSeconds - toneSeconds);
  const edges = [startSeconds, endSeconds - windowSamples / decodedHz].map(
    (seconds) => fitAt(Math.max(0, Math.round((seconds - begin) * decodedHz))).fit.noise,
  );
  return {
    startSeconds,
    endSeconds,
    paddedEndSeconds: end,
    toneSeconds,
    noise: Math.max(...fits.map(({ fit }) => fit.noise)),
    edgeNoise: Math.max(...edges),
    wobbleSamples: Math.max(0, ...shifts.map((shift) => Math.abs(shift - middle) * decodedHz)),
    roughness: Math.max(...fits.map(({ fit, atSeconds, part }) => roughness(part, fit, atSeconds, 1 / decodedHz))),
  };
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
