import { appendFile, copyFile, mkdtemp, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exists } from './assetFiles.node.ts';
import { CacheFolder, cacheKeyOfContent } from './cacheFolder.node.ts';
import { cacheKeyOf, claimFolder, keepDigest, shareParts, stampOf } from './cacheKey.node.ts';
import { contentKeyOf } from './contentKey.node.ts';

const sizeBytes = 3 * 1024 * 1024;
/** Between two samples of the content key. */
const unsampledByte = 100_000;
let folder: string;
let cache: CacheFolder;
let film: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-cache-key-'));
  cache = new CacheFolder(join(folder, 'cache'));
  film = join(folder, 'film.mov');
  await writeFile(film, Buffer.alloc(sizeBytes, 'film'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function look(path: string) {
  const [contentKey, stamp] = [await contentKeyOf(path), (await stampOf(path))!];
  await claimFolder(cache, contentKey, stamp);
  return { path, contentKey, cacheKey: await cacheKeyOf(cache, contentKey, stamp) };
}

/** Changes a byte that no sample covers, and sets the date of the content back. */
async function spoil(path: string): Promise<void> {
  const { atime, mtime } = await stat(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.from([0]), 0, 1, unsampledByte);
  await file.close();
  await utimes(path, atime, mtime);
}

it('gives the first file of a content the folder of that name, again and again', async () => {
  const { contentKey, cacheKey } = await look(film);
  expect(cacheKey).toBe(cacheKeyOfContent(contentKey));
  expect((await look(film)).cacheKey).toBe(cacheKey);
});

it('gives a file another folder once it was changed inside, with size and date kept', async () => {
  const before = await look(film);
  await spoil(film);
  const after = await look(film);
  expect(after.contentKey).toBe(before.contentKey);
  expect(after.cacheKey).not.toBe(before.cacheKey);
});

it('gives a file another folder that was put in the place of the first', async () => {
  const before = await look(film);
  const other = join(folder, 'other.mov');
  await copyFile(film, other);
  await spoil(other);
  await rename(other, film);
  expect((await look(film)).cacheKey).not.toBe(before.cacheKey);
});

it('gives one of two files that are looked at in the same moment the folder', async () => {
  const other = join(folder, 'other.mov');
  await copyFile(film, other);
  await spoil(other);
  const [one, two] = await Promise.all([look(film), look(other)]);
  expect(one!.contentKey).toBe(two!.contentKey);
  expect(one!.cacheKey).not.toBe(two!.cacheKey);
});

it('keeps small files together, whose content keys hash all of them', async () => {
  const [one, two] = [join(folder, 'one.png'), join(folder, 'two.png')];
  for (const path of [one, two]) await writeFile(path, 'the same');
  expect((await look(one)).cacheKey).toBe((await look(two)).cacheKey);
});

it('brings the parts of an equal file over, and none of a file that only has the same key', async () => {
  const first = await look(film);
  const part = (key: typeof first.cacheKey) => cache.assetPath(key, 'proxy');
  await writeFile(part(first.cacheKey), 'proxy of the first');
  const [copy, damaged] = [join(folder, 'copy.mov'), join(folder, 'damaged.mov')];
  for (const path of [copy, damaged]) await copyFile(film, path);
  await spoil(damaged);
  const [copied, spoilt] = [await look(copy), await look(damaged)];
  // nobody has read all of the first yet
  await shareParts(cache, copied, ['proxy.mp4']);
  expect(await exists(part(copied.cacheKey))).toBe(false);
  await keepDigest(cache, first);
  for (const each of [copied, spoilt]) await shareParts(cache, each, ['proxy.mp4', 'poster.jpg']);
  expect(await readFile(part(copied.cacheKey), 'utf8')).toBe('proxy of the first');
  expect(await exists(part(spoilt.cacheKey))).toBe(false);
});

it('keeps no hash of a file that is no longer the one that owns the folder', async () => {
  const first = await look(film);
  await writeFile(cache.assetPath(first.cacheKey, 'proxy'), 'proxy of the first');
  await spoil(film);
  await keepDigest(cache, first);
  const changed = await look(film);
  await shareParts(cache, changed, ['proxy.mp4']);
  expect(await exists(cache.assetPath(changed.cacheKey, 'proxy'))).toBe(false);
  await appendFile(film, 'more');
  expect((await look(film)).contentKey).not.toBe(first.contentKey);
});
