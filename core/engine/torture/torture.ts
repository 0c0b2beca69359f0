/** What a file of the torture set is: how it is made and what it holds. */
import type { Rate } from '../../time/ticks.ts';
import type { Turn } from './signal.ts';

/** Something done to a finished file's bytes. */
export type ByteEdit =
  /** Keeps the first part, as a share of the bytes. */
  | { readonly kind: 'truncate'; readonly share: number }
  /** Puts zeros over `bytes` bytes that begin at a share of the file. */
  | { readonly kind: 'zero'; readonly share: number; readonly bytes: number }
  /** Replaces every occurrence of `from` by `to`, in hexadecimal digits of the same length. */
  | { readonly kind: 'replace'; readonly from: string; readonly to: string };

/**
 * One step of making a file: ffmpeg's words, or files put one after the other. `{picture}`, `{tone44100}` and such are
 * the signals, `{1}` is what step 1 made, `{out}` is the step's own result.
 */
export type Step =
  | { readonly ffmpeg: readonly string[]; readonly extension?: string }
  | { readonly join: readonly string[] }
  /** A small text file, such as subtitles. */
  | { readonly text: string; readonly extension: string }
  | { readonly edit: ByteEdit };

/** A file's picture as it was made. */
export interface MadePicture {
  readonly rate: Rate;
  readonly frames: number;
  /** Frames do not keep one distance. */
  readonly variable?: boolean;
  /** How a player turns it. */
  readonly turn?: Turn;
  /** Every frame holds two moments: the first field's number is 2k, the second's 2k + 1. */
  readonly fields?: boolean;
  /** Numbers, count and times are those that ffmpeg decodes: cut files begin anywhere. */
  readonly unchecked?: boolean;
  /** The clock jumps: frames count from 0 in the order they are stored, and sound is not judged. */
  readonly jumps?: boolean;
  /**
   * Frames keep their distance, but the file does not say when they are: only the last ones have a time ('start'), or
   * none has, and the first begins with the file ('all').
   */
  readonly untimed?: 'start' | 'all';
}

/** A file's sound as it was made: the tone between two moments, s of the picture's clock. */
export interface MadeSound {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Decoded samples are near the tone only (speech codecs, 8 kHz): position is judged, residuals are not. */
  readonly rough?: boolean;
  /** The file was cut without encoding: its sound begins at `fromSeconds` or at the key frame before. */
  readonly cut?: boolean;
  /** ffmpeg reads wrong time stamps where there are none: the sound begins with the file and has no gap. */
  readonly unstamped?: boolean;
  /** The sample rate changes in a transport stream. */
  readonly changes?: boolean;
  /** What follows `toSeconds` is not judged. */
  readonly partly?: boolean;
}

/** One file of the set. */
export interface TortureCase {
  /** The file's name, unique in the set. */
  readonly name: string;
  readonly container: string;
  /** '' for a plain file. */
  readonly oddity: string;
  readonly steps: readonly Step[];
  readonly picture: MadePicture | null;
  readonly sound: MadeSound | null;
  /** Usable sound streams. */
  readonly soundStreams: number;
  /** Something is broken or missing: a refusal, a remark, a damage entry or a notice has to say so. */
  readonly damaged?: boolean;
  /** More than picture and sound: subtitles, data. A remark has to name what is left out. */
  readonly leavesOut?: boolean;
}
