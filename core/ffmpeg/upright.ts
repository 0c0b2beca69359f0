/**
 * Interlaced frames turned upright by ourselves. ffmpeg turns a picture before any other filter, and then the fields
 * lie in columns or have changed places: such frames have to be made whole first.
 */
import { filter, type Filter } from './filterGraph.ts';

/** How a stream's frames are to be turned. */
export interface Turn {
  /** Of the display matrix, as ffprobe prints it: against the clock. */
  readonly rotationDegrees: number;
  readonly mirrored: boolean;
}

const turns: readonly { readonly plain: readonly Filter[]; readonly mirrored: readonly Filter[] }[] = [
  { plain: [], mirrored: [filter('vflip')] },
  { plain: [filter('transpose', { dir: 'clock' })], mirrored: [filter('transpose', { dir: 'cclock_flip' })] },
  { plain: [filter('hflip'), filter('vflip')], mirrored: [filter('hflip')] },
  { plain: [filter('transpose', { dir: 'cclock' })], mirrored: [filter('transpose', { dir: 'clock_flip' })] },
];

/**
 * The filters that ffmpeg would put first by itself (configure_input_video_filter in fftools/ffmpeg_filter.c, version
 * 5.1); null for an angle between, which is left to ffmpeg.
 */
export function uprightFilters({ rotationDegrees, mirrored }: Turn): readonly Filter[] | null {
  const quarters = -rotationDegrees / 90;
  if (Math.abs(quarters - Math.round(quarters)) > 1 / 90) return null;
  const turn = turns[((Math.round(quarters) % 4) + 4) % 4]!;
  return mirrored ? turn.mirrored : turn.plain;
}

/** How a stream is opened whose frames are to be made whole before they are turned. */
export interface TurnedByHand {
  readonly options: readonly (readonly ['noautorotate'])[];
  /** Come after those that make frames whole. */
  readonly filters: readonly Filter[];
}

/** Nothing for whole frames and for upright ones. */
export function turnedByHand(video: Turn & { readonly fieldOrder: string }): TurnedByHand {
  const filters = video.fieldOrder === 'progressive' ? null : uprightFilters(video);
  return filters && filters.length > 0 ? { options: [['noautorotate']], filters } : { options: [], filters: [] };
}
