import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sentence } from '../../contract/sentence.ts';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { factsVersion } from '../../disk/facts.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { FactsStore } from './factsStore.node.ts';

let folder: string;
let film: string;
let cache: CacheFolder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-facts-'));
  film = join(folder, 'film.mp4');
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=10:d=1', '-c:v', 'libx264', film);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  cache = new CacheFolder(await mkdtemp(join(folder, 'cache-')));
});

it('keeps what was probed, and reads it again without probing', async () => {
  const { facts, cacheKey } = await new FactsStore(cache).of(film);
  expect(facts.video).toMatchObject({ width: 64, height: 36, codec: 'h264' });
  const path = cache.assetPath(cacheKey, 'facts');
  const kept = sentence('mediaRemark.subtitles');
  const known = { ...(JSON.parse(await readFile(path, 'utf8')) as object), remarks: [kept] };
  await writeFile(path, JSON.stringify(known));
  expect((await new FactsStore(cache).of(film)).facts).toEqual({ ...facts, remarks: [kept] });
});

const poison = 'v]metadata=mode=print:file=/tmp/x;[zz';
it.each([
  ['a filter graph as a stream', { video: { streamIndex: poison } }],
  ['a filter graph as a colour', { video: { matrix: poison } }],
  ['a rate over nothing', { video: { rate: { num: 25, den: 0 } } }],
  ['a size of a billion', { video: { width: 1e9 } }],
  ['a length of 1e308', { durationTicks: 1e308 }],
  ['another version', { version: factsVersion + 1 }],
])('probes again when the cache says %s', async (_name, change) => {
  const { facts, cacheKey } = await new FactsStore(cache).of(film);
  const { video, ...rest } = change as { video?: object };
  const poisoned = { ...facts, ...rest, video: { ...facts.video, ...video } };
  await writeFile(cache.assetPath(cacheKey, 'facts'), JSON.stringify(poisoned));
  expect((await new FactsStore(cache).of(film)).facts).toEqual(facts);
  expect(JSON.parse(await readFile(cache.assetPath(cacheKey, 'facts'), 'utf8'))).toEqual(facts);
});

it('looks again when the file changes under its name', async () => {
  const store = new FactsStore(cache);
  const path = join(folder, 'changing.mp4');
  await writeFile(path, await readFile(film));
  const first = await store.of(path);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=32x18:r=10:d=2', '-c:v', 'libx264', path);
  expect((await stat(path)).size).not.toBe((await stat(film)).size);
  const second = await store.of(path);
  expect(second.contentKey).not.toBe(first.contentKey);
  expect(second.facts.video).toMatchObject({ width: 32 });
});

it('looks again when a file changes between the samples of its content key, with its date set back', async () => {
  const path = join(folder, 'swapped.avi');
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=1', '-c:v', 'rawvideo', path);
  const { mtime } = await stat(path);
  const store = new FactsStore(cache);
  const before = await store.of(path);
  const bytes = await readFile(path);
  bytes[70_000]! ^= 1;
  await writeFile(path, bytes);
  await utimes(path, mtime, mtime);
  for (const each of [store, new FactsStore(cache)]) {
    const after = await each.of(path);
    expect(after.contentKey).toBe(before.contentKey);
    expect(after.cacheKey).not.toBe(before.cacheKey);
  }
});

it('names in its sentences the file that was asked for, not the first with that content', async () => {
  const store = new FactsStore(cache);
  const paths = ['one.mp4', 'two.mp4'].map((name) => join(folder, name)) as [string, string];
  for (const path of paths) await writeFile(path, await readFile(film));
  const what = sentence('media.damagedPicture', { name: 'one.mp4', seconds: '0.5' });
  await store.addDamage(paths[0], [{ seconds: 0.5, what }]);
  const { facts } = await new FactsStore(cache).of(paths[1]);
  expect(facts.damage.map(({ what: said }) => said.text)).toEqual([what.text.replace('one.mp4', 'two.mp4')]);
});
