/** What is known of a media file beyond the document's record: kept in its cache as facts.json, remade when absent. */
import { z } from 'zod';
import type { FileClock } from '../ffmpeg/input.ts';
import type { SourceColour } from '../ffmpeg/sourceColour.ts';
import { rateSchema } from '../document/refs.ts';
import { mediaItemSchema } from '../document/schema.ts';
import { sentenceSchema } from '../document/sentence.ts';

/** Raise it when facts gain or change meaning: older files are then probed again. */
export const factsVersion = 7;

/** Names as ffmpeg and sharp use them. Facts end up in ffmpeg's arguments: nothing else passes. */
const word = z.string().regex(/^[\w.+-]{0,100}$/, 'not a name that ffmpeg uses');
const streamIndex = z.number().int().min(0).max(9999);
const sidePx = z.number().int().positive().max(100_000);
/** Of what may begin before time 0, by less than a frame. */
const anySeconds = z.number().min(-1e6).max(1e6);
const seconds = anySeconds.nonnegative();
/** Names of channel layouts hold brackets: '5.1(side)'. */
const layoutWord = z.string().regex(/^[\w.+()-]{0,100}$/, 'not a channel layout of ffmpeg');
const label = z.string().max(1000);

/** Facts about a file's video stream, as stored in the cache. */
export const videoFactsSchema = z.object({
  streamIndex,
  /** As shown: rotation and pixel aspect applied. */
  width: sidePx,
  height: sidePx,
  codedWidth: sidePx,
  codedHeight: sidePx,
  /** The regular grid that the source's frames are mapped to. */
  rate: rateSchema,
  codec: word,
  pixelFormat: word,
  rotationDegrees: z.number().min(-3600).max(3600),
  mirrored: z.boolean(),
  sampleAspect: rateSchema,
  hasAlpha: z.boolean(),
  /** ffmpeg's names; '' where the file does not say. */
  matrix: word,
  transfer: word,
  primaries: word,
  range: word,
  /** Brightest pixel of HDR as announced (MaxCLL, else the mastering display's peak), cd/m2; null without it. */
  peakNits: z.number().positive().max(10_000).nullable(),
  /** Most frames from one key frame to the next, in the first 20 s; null = not measured. */
  gopFrames: z.number().int().nonnegative().max(1e9).nullable(),
  /** Frame distances differ by more than half a frame. */
  irregular: z.boolean(),
  /** Presentation time of the first frame, s; a whole number of frames of a file that keeps its rate. */
  startSeconds: seconds,
  /** End of the last frame, s. */
  endSeconds: seconds,
  /** Slots of the source's grid from time 0 to the last frame, which is in slot `frameCount - 1`. */
  frameCount: z.number().int().positive().max(1e9),
  /** Which field of a frame comes first; 'progressive' where frames are whole. */
  fieldOrder: z.enum(['progressive', 'top', 'bottom']),
  /** Interlaced frames carry a mark: where whole frames are among them, those carry none. */
  fieldsMarked: z.boolean(),
  /** Size, pixel format or colour changes inside the stream. */
  changes: z.boolean(),
  /** Time stamps jump inside the file, so that a seek lands anywhere: frames are counted from its beginning. */
  clockJumps: z.boolean(),
  /**
   * Frames from the first on whose time the file does not say, or says wrongly: each takes one slot. All of
   * `frameCount` where no time can be trusted, so that frames are counted from the beginning.
   */
  untimedFrames: z.number().int().nonnegative().max(1e9),
});
/** As `videoFactsSchema`. */
export type VideoFacts = Readonly<z.infer<typeof videoFactsSchema>>;

/** Facts about a file's audio stream, as stored in the cache. */
export const audioFactsSchema = z.object({
  streamIndex,
  sampleRateHz: z.number().int().positive().max(10_000_000),
  channels: z.number().int().positive().max(1024),
  codec: word,
  /** ffmpeg's name of the channel layout; '' where the file does not say. */
  layout: layoutWord,
  /** Time of the first sample, s; below 0 where sound begins less than a frame before the grid of the picture. */
  startSeconds: anySeconds,
  /** End of the last sample, s. */
  endSeconds: seconds,
  /** False where the container's time stamps are too coarse to place a sample exactly after a seek. */
  sampleExact: z.boolean(),
  /** Sample rate or channel layout changes inside the stream. */
  changes: z.boolean(),
  /** As the file names the stream; '' where it does not. */
  title: label,
  /** ISO 639 code or another tag as the file has it; '' where it has none. */
  language: label,
});
/** As `audioFactsSchema`. */
export type AudioFacts = Readonly<z.infer<typeof audioFactsSchema>>;

/** Everything probing tells about a media file, as stored in the cache. */
export const mediaFactsSchema = z.object({
  version: z.literal(factsVersion),
  kind: mediaItemSchema.shape.kind,
  /** ffmpeg's, several separated by commas. */
  formatName: z.string().regex(/^[\w.,+-]{0,200}$/, 'not a format'),
  contentType: z.string().regex(/^[\w.+/-]{0,100}$/, 'not a media type'),
  /**
   * Time 0 of all facts and of the source: the start of a frame. s after the start that ffmpeg counts from, which is
   * that of the earliest stream, or 0 where the file has none; below 0 where frames without a time come before it.
   */
  originSeconds: anySeconds,
  /** The latest end of its streams; encoder padding of the sound past the picture does not count. */
  durationTicks: mediaItemSchema.shape.durationTicks,
  video: videoFactsSchema.nullable(),
  /** The first of `sounds`. */
  audio: audioFactsSchema.nullable(),
  /** Every sound stream that can be used, in file order. */
  sounds: z.array(audioFactsSchema).max(1000),
  /** Time code of the first frame: '01:00:00:00', '01:00:00;00' for drop-frame; null where the file has none. */
  timecode: z.string().max(20).nullable(),
  /** Where the data is damaged, s, and how. */
  damage: z.array(z.object({ seconds, what: sentenceSchema })).max(1000),
  /** null: Chromium decodes the original and seeks fast in it. Else why a proxy is made. */
  proxyReason: z.string().max(1000).nullable(),
  /** Chromium decodes the original, even if not fast enough to scrub. */
  decodable: z.boolean(),
  /** What the user should know: parts left out, an unusual clock. */
  remarks: z.array(sentenceSchema).max(100),
});
/** As `mediaFactsSchema`. */
export type MediaFacts = Readonly<z.infer<typeof mediaFactsSchema>>;

/** Colour as core/render reads it. */
export function colourOf(video: VideoFacts): SourceColour {
  return {
    matrix: video.matrix,
    transfer: video.transfer,
    primaries: video.primaries,
    range: video.range,
    pixelFormat: video.pixelFormat,
    codec: video.codec,
    width: video.codedWidth,
    height: video.codedHeight,
    peakNits: video.peakNits,
  };
}

/** Formats whose time ffmpeg counts from the earliest stream that is read (AVFMT_TS_DISCONT), not from the file's. */
const countedByStream = ['mpegts', 'mpeg', 'ogg', 'wtv'];

/** How ffmpeg has to count the time of a file of which one stream is read without the others. */
export function clockAlone(
  { formatName, originSeconds }: Pick<MediaFacts, 'formatName' | 'originSeconds'>,
  { startSeconds }: Pick<AudioFacts, 'startSeconds'>,
): FileClock {
  const counted = formatName.split(',').some((name) => countedByStream.includes(name));
  return counted ? { originSeconds, aloneAtSeconds: startSeconds + originSeconds } : { originSeconds };
}
