/** The export presets as the dialog lists them; what they mean for ffmpeg stands in the engine. */
import { AudioLines, Film, Image } from 'lucide-react';
import type { ExportPresetId } from '../../../core/contract/jobs.ts';
import type { IconType } from '../../ui/Icon.tsx';

export interface PresetRow {
  readonly id: ExportPresetId;
  readonly group: 'video' | 'sound';
  readonly icon: IconType;
  /** Proper names: not translated. */
  readonly name: string;
  readonly detail: string;
  /** '' = a folder of files. */
  readonly ending: string;
  /** The picture fits in this box; 'sequence' keeps the sequence's size; null: no picture. */
  readonly box: { readonly width: number; readonly height: number } | 'sequence' | null;
  /** null: quality is not a choice. */
  readonly defaultCrf: number | null;
  readonly encoderNames: readonly string[];
  readonly encoder: string;
  readonly sound: string | null;
}

const box = (width: number, height: number) => ({ width, height });
const aac = 'AAC, 192 kb/s, 48 kHz';
const pcm = 'PCM, 24 bit, 48 kHz';

/** Every export preset, in the order of the dialog. */
export const presetRows: readonly PresetRow[] = [
  {
    id: 'h264-1080p',
    group: 'video',
    icon: Film,
    name: 'H.264',
    detail: '1080p',
    ending: '.mp4',
    box: box(1920, 1080),
    defaultCrf: 20,
    encoderNames: ['libx264'],
    encoder: 'x264, medium',
    sound: aac,
  },
  {
    id: 'h264-720p',
    group: 'video',
    icon: Film,
    name: 'H.264',
    detail: '720p',
    ending: '.mp4',
    box: box(1280, 720),
    defaultCrf: 20,
    encoderNames: ['libx264'],
    encoder: 'x264, medium',
    sound: aac,
  },
  {
    id: 'h264-2160p',
    group: 'video',
    icon: Film,
    name: 'H.264',
    detail: '2160p',
    ending: '.mp4',
    box: box(3840, 2160),
    defaultCrf: 20,
    encoderNames: ['libx264'],
    encoder: 'x264, medium',
    sound: aac,
  },
  {
    id: 'h265-1080p',
    group: 'video',
    icon: Film,
    name: 'H.265',
    detail: '1080p',
    ending: '.mp4',
    box: box(1920, 1080),
    defaultCrf: 23,
    encoderNames: ['libx265'],
    encoder: 'x265, medium',
    sound: aac,
  },
  {
    id: 'av1-1080p',
    group: 'video',
    icon: Film,
    name: 'AV1',
    detail: '1080p',
    ending: '.mp4',
    box: box(1920, 1080),
    defaultCrf: 30,
    encoderNames: ['libsvtav1', 'libaom-av1'],
    encoder: 'SVT-AV1',
    sound: aac,
  },
  {
    id: 'prores-422',
    group: 'video',
    icon: Film,
    name: 'ProRes 422',
    detail: '',
    ending: '.mov',
    box: 'sequence',
    defaultCrf: null,
    encoderNames: ['prores_ks'],
    encoder: 'ProRes 422, 10 bit',
    sound: pcm,
  },
  {
    id: 'lossless',
    group: 'video',
    icon: Film,
    name: 'FFV1',
    detail: 'FFV1',
    ending: '.mkv',
    box: 'sequence',
    defaultCrf: null,
    encoderNames: ['ffv1'],
    encoder: 'FFV1, 8 or 10 bit',
    sound: pcm,
  },
  {
    id: 'frames-png',
    group: 'video',
    icon: Image,
    name: 'PNG',
    detail: '',
    ending: '',
    box: 'sequence',
    defaultCrf: null,
    encoderNames: ['png'],
    encoder: 'PNG, 8 bit',
    sound: null,
  },
  {
    id: 'wav-mix',
    group: 'sound',
    icon: AudioLines,
    name: 'WAV',
    detail: '48 kHz',
    ending: '.wav',
    box: null,
    defaultCrf: null,
    encoderNames: [],
    encoder: '',
    sound: pcm,
  },
];

/** The dialog's row of a preset. */
export function presetRow(id: ExportPresetId): PresetRow {
  return presetRows.find((row) => row.id === id)!;
}

/** Even sides within the preset's box (turned upright for upright pictures), as the engine computes them. */
export function sizeWithin(
  row: PresetRow,
  sequence: { readonly width: number; readonly height: number },
): { width: number; height: number } {
  // without loss also means: no pixel more or less
  const even = (px: number) => Math.max(16, row.id === 'lossless' ? Math.round(px) : Math.round(px / 2) * 2);
  if (row.box === null || row.box === 'sequence') return { width: even(sequence.width), height: even(sequence.height) };
  const limit = sequence.height > sequence.width ? { width: row.box.height, height: row.box.width } : row.box;
  const fit = Math.min(limit.width / sequence.width, limit.height / sequence.height);
  return { width: even(sequence.width * fit), height: even(sequence.height * fit) };
}
