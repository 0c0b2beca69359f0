/** Finds logos and burnt-in text in a clip of a project: the mask as a PNG, white where they are. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { FailureError } from '../../../contract/errors.ts';
import type { OverlaysSelected } from '../../../contract/masks.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { PictureRef, SourceRef } from '../../../document/refs.ts';
import { secondsFromTicks } from '../../../time/ticks.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import { lumaShares } from '../lumaShares.ts';
import { runFootage } from '../runFootage.node.ts';
import { locatePicture, type SelectDependencies } from '../select/selectInProject.node.ts';
import type { OverlaysRun } from './overlaysRun.ts';

/** Longer side of the frames that are looked at and of the mask that comes back, px. */
const longestSidePx = 640;
/** Frames, spread evenly over the clip. */
const mostFrames = 24;
/** Longer clips are read frame by frame instead of in one go. */
const readInOneGoSeconds = 30;

/** Throws FailureError for a source that is not there. */
export async function overlaysInProject(
  { projectId, source: asked }: { projectId: string; source: SourceRef },
  dependencies: SelectDependencies,
): Promise<OverlaysSelected> {
  const { projects, media, scratch } = dependencies;
  const { id, startTicks: sourceTicks } = asked;
  const picture: PictureRef =
    asked.kind === 'media' ? { kind: 'media', mediaId: id, sourceTicks } : { kind: 'take', takeId: id, sourceTicks };
  const source = await locatePicture(picture, projectId, projects.document(projectId), media);
  if (source.facts.kind === 'image') return { png: null, isStill: true };
  const folder = await scratch.take('overlays');
  try {
    const run = await writeFrames(source, asked, folder);
    const context = { signal: new AbortController().signal, setDevice: () => undefined };
    const { result } = await runFootage(run, folder, dependencies, context, () => undefined);
    return { png: result.mask && (await pngOf(result.mask, run)), isStill: result.isStill };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFrames(
  source: LocatedSource,
  { startTicks, durationTicks }: SourceRef,
  folder: string,
): Promise<OverlaysRun> {
  const { video } = source.facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: source.path }), source.path);
  const whole = pictureSize(video);
  const scale = Math.min(1, longestSidePx / Math.max(whole.width, whole.height));
  const width = Math.max(8, Math.round(whole.width * scale));
  const height = Math.max(8, Math.round(whole.height * scale));
  const seconds = secondsFromTicks(durationTicks);
  const frameCount = Math.max(1, Math.min(mostFrames, Math.floor((seconds * video.rate.num) / video.rate.den)));
  const read = (from: number, count: number) =>
    readFrames({ startTicks: from, frameCount: count, fps: frameCount / seconds, width, height }, source);
  const parts =
    seconds <= readInOneGoSeconds
      ? [await read(startTicks, frameCount)]
      : await inTurn(frameCount, (i) => read(startTicks + Math.floor((durationTicks * i) / frameCount), 1));
  const path = join(folder, 'frames.gray');
  await writeFile(path, Buffer.concat(parts.map(({ data }) => greyOf(data))));
  return { task: 'overlays', path, frameCount, width, height };
}

/** Brightness of rgb24. */
function greyOf(rgb: Uint8Array): Uint8Array {
  const [red, blue] = lumaShares('bt709');
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0; i < grey.length; i++)
    grey[i] = Math.round(red * rgb[3 * i]! + (1 - red - blue) * rgb[3 * i + 1]! + blue * rgb[3 * i + 2]!);
  return grey;
}

async function inTurn<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let i = 0; i < count; i++) made.push(await make(i));
  return made;
}

async function pngOf(path: string, { width, height }: OverlaysRun): Promise<string> {
  const png = await sharp(await readFile(path), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
