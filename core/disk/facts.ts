/** What is known of a media file beyond the document's record: kept in its cache as facts.json, remade when absent. */
import type { SourceColour } from '../ffmpeg/colour.ts';
import type { MediaItem } from '../document/schema.ts';
import type { Rate, Ticks } from '../time/ticks.ts';

/** Raise it when facts gain or change meaning: older files are then probed anew. */
export const factsVersion = 1;

export interface VideoFacts {
  readonly streamIndex: number;
  /** As shown: rotation and pixel aspect applied. */
  readonly width: number;
  readonly height: number;
  readonly codedWidth: number;
  readonly codedHeight: number;
  /** The regular grid that the source's frames are mapped to. */
  readonly rate: Rate;
  readonly codec: string;
  readonly pixelFormat: string;
  readonly rotationDegrees: number;
  readonly mirrored: boolean;
  readonly sampleAspect: Rate;
  readonly hasAlpha: boolean;
  /** ffmpeg's names; '' where the file does not say. */
  readonly matrix: string;
  readonly transfer: string;
  readonly primaries: string;
  readonly range: string;
  /** Most frames from one key frame to the next, in the first 20 s; null = not measured. */
  readonly gopFrames: number | null;
  /** Frame distances differ by more than half a frame. */
  readonly irregular: boolean;
  /** First frame's time after the file's start, s. */
  readonly startSeconds: number;
}

export interface AudioFacts {
  readonly streamIndex: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly codec: string;
  readonly startSeconds: number;
}

export interface MediaFacts {
  readonly version: number;
  readonly kind: MediaItem['kind'];
  readonly formatName: string;
  readonly contentType: string;
  readonly durationTicks: Ticks;
  readonly video: VideoFacts | null;
  readonly audio: AudioFacts | null;
  /** null: Chromium decodes the original and seeks fast in it. Else why a proxy is made. */
  readonly proxyReason: string | null;
  /** Chromium decodes the original, even if not fast enough to scrub. */
  readonly decodable: boolean;
  /** Said to whoever asks for details: what of the file is left out. */
  readonly remarks: readonly string[];
}

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
