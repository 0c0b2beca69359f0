/** What is known of a media file beyond the document's record: kept in its cache as facts.json, remade when absent. */
import { z } from 'zod';
import type { SourceColour } from '../ffmpeg/colour.ts';
import { rateSchema } from '../document/refs.ts';
import { mediaItemSchema } from '../document/schema.ts';

/** Raise it when facts gain or change meaning: older files are then probed again. */
export const factsVersion = 1;

/** Names as ffmpeg and sharp use them. Facts end up in ffmpeg's arguments: nothing else passes. */
const word = z.string().regex(/^[\w.+-]{0,100}$/, 'not a name that ffmpeg uses');
const streamIndex = z.number().int().min(0).max(9999);
const sidePx = z.number().int().positive().max(100_000);
const startSeconds = z.number().nonnegative().max(1e6);

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
  /** Most frames from one key frame to the next, in the first 20 s; null = not measured. */
  gopFrames: z.number().int().nonnegative().max(1e9).nullable(),
  /** Frame distances differ by more than half a frame. */
  irregular: z.boolean(),
  /** First frame's time after the file's start, s. */
  startSeconds,
});
/** As `videoFactsSchema`. */
export type VideoFacts = Readonly<z.infer<typeof videoFactsSchema>>;

/** Facts about a file's audio stream, as stored in the cache. */
export const audioFactsSchema = z.object({
  streamIndex,
  sampleRateHz: z.number().int().positive().max(10_000_000),
  channels: z.number().int().positive().max(1024),
  codec: word,
  startSeconds,
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
  durationTicks: mediaItemSchema.shape.durationTicks,
  video: videoFactsSchema.nullable(),
  audio: audioFactsSchema.nullable(),
  /** null: Chromium decodes the original and seeks fast in it. Else why a proxy is made. */
  proxyReason: z.string().max(1000).nullable(),
  /** Chromium decodes the original, even if not fast enough to scrub. */
  decodable: z.boolean(),
  /** For whoever asks for details: what of the file is left out. */
  remarks: z.array(z.string().max(1000)).max(100),
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
    height: video.codedHeight,
  };
}

/** Containers with an index of their key frames. */
export function seeksExactly(facts: Pick<MediaFacts, 'formatName'>): boolean {
  return facts.formatName.split(',').some((name) => ['mp4', 'mov', 'matroska', 'webm', 'avi'].includes(name));
}
