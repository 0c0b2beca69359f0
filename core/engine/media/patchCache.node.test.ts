import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CacheFolder, cacheKeyOfAll, keysOfName } from '../../disk/cacheFolder.node.ts';
import type { LocatedSource } from './locateSource.node.ts';
import { fillPatchCache } from './patchCache.node.ts';
import { probeStill } from './still.node.ts';

let folder = '';
let cache: CacheFolder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-patch-cache-'));
  cache = new CacheFolder(join(folder, 'cache'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const take = keysOfName('take').cacheKey;

/** A photograph that is patched already, of a source by this name. */
async function patchedPhotograph(colour: string): Promise<LocatedSource> {
  const path = join(folder, `${colour}.png`);
  await sharp({ create: { width: 64, height: 36, channels: 3, background: colour } }).toFile(path);
  const keys = keysOfName(colour);
  const cacheKey = cacheKeyOfAll([keys, { cacheKey: take }]);
  return { path, facts: (await probeStill(path))!, ...keys, cacheKey, base: keys.cacheKey, startTicks: 0, patches: [] };
}

const posterColour = async () => {
  const { data } = await sharp(cache.assetPath(take, 'poster')).raw().toBuffer({ resolveWithObject: true });
  return data[0]! > 128 ? 'red' : 'blue';
};

it('a poster shows the source that lies under the patch now', async () => {
  for (const colour of ['red', 'blue', 'blue', 'red']) {
    await fillPatchCache(cache, take, () => patchedPhotograph(colour));
    expect(await posterColour()).toBe(colour);
  }
});
