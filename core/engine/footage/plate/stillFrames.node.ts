/** Photographs as raw planes of green, blue and red, and back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box, Size } from '../../../render/place.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import type { FramesWanted } from '../framesWanted.ts';

/** The photograph as one raw frame of planes. */
export async function writeStill({ range, size }: FramesWanted, folder: string, signal: AbortSignal): Promise<string> {
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 1, ...size, signal }, range.file);
  const path = join(folder, 'still.gbr');
  const pixels = size.width * size.height;
  const planes = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    planes[i] = data[i * 3 + 1]!;
    planes[pixels + i] = data[i * 3 + 2]!;
    planes[2 * pixels + i] = data[i * 3]!;
  }
  await writeFile(path, planes);
  return path;
}

/** The box's planes as rgb24 in a picture of the whole size, where the patch of a photograph is cut from. */
export async function interleaved(from: string, box: Box, picture: Size, folder: string): Promise<string> {
  const path = join(folder, 'made.rgb');
  const pixels = box.width * box.height;
  const planes = await readFile(from);
  const rgb = Buffer.alloc(picture.width * picture.height * 3);
  for (let i = 0; i < pixels; i++) {
    const x = box.x + (i % box.width);
    const y = box.y + Math.floor(i / box.width);
    const to = (y * picture.width + x) * 3;
    rgb[to] = planes[2 * pixels + i]!;
    rgb[to + 1] = planes[i]!;
    rgb[to + 2] = planes[pixels + i]!;
  }
  await writeFile(path, rgb);
  return path;
}
