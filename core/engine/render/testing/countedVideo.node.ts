/**
 * Films in which every frame says its number in four grey columns, one for each decimal digit d: luma 20 + 22 d. So far
 * apart that no codec at a good quality takes one for the other. In any container and codec that ffmpeg writes here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';

const sidePx = 64;

/** How a counted film is encoded. */
export interface CountedVideo {
  /** With its ending, which says the container. */
  readonly name: string;
  /** As ffmpeg takes it: '25', '30000/1001'. */
  readonly rate: string;
  readonly frames: number;
  /** Number of the first frame; 0 without it. */
  readonly first?: number;
  /** Words of the encoder. */
  readonly encoder: readonly string[];
  /** Filters behind the counting: shifts, holes, changes of size. */
  readonly filters?: string;
  /** Words before the output's name: other streams, and how they are mapped. */
  readonly inputs?: readonly string[];
}

/** Makes the film once, and answers its path. */
export function countedVideo(folder: string, video: CountedVideo): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, video.name);
  if (existsSync(path)) return path;
  const digit = (column: number) => `mod(floor((N+${video.first ?? 0})/${10 ** (3 - column)}),10)`;
  const luma = `20+22*if(lt(X,W/4),${digit(0)},if(lt(X,W/2),${digit(1)},if(lt(X,3*W/4),${digit(2)},${digit(3)})))`;
  const more = video.filters === undefined ? '' : `,${video.filters}`;
  ffmpeg(
    ...[
      '-f',
      'lavfi',
      '-i',
      `color=s=${sidePx}x${sidePx}:r=${video.rate},format=yuv420p,trim=end_frame=${video.frames}`,
    ],
    ...(video.inputs ?? []),
    ...['-vf', `geq=lum='${luma}':cb=128:cr=128${more}`],
    ...video.encoder,
    path,
  );
  return path;
}

/** The numbers that a film's frames say, whatever its size. */
export function countedFrames(path: string): number[] {
  const raw = execFileSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', path, '-map', '0:v:0', '-vf', `scale=${sidePx}:${sidePx}:flags=area,format=yuv420p`],
      ...['-f', 'rawvideo', '-fps_mode', 'passthrough', '-'],
    ],
    { maxBuffer: 2 ** 30 },
  );
  const frameBytes = (sidePx * sidePx * 3) / 2;
  const middle = (sidePx / 2) * sidePx;
  return Array.from({ length: raw.length / frameBytes }, (_, frame) =>
    [0, 1, 2, 3].reduce((number, column) => {
      const luma = raw[frame * frameBytes + middle + (column + 0.5) * (sidePx / 4)]!;
      return number * 10 + Math.round((luma - 20) / 22);
    }, 0),
  );
}

/** Wrong frames as one readable line each: empty where all are right. */
export function wrongFrames(got: readonly number[], wanted: readonly number[]): string[] {
  const count = got.length === wanted.length ? [] : [`${got.length} frames instead of ${wanted.length}`];
  return [
    ...count,
    ...wanted.flatMap((want, frame) => (got[frame] === want ? [] : [`${frame}: ${got[frame]} instead of ${want}`])),
  ];
}
