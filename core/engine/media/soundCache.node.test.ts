import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { exists } from '../../disk/assetFiles.node.ts';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { FactsStore, type KnownFile } from './factsStore.node.ts';
import { SoundCache } from './soundCache.node.ts';
import { firstDifference } from '../../time/testing/firstDifference.node.ts';

let folder = '';
let cache: CacheFolder;
let sounds: SoundCache;
let file: KnownFile;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-sounds-'));
  const path = join(folder, 'two.mkv');
  const tones = ['0.25|0.25', '0.5'].flatMap((level) => ['-f', 'lavfi', '-i', `aevalsrc=${level}:s=48000:d=2`]);
  ffmpeg(...tones, '-map', '0:a', '-map', '1:a', '-c:a', 'flac', path);
  file = await new FactsStore(new CacheFolder(join(folder, 'probed'))).of(path);
});
beforeEach(async () => {
  cache = new CacheFolder(await mkdtemp(join(folder, 'cache-')));
  sounds = new SoundCache(cache);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const leftOf = async (path: string) => (await readFile(path)).readFloatLE((await stat(path)).size - 8);

it('decodes each stream of a file once, counted in the cache and cleared with it', async () => {
  const [first, second] = await Promise.all(file.facts.sounds.map((audio) => sounds.decoded(file, audio)));
  expect([first!.sampleCount, second!.sampleCount]).toEqual([96_000, 96_000]);
  expect([first!.channels, second!.channels]).toEqual([2, 1]);
  expect(await leftOf(first!.path)).toBeCloseTo(0.25, 3);
  expect(await leftOf(second!.path)).toBeCloseTo(0.5, 3);
  const madeAt = (await stat(first!.path)).mtimeMs;
  await new SoundCache(cache).decoded(file, file.facts.sounds[0]!);
  expect((await stat(first!.path)).mtimeMs).toBe(madeAt);
  const [entry] = await cache.entries();
  expect(entry!.sizeBytes).toBeGreaterThan(96_000 * (8 + 4));
  await cache.clear();
  await expect(stat(first!.path)).rejects.toThrow(/ENOENT/);
});

it('decodes once for all who ask at the same time', async () => {
  const [audio] = file.facts.sounds;
  let steps = 0;
  const ask = () => sounds.decoded(file, audio!, { onFraction: () => (steps += 1) });
  const made = await Promise.all([ask(), ask(), ask()]);
  expect(new Set(made.map(({ path }) => path)).size).toBe(1);
  const alone = steps;
  await new SoundCache(new CacheFolder(await mkdtemp(join(folder, 'alone-')))).decoded(file, audio!, {
    onFraction: () => (steps += 1),
  });
  expect(alone).toBeLessThanOrEqual(2 * (steps - alone));
});

it.each([
  ['is cut off', (path: string) => truncate(path, 200_000)],
  ['is empty', (path: string) => truncate(path, 0)],
  ['is another kind of file', (path: string) => writeFile(path, 'no sound')],
  ['is gone', (path: string) => rm(path)],
])('makes a sound again whose file %s', async (_, spoil) => {
  const [audio] = file.facts.sounds;
  const { path } = await sounds.decoded(file, audio!);
  const sound = await readFile(path);
  await spoil(path);
  await sounds.decoded(file, audio!);
  expect(firstDifference(await readFile(path), sound)).toBe(-1);
});

it('leaves nothing when it is cancelled, and goes on for those who were not', async () => {
  const [audio] = file.facts.sounds;
  const controller = new AbortController();
  const cancelled = sounds.decoded(file, audio!, { signal: controller.signal });
  const waiting = sounds.decoded(file, audio!);
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  const { path } = await waiting;
  const names = await readdir(cache.mediaFolder(file.cacheKey));
  expect(names).toEqual([path.slice(cache.mediaFolder(file.cacheKey).length + 1)]);
});

it.each([
  ['aac.m4a', ['-c:a', 'aac'], true],
  ['flac.flac', ['-c:a', 'flac'], true],
  ['opus.ogg', ['-c:a', 'libopus'], true],
  ['aac.mkv', ['-c:a', 'aac'], false],
  ['flac.ogg', ['-c:a', 'flac'], false],
  ['pcm.nut', ['-c:a', 'pcm_s16le'], false],
])('%s: whether a sample is found after a seek', async (name, words, exact) => {
  const path = join(folder, name);
  ffmpeg('-f', 'lavfi', '-i', 'sine=r=48000:d=3', ...words, path);
  const facts = new FactsStore(cache);
  expect((await facts.of(path)).facts.audio!.sampleExact).toBe(exact);
  if (name !== 'aac.mkv') return;
  const remuxed = join(folder, 'remuxed.mp4');
  ffmpeg('-i', path, '-c', 'copy', remuxed);
  expect((await facts.of(remuxed)).facts.audio!.sampleExact).toBe(false);
});

it('refuses a sound that would not fit on the disk, and says how much it needs', async () => {
  const [audio] = file.facts.sounds;
  const empty = new CacheFolder(join(folder, 'full'));
  const full = new SoundCache(empty, () => Promise.resolve(1_000_000));
  const hour = { ...audio!, endSeconds: 3600, channels: 6 };
  await expect(full.decoded(file, hour)).rejects.toMatchObject({
    failure: { code: 'diskFull', message: expect.stringContaining('about 1.4 GB are needed, 1 MB are free') },
  });
  expect(await exists(empty.mediaFolder(file.cacheKey))).toBe(false);
});
