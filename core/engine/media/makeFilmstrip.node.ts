/**
 * Filmstrips and posters: one tiled JPEG from key frames only (a full decode of two minutes of 1080p costs 14 s, this 1
 * s).
 */
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import type { FilmstripInfo } from '../../contract/contract.ts';
import { secondsFromTicks, ticksFromSeconds, ticksPerSecond, type Ticks } from '../../time/ticks.ts';
import { format } from '../../ffmpeg/colour.ts';
import { oneField, type Fields } from '../../ffmpeg/deinterlace.ts';
import { subtract, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import type { FfmpegInput } from '../../ffmpeg/input.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { turnedByHand, type Turn } from '../../ffmpeg/upright.ts';
import { makeWholeFile, writeWholeFile } from '../../disk/wholeFile.node.ts';

const tileHeight = 72;
const columns = 16;
const mostTiles = 256;
const shortestIntervalSeconds = 0.5;
const posterPx = 480;
/** JPEG is bt601, full range (JFIF). */
const toJpeg: readonly Filter[] = [
  filter('scale', { in_color_matrix: 'bt709', in_range: 'tv', out_color_matrix: 'bt601', out_range: 'pc' }),
  format('yuvj420p'),
];

/** A film as strips and posters are drawn from it. Sizes as shown, px. */
export interface StripSource {
  /** The file it is about, for messages. */
  readonly about: string;
  /** Opens frames from the one before `atSeconds` on; null: few, but all of the length. */
  open(graph: FilterGraph, atSeconds: number | null): Stream;
  /**
   * Opens every frame from the first on, for files of which `open` gives none: without an index there may be no key
   * frame behind a seek, and some decoders fail when they are to skip frames.
   */
  openAll?(graph: FilterGraph): Stream;
  readonly durationTicks: Ticks;
  readonly width: number;
  readonly height: number;
  /** Filters to bt709, after scaling. */
  readonly colour: readonly Filter[];
}

/**
 * Key frames alone: cheap, and near enough. Of interlaced ones a single field is shown, since their neighbours are far
 * away. `decoder`: where ffmpeg's usual one will not do.
 */
export function keyFramesOf(
  path: string,
  streamIndex: number,
  video: Pick<Fields, 'fieldOrder'> & Turn = { fieldOrder: 'progressive', rotationDegrees: 0, mirrored: false },
  decoder: NonNullable<FfmpegInput['options']> = [],
): Pick<StripSource, 'about' | 'open' | 'openAll'> {
  const turn = turnedByHand(video);
  const whole = [...oneField(video), ...turn.filters];
  return {
    about: path,
    open(graph, atSeconds) {
      const from: NonNullable<FfmpegInput['options']> =
        atSeconds === null ? [] : [['noaccurate_seek'], ['ss', seconds(atSeconds)]];
      const options = [...from, ...decoder, ...turn.options, ['skip_frame', 'nokey'] as const];
      const opened = graph.open({ path, options });
      return graph.chain([opened.stream(streamIndex)], whole);
    },
    openAll(graph) {
      const opened = graph.open({ path, options: [...decoder, ...turn.options] });
      return graph.chain([opened.stream(streamIndex)], whole);
    },
  };
}

/** How many tiles and how far apart: half a second at least, 256 at most. */
export function filmstripPlan(durationTicks: Ticks, width: number, height: number): FilmstripInfo {
  const intervalTicks = ticksFromSeconds(
    Math.max(shortestIntervalSeconds, secondsFromTicks(durationTicks) / mostTiles),
  );
  const count = Math.max(1, Math.ceil(durationTicks / intervalTicks));
  return {
    tileWidth: Math.min(512, Math.max(2, Math.round((tileHeight * width) / height / 2) * 2)),
    tileHeight,
    columns: Math.min(columns, count),
    count,
    intervalTicks,
  };
}

/**
 * Tile i shows the key frame that is on at i * interval (or the first). The JSON is written after the picture: if it
 * exists, both do.
 */
export async function makeFilmstrip(
  source: StripSource,
  to: string,
  infoTo: string,
  signal?: AbortSignal,
): Promise<void> {
  const info = filmstripPlan(source.durationTicks, source.width, source.height);
  const rows = Math.ceil(info.count / info.columns);
  const filters = [
    // 'up' puts a frame on the first tick of the grid at or after it: each tile is the last frame before its moment
    filter('fps', { fps: { num: ticksPerSecond, den: info.intervalTicks }, start_time: 0, round: 'up' }),
    filter('scale', { w: info.tileWidth, h: info.tileHeight, flags: 'bilinear' }),
    filter('setsar', { sar: 1 }),
    ...source.colour,
    filter('tpad', { stop_mode: 'clone', stop: -1 }),
    filter('trim', { end_frame: info.count }),
    filter('tile', { layout: { width: info.columns, height: rows } }),
  ];
  await makeWholeFile(to, (temporary) => writeJpeg(source, null, filters, { to: temporary, quality: 4 }, signal));
  await writeWholeFile(infoTo, JSON.stringify(info));
}

/** The key frame at a tenth of the way, at most 480 px on the long side. */
export async function makePoster(source: StripSource, to: string, signal?: AbortSignal): Promise<void> {
  const fit = Math.min(1, posterPx / Math.max(source.width, source.height));
  const even = (px: number) => Math.max(2, Math.round((px * fit) / 2) * 2);
  // the key frame lies before the moment asked for: its time would be negative, and ffmpeg would drop it
  const filters = [
    filter('setpts', { expr: subtract(variable('PTS'), variable('STARTPTS')) }),
    filter('scale', { w: even(source.width), h: even(source.height), flags: 'bicubic' }),
    filter('setsar', { sar: 1 }),
    ...source.colour,
  ];
  const atSeconds = Math.min(10, secondsFromTicks(source.durationTicks) / 10);
  await makeWholeFile(to, (temporary) => writeJpeg(source, atSeconds, filters, { to: temporary, quality: 3 }, signal));
}

/**
 * Writes the first frame that the filters yield, trying one way of reading after another. `quality`: ffmpeg's scale, 1
 * is best. Throws FailureError 'damaged' when none yields a frame.
 */
async function writeJpeg(
  source: StripSource,
  atSeconds: number | null,
  filters: readonly Filter[],
  target: { to: string; quality: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const key = new FilterGraph();
  try {
    return await writeFirstFrame(source, key, source.open(key, atSeconds), filters, target, signal);
  } catch (error) {
    const cancelled = error instanceof FailureError && error.failure.code === 'cancelled';
    if (cancelled || !source.openAll) throw error;
  }
  const whole = new FilterGraph();
  await writeFirstFrame(source, whole, source.openAll(whole), filters, target, signal);
}

async function writeFirstFrame(
  source: StripSource,
  graph: FilterGraph,
  opened: Stream,
  filters: readonly Filter[],
  { to, quality }: { to: string; quality: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const picture = graph.chain([opened], [...filters, ...toJpeg]);
  await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: [picture],
        format: 'image2',
        options: [
          ['frames:v', 1],
          ['c:v', 'mjpeg'],
          ['q:v', quality],
        ],
      },
    ],
    about: source.about,
    signal,
  });
  if (!(await exists(to)))
    throw new FailureError('damaged', sentence('media.noFrame', { name: basename(source.about) }), source.about);
}
