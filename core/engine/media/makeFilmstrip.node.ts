/**
 * Filmstrips and posters: one tiled JPEG from key frames only (a full decode of two minutes of 1080p costs 14 s, this 1
 * s).
 */
import type { FilmstripInfo } from '../../contract/contract.ts';
import { secondsFromTicks, ticksFromSeconds, ticksPerSecond, type Ticks } from '../../time/ticks.ts';
import { writeFileAtomic } from '../../disk/atomicFile.node.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';
import { localOnly } from './rawProbe.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

const tileHeight = 72;
const columns = 16;
const mostTiles = 256;
const shortestIntervalSeconds = 0.5;
const posterPx = 480;
/** JPEG is bt601, full range (JFIF). */
const toJpeg = ['scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc', 'format=yuvj420p'];

export interface StripSource {
  readonly path: string;
  readonly streamIndex: number;
  readonly durationTicks: Ticks;
  readonly width: number;
  readonly height: number;
  /** Filters to bt709, after scaling. */
  readonly colour: readonly string[];
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
 * Tile i shows the key frame that is on at i * interval (or the first). The JSON is written after the picture: where it
 * is, both are.
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
    `fps=${ticksPerSecond}/${info.intervalTicks}:start_time=0:round=up`,
    `scale=${info.tileWidth}:${info.tileHeight}:flags=bilinear`,
    'setsar=1',
    ...source.colour,
    'tpad=stop_mode=clone:stop=-1',
    `trim=end_frame=${info.count}`,
    `tile=${info.columns}x${rows}`,
  ];
  await makeWholeFile(to, async (temporary) => {
    await runFfmpeg({
      inputs: [{ path: source.path, options: [...localOnly, '-skip_frame', 'nokey'] }],
      filterGraph: `[0:${source.streamIndex}]${[...filters, ...toJpeg].join(',')}[v]`,
      outputs: [
        {
          to: temporary,
          options: ['-map', '[v]', '-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2', '-update', '1'],
        },
      ],
      about: source.path,
      signal,
    });
  });
  await writeFileAtomic(infoTo, JSON.stringify(info));
}

/** The key frame at a tenth of the way, at most 480 px on the long side. */
export async function makePoster(source: StripSource, to: string, signal?: AbortSignal): Promise<void> {
  const fit = Math.min(1, posterPx / Math.max(source.width, source.height));
  const even = (px: number) => Math.max(2, Math.round((px * fit) / 2) * 2);
  // the key frame lies before the moment asked for: without a new zero its time is negative and it is dropped
  const filters = [
    'setpts=PTS-STARTPTS',
    `scale=${even(source.width)}:${even(source.height)}:flags=bicubic`,
    'setsar=1',
    ...source.colour,
    ...toJpeg,
  ];
  const atSeconds = Math.min(10, secondsFromTicks(source.durationTicks) / 10);
  await makeWholeFile(to, async (temporary) => {
    await runFfmpeg({
      inputs: [
        {
          path: source.path,
          options: [...localOnly, '-noaccurate_seek', '-ss', atSeconds.toFixed(3), '-skip_frame', 'nokey'],
        },
      ],
      filterGraph: `[0:${source.streamIndex}]${filters.join(',')}[v]`,
      outputs: [
        {
          to: temporary,
          options: ['-map', '[v]', '-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2', '-update', '1'],
        },
      ],
      about: source.path,
      signal,
    });
  });
}
