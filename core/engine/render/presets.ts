/** What an export preset means for ffmpeg. */
import type { ExportPresetId } from '../../contract/jobs.ts';
import { text } from '../../ffmpeg/filterValue.ts';
import { bt709Tags, type OutputOption } from '../../ffmpeg/option.ts';
import type { Size } from '../../render/place.ts';
import { losslessOptions } from '../../ffmpeg/losslessOptions.ts';

/** An export preset. */
export interface Preset {
  readonly id: ExportPresetId;
  /** The picture fits in this box, or in it turned upright; null: sound only. 'sequence' keeps the sequence's size. */
  readonly box: Size | 'sequence' | null;
  readonly container: 'mp4' | 'mov' | 'mkv' | 'png' | 'wav';
  /** What the picture is put together in, where 8 bits and 4:2:0 are not enough for the encoder. */
  readonly samples?: 'deep' | 'finest';
  /** Encoders in order of preference; the first that works is taken. */
  readonly encoders: readonly string[];
  readonly defaultCrf: number | null;
  /**
   * About how many bits a pixel costs, and how many pixels a core encodes in a second: for estimates before anything
   * was measured.
   */
  readonly bitsPerPixel: number;
  readonly pixelsPerCoreSecond: number;
}

const box = (width: number, height: number): Size => ({ width, height });

/** All presets by id. */
export const presets: Readonly<Record<ExportPresetId, Preset>> = {
  'h264-720p': {
    id: 'h264-720p',
    box: box(1280, 720),
    container: 'mp4',
    encoders: ['libx264'],
    defaultCrf: 20,
    bitsPerPixel: 0.1,
    pixelsPerCoreSecond: 14e6,
  },
  'h264-1080p': {
    id: 'h264-1080p',
    box: box(1920, 1080),
    container: 'mp4',
    encoders: ['libx264'],
    defaultCrf: 20,
    bitsPerPixel: 0.09,
    pixelsPerCoreSecond: 14e6,
  },
  'h264-2160p': {
    id: 'h264-2160p',
    box: box(3840, 2160),
    container: 'mp4',
    encoders: ['libx264'],
    defaultCrf: 20,
    bitsPerPixel: 0.07,
    pixelsPerCoreSecond: 14e6,
  },
  'h265-1080p': {
    id: 'h265-1080p',
    box: box(1920, 1080),
    container: 'mp4',
    encoders: ['libx265'],
    defaultCrf: 23,
    bitsPerPixel: 0.05,
    pixelsPerCoreSecond: 5e6,
  },
  'av1-1080p': {
    id: 'av1-1080p',
    box: box(1920, 1080),
    container: 'mp4',
    encoders: ['libsvtav1', 'libaom-av1'],
    defaultCrf: 30,
    bitsPerPixel: 0.04,
    pixelsPerCoreSecond: 8e6,
  },
  'prores-422': {
    id: 'prores-422',
    box: 'sequence',
    container: 'mov',
    samples: 'deep',
    encoders: ['prores_ks'],
    defaultCrf: null,
    bitsPerPixel: 2.3,
    pixelsPerCoreSecond: 16e6,
  },
  lossless: {
    id: 'lossless',
    box: 'sequence',
    container: 'mkv',
    samples: 'finest',
    encoders: ['ffv1'],
    defaultCrf: null,
    bitsPerPixel: 8,
    pixelsPerCoreSecond: 20e6,
  },
  'frames-png': {
    id: 'frames-png',
    box: 'sequence',
    container: 'png',
    encoders: ['png'],
    defaultCrf: null,
    bitsPerPixel: 11,
    pixelsPerCoreSecond: 20e6,
  },
  'wav-mix': {
    id: 'wav-mix',
    box: null,
    container: 'wav',
    encoders: [],
    defaultCrf: null,
    bitsPerPixel: 0,
    pixelsPerCoreSecond: 1e9,
  },
};

/** Even sides, the sequence's aspect, within the preset's box (upright for upright sequences). Explicit sizes win. */
export function outputSize(
  preset: Preset,
  sequence: Size,
  wanted: { width: number | null; height: number | null },
): Size {
  // without loss also means: no pixel more or less
  const even = (px: number) => Math.max(16, preset.samples === 'finest' ? Math.round(px) : Math.round(px / 2) * 2);
  if (wanted.width !== null && wanted.height !== null)
    return { width: even(wanted.width), height: even(wanted.height) };
  if (wanted.width !== null)
    return { width: even(wanted.width), height: even((wanted.width * sequence.height) / sequence.width) };
  if (wanted.height !== null)
    return { width: even((wanted.height * sequence.width) / sequence.height), height: even(wanted.height) };
  if (preset.box === null || preset.box === 'sequence')
    return { width: even(sequence.width), height: even(sequence.height) };
  const upright = sequence.height > sequence.width;
  const limit = upright ? { width: preset.box.height, height: preset.box.width } : preset.box;
  const fit = Math.min(limit.width / sequence.width, limit.height / sequence.height);
  return { width: even(sequence.width * fit), height: even(sequence.height * fit) };
}

/** Options for the picture's encoder. */
export function pictureOptions(encoder: string, crf: number | null): readonly OutputOption[] {
  switch (encoder) {
    case 'libx264':
      return [['preset', 'medium'], ['crf', crf ?? 20], ['profile:v', 'high'], ...encoded(encoder, 'yuv420p')];
    case 'libx265':
      return [
        ['preset', 'medium'],
        ['crf', crf ?? 23],
        ['x265-params', text('log-level=error')],
        ['tag:v', 'hvc1'],
        ...encoded(encoder, 'yuv420p'),
      ];
    case 'libsvtav1':
      return [['preset', 8], ['crf', crf ?? 30], ['g', 240], ...encoded(encoder, 'yuv420p')];
    case 'libaom-av1':
      return [
        ['cpu-used', 6],
        ['row-mt', 1],
        ['crf', crf ?? 30],
        ['b:v', 0],
        ['g', 240],
        ...encoded(encoder, 'yuv420p'),
      ];
    case 'prores_ks':
      return [['profile:v', 2], ['vendor', 'apl0'], ...encoded(encoder, 'yuv422p10le')];
    case 'ffv1':
      return [...losslessOptions, ...bt709Tags];
    case 'png':
      return [
        ['c:v', 'png'],
        ['compression_level', 3],
        ['pix_fmt', 'rgb24'],
      ];
    default:
      throw new Error(`no options are known for the encoder ${encoder}`);
  }
}

function encoded(encoder: string, pixelFormat: string): readonly OutputOption[] {
  return [['c:v', encoder], ['pix_fmt', pixelFormat], ...bt709Tags];
}

/** Options for the sound's encoder in this container. */
export function soundOptions(container: Preset['container']): readonly OutputOption[] {
  switch (container) {
    case 'mp4':
      return [
        ['c:a', 'aac'],
        ['b:a', '192k'],
      ];
    case 'mov':
    case 'mkv':
    case 'wav':
      return [['c:a', 'pcm_s24le']];
    case 'png':
      return [];
  }
}
