/** The picture that is put into footage, as raw rgba: read, cut out along its subject where it has no transparency. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { readWords } from '../../../../models/families/footage/select/readWords.ts';
import type { PackManifest } from '../../../../models/families/pack.ts';
import type { Picture } from '../../generation/resolved.ts';
import { openStill } from '../../media/still.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { footageFamily, type PackStore } from '../../packs/packStore.node.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import type { AddRun } from './addRun.ts';

/** Longer side that a picture is kept at, px: larger ones are reduced. */
const longestSide = 2048;
/** Of the picture in which the subject is looked for, px. */
const cutOutSide = 1280;
/** Share of a picture's pixels that a subject has at least, to be worth cutting out. */
const leastSubject = 0.002;

export interface PreparedPicture {
  readonly addition: AddRun['addition'];
  /** The pack that found the subject; null where none ran. */
  readonly pack: PackManifest | null;
}

/** The rooms that a picture is prepared in. */
export interface PictureRooms extends FootageRooms {
  readonly packs: PackStore;
}

/** Throws FailureError 'badRequest' for a picture in which nothing is seen, and as `openStill`. */
export async function preparePicture(
  picture: Picture,
  cutOut: boolean,
  folder: string,
  rooms: PictureRooms,
  signal: AbortSignal,
): Promise<PreparedPicture> {
  const { name, path } = picture.file;
  const { data, width, height } = await readPicture(picture, signal);
  let [most, least] = [0, 255];
  for (let at = 3; at < data.length; at += 4) {
    most = Math.max(most, data[at]!);
    least = Math.min(least, data[at]!);
  }
  if (most === 0) throw new FailureError('badRequest', sentence('add.pictureEmpty', { name }), path);
  let pack: PackManifest | null = null;
  if (cutOut && least === 255) pack = await cutOutSubject({ data, width, height }, name, folder, rooms, signal);
  const rawPath = join(folder, 'addition.rgba');
  await writeFile(rawPath, data);
  return { addition: { path: rawPath, width, height }, pack };
}

/** A still as sharp reads it, with its transparency; a frame of a film, which has none. */
async function readPicture(
  { file, ticks }: Picture,
  signal: AbortSignal,
): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { video, kind } = file.facts;
  if (!video) throw new FailureError('badRequest', sentence('request.noPicture', { name: file.name }), file.path);
  if (kind === 'image' && file.patches.length === 0) {
    const { data, info } = await (
      await openStill(file.path)
    )
      .autoOrient()
      .toColourspace('srgb')
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), width: info.width, height: info.height };
  }
  const whole = pictureSize(video);
  const shrink = Math.min(1, longestSide / Math.max(whole.width, whole.height));
  // square pixels, as the picture is seen
  const width = Math.max(1, Math.round(video.width * shrink));
  const height = Math.max(1, Math.round(video.height * shrink));
  const fps = video.rate.num / video.rate.den;
  const { data } = await readFrames({ startTicks: ticks, frameCount: 1, fps, width, height, signal }, file);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(data.subarray(i * 3, i * 3 + 3), i * 4);
  return { data: rgba, width, height };
}

/** Sets the opacity to the subject's outline. */
async function cutOutSubject(
  { data, width, height }: { data: Uint8Array; width: number; height: number },
  name: string,
  folder: string,
  rooms: PictureRooms,
  signal: AbortSignal,
): Promise<PackManifest> {
  const pack = await rooms.packs.load('footage', 'footage');
  const { select, people, things } = footageFamily(pack).graphs;
  if (!select || !people || !things)
    throw new FailureError('packMissing', sentence('mask.packCannotSelect', { name: pack.manifest.name }));
  const shrink = Math.min(1, cutOutSide / Math.max(width, height));
  const small = { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) };
  const rgb = await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize(small.width, small.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  const path = join(folder, 'subject.rgb');
  await writeFile(path, rgb);
  const { result } = await runFootage(
    {
      task: 'select',
      pack: { id: pack.manifest.id, folder: pack.folder },
      graphs: { select, people, things },
      picture: { path, ...small },
      wanted: { kind: 'named', named: readWords('subject').named, isExcept: false },
    },
    folder,
    rooms,
    { signal, setDevice: () => undefined },
    () => undefined,
  );
  if (!result.mask) throw new FailureError('badRequest', sentence('add.noSubject', { name }));
  const found = await sharp(await readFile(result.mask.path), {
    raw: { width: result.mask.width, height: result.mask.height, channels: 1 },
  })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  let inside = 0;
  for (let i = 0; i < width * height; i++) {
    data[i * 4 + 3] = found[i]!;
    if (found[i]! >= 128) inside++;
  }
  if (inside < leastSubject * width * height) throw new FailureError('badRequest', sentence('add.noSubject', { name }));
  return pack.manifest;
}
