import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CacheFolder, keysOfName, type CacheKey } from './cacheFolder.node.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'framewright-cache-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const hourMs = 3_600_000;
const keys = ['a', 'b', 'c'].map((name) => keysOfName(name).cacheKey) as [CacheKey, CacheKey, CacheKey];

async function fill(cache: CacheFolder, key: CacheKey, sizeBytes: number, ageHours: number): Promise<void> {
  await mkdir(cache.mediaFolder(key), { recursive: true });
  await writeFile(cache.assetPath(key, 'proxy'), Buffer.alloc(sizeBytes));
  const used = new Date(Date.now() - ageHours * hourMs);
  await utimes(cache.mediaFolder(key), used, used);
}

it('stays as it is below its limit', async () => {
  const cache = new CacheFolder(root, 1000);
  for (const key of keys) await fill(cache, key, 300, 5);
  expect(await cache.trim()).toBe(0);
  expect((await cache.entries()).length).toBe(3);
});

it('lets the least recently used go above its limit, and none that was used within the hour', async () => {
  const cache = new CacheFolder(root, 1000);
  await fill(cache, keys[0], 500, 2);
  await fill(cache, keys[1], 500, 9);
  await fill(cache, keys[2], 500, 5);
  expect(await cache.trim()).toBe(1000);
  expect((await cache.entries()).map((entry) => entry.path)).toEqual([cache.mediaFolder(keys[0])]);
  await fill(cache, keys[1], 5000, 0);
  await cache.touch(cache.mediaFolder(keys[0]));
  expect(await cache.trim()).toBe(0);
});

it('is looked through once in ten minutes, however often it is asked', async () => {
  const cache = new CacheFolder(root, 1000);
  const now = Date.now();
  expect(await cache.trimNowAndThen(now)).toBe(0);
  await fill(cache, keys[0], 5000, 5);
  expect(await cache.trimNowAndThen(now + 9 * 60_000)).toBe(0);
  expect(await cache.trimNowAndThen(now + 10 * 60_000)).toBe(5000);
});

it('clears what it made and nothing else', async () => {
  const cache = new CacheFolder(root);
  await fill(cache, keys[0], 10, 0);
  const renders = cache.rendersFolder('/films/A.fwproj');
  await cache.make(renders);
  await writeFile(join(renders, 'x.png'), Buffer.alloc(5));
  await writeFile(join(root, 'settings.json'), '{}');
  expect(await cache.clear()).toBe(15);
  expect(await readdir(root)).toEqual(['settings.json']);
});

it('keeps projects apart and knows its own paths', () => {
  const cache = new CacheFolder(root);
  expect(cache.rendersFolder('/films/A.fwproj')).not.toBe(cache.rendersFolder('/films/B.fwproj'));
  expect(cache.holds(cache.assetPath(keys[0], 'poster'))).toBe(true);
  expect(cache.holds(join(root, '..', 'x'))).toBe(false);
  expect(cache.holds(dirname(root))).toBe(false);
});
