/**
 * Where followed masks lie in this machine's cache. A folder for each key of a source, by the key's content: its own
 * mask, and the masks of the frames that it was carried to, before and after it. What other keys there are does not
 * matter: a correction leaves them as they are.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import {
  ingredientsAt,
  mixed,
  type KeyFrame,
  type Pass,
  type PassEnd,
} from '../../../../models/families/footage/follow/passes.ts';
import { planeOf, type Plane } from '../../../../models/families/footage/select/raster.ts';
import type { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { readJsonOrNull } from '../../../disk/jsonFile.node.ts';
import type { FollowedMask } from '../../../document/refs.ts';
import { frameAtTicks, type Rate } from '../../../time/ticks.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** What a mask is carried by; another version is computed again. */
const methodVersion = 4;

/** A key of a mask in the source's frames. */
export interface FolderKey extends KeyFrame {
  readonly png: string;
  readonly folder: string;
}

/** The keys of one mask on one source. `isKnown`: what the keys hold has been looked at. */
export interface FollowFolders {
  readonly rate: Rate;
  readonly keys: readonly FolderKey[];
  readonly isKnown: boolean;
}

const keySchema = z.object({ isEmpty: z.boolean() });
const endSchema = z.object({
  /** The frame after the last that was asked for, in the pass's direction. */
  to: z.number().int(),
  lostAt: z.number().int().nullable(),
  reason: z.enum(['hidden', 'left', 'cut']),
});

/** The keys with their folders, and what is known of them. */
export async function followFolders(
  cache: CacheFolder,
  source: LocatedSource,
  rate: Rate,
  mask: FollowedMask,
): Promise<FollowFolders> {
  const { contentKey, base, startTicks, cacheKey } = source;
  const named = (...words: readonly unknown[]): string =>
    createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
  const ofSource = named(methodVersion, contentKey, base ?? null, startTicks);
  // of two keys on one frame the later one counts
  const byFrame = new Map(mask.keys.map(({ sourceTicks, png }) => [frameAtTicks(sourceTicks, rate), png]));
  const found = await Promise.all(
    [...byFrame].map(async ([frame, png]) => {
      const folder = join(cache.mediaFolder(cacheKey), 'masks', ofSource, named(frame, png));
      const known = keySchema.safeParse(await readJsonOrNull(join(folder, 'key.json')));
      return { key: { frame, png, folder, isEmpty: known.data?.isEmpty ?? false }, isKnown: known.success };
    }),
  );
  return {
    rate,
    keys: found.map(({ key }) => key).toSorted((a, b) => a.frame - b.frame),
    isKnown: found.every(({ isKnown }) => isKnown),
  };
}

/** The folder of a pass's masks. */
export function folderOfPass({ key, step }: Pass<FolderKey>): string {
  return join(key.folder, step > 0 ? 'ahead' : 'back');
}

/** What `endOfPass` reads. */
export function endFileOf(pass: Pass<FolderKey>): string {
  return `${folderOfPass(pass)}.json`;
}

/** How a pass ended; null where it has not been carried as far as it is to go. */
export async function endOfPass(pass: Pass<FolderKey>): Promise<PassEnd | null> {
  const { data } = endSchema.safeParse(await readJsonOrNull(endFileOf(pass)));
  if (!data) return null;
  return data.lostAt !== null || (data.to - pass.to) * pass.step >= 0 ? data : null;
}

/** The mask of a frame, as far as it has been carried; null where it has not, or the thing was lost. */
export async function maskAt({ keys }: Pick<FollowFolders, 'keys'>, frame: number): Promise<Plane | null> {
  const { key, before, after, share } = ingredientsAt(keys, frame);
  if (key) return readMask(join(key.folder, 'key.png'));
  const [ahead, back] = await Promise.all([
    before && readMask(join(before.folder, 'ahead', `${frame}.png`)),
    after && readMask(join(after.folder, 'back', `${frame}.png`)),
  ]);
  return mixed(ahead, back, share);
}

async function readMask(path: string): Promise<Plane | null> {
  const png = await readFile(path).catch(() => null);
  if (!png) return null;
  const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const mask = planeOf(info.width, info.height);
  for (let at = 0; at < mask.data.length; at++) mask.data[at] = data[at]! / 255;
  return mask;
}

/** A mask as a PNG. */
export async function pngOfMask({ data, width, height }: Plane): Promise<Buffer> {
  return sharp(
    Uint8Array.from(data, (value) => Math.round(value * 255)),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace('b-w')
    .png({ compressionLevel: 3 })
    .toBuffer();
}
