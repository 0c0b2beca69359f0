/** What the time stamps of sound are worth in each kind of container, and what its decoders do to the ends. */
import type { AudioFacts, MediaFacts } from '../../disk/facts.ts';
import type { SoundClock } from '../../ffmpeg/soundGraph.ts';

/** Containers whose time stamps are coarser than a sample. */
const roundedFormats = ['matroska', 'webm', 'flv', 'asf', 'avi', 'mpegts', 'mpeg', 'rm', 'gxf', 'dv'];
/** Containers without time stamps: ffmpeg estimates them from the bit rate where sound is compressed. */
const clocklessFormats = ['wav', 'w64', 'aiff', 'caf', 'au', 'voc'];
/** Exact while they are read from the beginning; after a seek ffmpeg may count wrongly. */
const exactFormats = ['ogg', 'nut'];

/** Whether ffprobe's name of a format ('mov,mp4,m4a') has one of `formats`. */
export function isOneOf(formatName: string, formats: readonly string[]): boolean {
  return formatName.split(',').some((name) => formats.includes(name));
}

/** Whether a format's time stamps are coarser than a sample. */
export function isRounded(formatName: string): boolean {
  return isOneOf(formatName, roundedFormats);
}

/** Whether a format has no time stamps. */
export function isClockless(formatName: string): boolean {
  return isOneOf(formatName, clocklessFormats);
}

/** The clock of a stream that is read from its file's beginning. */
export function clockOf({ formatName }: Pick<MediaFacts, 'formatName'>, audio: AudioFacts): SoundClock {
  if (isClockless(formatName)) return 'none';
  // ffmpeg's parser gives FLAC in ASF the times of later packets
  if (audio.codec === 'flac' && isOneOf(formatName, ['asf'])) return 'none';
  if (isOneOf(formatName, ['gxf'])) return 'fields';
  if (isRounded(formatName)) return 'rounded';
  return audio.sampleExact || isOneOf(formatName, exactFormats) ? 'exact' : 'rounded';
}

/** Seconds that a decoder takes from a stream's beginning and gives after its last packet. */
export interface DecoderDelay {
  readonly droppedSeconds: number;
  readonly addedSeconds: number;
}

/**
 * Windows Media Audio 1 and 2 overlap their blocks: ffmpeg's decoder drops two at the beginning, and has one more when
 * there are no packets left (libavcodec/wmadec.c; block lengths from `ff_wma_get_frame_len_bits`).
 */
export function decoderDelay({ codec, sampleRateHz }: Pick<AudioFacts, 'codec' | 'sampleRateHz'>): DecoderDelay {
  const isFirst = codec === 'wmav1';
  if (!isFirst && codec !== 'wmav2') return { droppedSeconds: 0, addedSeconds: 0 };
  const isShort = sampleRateHz <= 22050 || (isFirst && sampleRateHz <= 32000);
  const block = (sampleRateHz <= 16000 ? 512 : isShort ? 1024 : 2048) / sampleRateHz;
  return { droppedSeconds: 2 * block, addedSeconds: block };
}

/** A file of one sound begins with the first sample that its decoder gives: its run-up is not material. */
export function startsAtFirstSample({ video, sounds }: Pick<MediaFacts, 'video' | 'sounds'>): boolean {
  const [sound] = sounds;
  return video === null && sounds.length === 1 && decoderDelay(sound!).droppedSeconds > 0;
}
