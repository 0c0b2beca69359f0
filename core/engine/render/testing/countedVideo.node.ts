/**
 * Films in which every frame says its number, exactly up to 999: the left half is grey of luma 16 + 2 (n mod 100), the
 * right half of luma 16 + 20 floor(n / 100). In any container and codec that ffmpeg writes here.
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
  const luma = 'if(lt(X,W/2),16+2*mod(N,100),16+20*floor(N/100))';
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
  return Array.from({ length: raw.length / frameBytes }, (_, frame) => {
    const at = (x: number) => raw[frame * frameBytes + middle + x]! - 16;
    return Math.round(at(sidePx / 4) / 2) + 100 * Math.round(at((3 * sidePx) / 4) / 20);
  });
}

/** Wrong frames as one readable line each: empty where all are right. */
export function wrongFrames(got: readonly number[], wanted: readonly number[]): string[] {
  const count = got.length === wanted.length ? [] : [`${got.length} frames instead of ${wanted.length}`];
  return [
    ...count,
    ...wanted.flatMap((want, frame) => (got[frame] === want ? [] : [`${frame}: ${got[frame]} instead of ${want}`])),
  ];
}
