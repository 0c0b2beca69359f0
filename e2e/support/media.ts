/** Test media, generated with ffmpeg as needed: nothing is downloaded or kept in the repository. */
import { join } from 'node:path';
import { run } from './run.ts';

export interface VideoRecipe {
  readonly seconds: number;
  readonly width?: number;
  readonly height?: number;
  /** Frame rate as ffmpeg writes it: '30', '30000/1001'. */
  readonly rate?: string;
  /** A moving test pattern, or a colour. */
  readonly picture?: 'pattern' | { readonly color: string };
  /** Frequency of a tone, Hz; null = no sound. */
  readonly toneHz?: number | null;
  /** Frames between keyframes. */
  readonly gop?: number;
}

/** Writes an H.264/AAC file into `folder` and returns its path. */
export async function makeVideo(folder: string, name: string, recipe: VideoRecipe): Promise<string> {
  const { seconds, width = 640, height = 360, rate = '30', picture = 'pattern', toneHz = 440, gop = 30 } = recipe;
  const source =
    picture === 'pattern'
      ? `testsrc2=s=${width}x${height}:r=${rate}:d=${seconds}`
      : `color=c=${picture.color}:s=${width}x${height}:r=${rate}:d=${seconds}`;
  const path = join(folder, name);
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    source,
    ...(toneHz === null
      ? []
      : ['-f', 'lavfi', '-i', `sine=f=${toneHz}:r=48000:d=${seconds}`, '-c:a', 'aac', '-b:a', '128k']),
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-g',
    String(gop),
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    path,
  ]);
  return path;
}

export async function makeSound(folder: string, name: string, seconds: number, toneHz = 440): Promise<string> {
  const path = join(folder, name);
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `sine=f=${toneHz}:r=48000:d=${seconds}`, path]);
  return path;
}

export async function makePicture(folder: string, name: string, width = 640, height = 360): Promise<string> {
  const path = join(folder, name);
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=${width}x${height}:d=1`,
    '-frames:v',
    '1',
    path,
  ]);
  return path;
}

/** ffprobe's report on a file; frames are counted by decoding. */
export async function probe(
  path: string,
): Promise<{ streams: Record<string, string>[]; format: Record<string, string> }> {
  return JSON.parse(
    await run('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', path]),
  );
}
