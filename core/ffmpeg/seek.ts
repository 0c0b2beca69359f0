/** How a picture stream is read from its middle, in each kind of container. */
import type { Rate } from '../time/ticks.ts';
import { neighbourFrames, type Fields } from './deinterlace.ts';
import { seconds } from './filterValue.ts';
import type { FfmpegInput } from './input.ts';

/** What a seek in a picture stream needs to know. */
export interface SeekFacts {
  /** ffmpeg's names of the container, separated by commas; '' where the file is only ever read from its beginning. */
  readonly formatName: string;
  /** The grid of the stream. */
  readonly rate: Rate;
  /** Most frames from one key frame to the next; null where unknown. */
  readonly gopFrames: number | null;
  /** Time of the stream's first frame, s. */
  readonly startSeconds: number;
  /** Time 0, s after the start that ffmpeg seeks from. */
  readonly originSeconds: number;
  readonly fieldOrder: Fields['fieldOrder'];
  /** Time stamps jump inside the file. */
  readonly clockJumps: boolean;
  /** Frames from the first on that have no time of their own. */
  readonly untimedFrames: number;
  /** Its key frames do not stand alone: every frame needs all before it. */
  readonly fromFirstFrame: boolean;
}

/** Options before `-i`, and what they make of the file's times. */
export interface Seek {
  readonly inputOptions: NonNullable<FfmpegInput['options']>;
  /** Where the wanted slot begins, s after the time that ffmpeg counts from. */
  readonly skipSeconds: number;
  /** True where nothing before the first frame that is read could have been read. */
  readonly fromBeginning: boolean;
}

/** Containers whose index names key frames. In all others, ffmpeg lands anywhere and decodes from the next one. */
const indexed = ['mp4', 'mov', 'matroska', 'webm', 'avi'];
/** Containers that ffmpeg counts from the first stream in use instead of the file's start, unless it seeks. */
const countedFromStream = ['mpegts', 'mpeg'];
/** Containers whose time stamps are whole milliseconds. */
const inMilliseconds = ['matroska', 'webm', 'flv', 'asf'];

/**
 * Key frames of MP4 and AVI are found by decoding time, which lies before presentation time by the frames that are
 * reordered: seven with the usual encoders.
 */
const reorderedSlots = 12;
/** From here back, reading starts at the beginning. */
const atBeginningSeconds = 0.5;
/** Without an index, reading starts this much before the wanted frame. */
const runUpSeconds = 10;
/** Key frames were measured over this time: where none came, they may be any distance apart. */
const longestGopSeconds = 15;

/**
 * Starts at a key frame before, and keeps all frames from there: with frames of uneven length the one that is on at the
 * wanted time may begin long before it, which an accurate seek would have thrown away.
 */
export function seekToSlot(slot: number, facts: SeekFacts, fromBeginning: boolean): Seek {
  const { rate, gopFrames } = facts;
  const wanted = (slot * rate.den) / rate.num;
  const has = (names: readonly string[]) => facts.formatName.split(',').some((name) => names.includes(name));
  if (facts.clockJumps) return fromStart(wanted, null);
  const firstSlot = Math.round((facts.startSeconds * rate.num) / rate.den);
  const isUntimed = facts.untimedFrames > 0 && slot < firstSlot + facts.untimedFrames + reorderedSlots;
  const from =
    fromBeginning || facts.fromFirstFrame || isUntimed ? firstSlot : slot - slotsBefore(facts, has(indexed), gopFrames);
  // close to the beginning ffmpeg may find nothing to seek to, and goes on from wherever it has read to
  if ((from - firstSlot) * rate.den <= atBeginningSeconds * rate.num)
    return fromStart(wanted, has(countedFromStream) ? facts.startSeconds + facts.originSeconds : null);
  const exact = (from * rate.den) / rate.num + facts.originSeconds;
  // what a container cannot express is rounded, and shifts every frame that follows
  const at = has(inMilliseconds) ? Math.floor(exact * 1000) / 1000 : Math.floor(exact * 1e6) / 1e6;
  return { inputOptions: [['noaccurate_seek'], ['ss', seconds(at)]], skipSeconds: wanted - at, fromBeginning: false };
}

function slotsBefore(
  { rate, formatName, fieldOrder }: SeekFacts,
  isIndexed: boolean,
  gopFrames: number | null,
): number {
  const perSecond = rate.num / rate.den;
  if (!isIndexed) {
    const gop = gopFrames ?? Infinity;
    if (gop / perSecond > longestGopSeconds) return Infinity;
    return Math.ceil(Math.max(runUpSeconds * perSecond, gop + reorderedSlots));
  }
  // frames that are all key frames are not reordered; Matroska's index has presentation times
  if (gopFrames !== 1 && !/matroska|webm/.test(formatName)) return reorderedSlots;
  return fieldOrder === 'progressive' ? 0 : neighbourFrames;
}

/**
 * From the beginning. A stream that ffmpeg would count from its own first frame is sought to just behind that: only
 * then are its times those of the file. (Before it, newer versions of ffmpeg count from the stream all the same.)
 */
function fromStart(wanted: number, streamStart: number | null): Seek {
  if (streamStart === null) return { inputOptions: [], skipSeconds: wanted, fromBeginning: true };
  const at = Math.ceil(streamStart * 1e6 + 1) / 1e6;
  return { inputOptions: [['noaccurate_seek'], ['ss', seconds(at)]], skipSeconds: wanted - at, fromBeginning: true };
}
