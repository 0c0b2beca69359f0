import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keysOfName } from '../../disk/cacheFolder.node.ts';
import { framesOf, plainSource } from './locateSource.node.ts';
import { namedSource } from '../../ffmpeg/failures.node.ts';
import { probeFile } from './probe.node.ts';
import { readableStill } from './readableStill.node.ts';
import { readFrames } from './readFrames.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readable-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Left half red, right half blue. */
async function halves() {
  const half = (background: string) =>
    sharp({ create: { width: 16, height: 16, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp({ create: { width: 32, height: 16, channels: 3, background: '#f00' } }).composite([
    { input: await half('#00f'), left: 16, top: 0 },
  ]);
}

async function sourceOf(name: string, write: (to: string) => Promise<unknown>) {
  const path = join(folder, name);
  await write(path);
  const facts = await probeFile(path);
  return plainSource({ path, facts, ...keysOfName(name) });
}

it.each([
  ['a JPEG', 'plain.jpg', { width: 32, height: 16 }],
  ['a JPEG named as something else', '%03d.png', { width: 32, height: 16 }],
  ['a turned JPEG', 'turned.jpg', { width: 16, height: 32 }],
  ['a CMYK JPEG', 'cmyk.jpg', { width: 32, height: 16 }],
  ['a WebP', 'plain.webp', { width: 32, height: 16 }],
])('%s is read as an upright PNG of its size and colours', async (_what, name, size) => {
  const picture = await halves();
  const written = {
    'turned.jpg': () => picture.withMetadata({ orientation: 6 }).jpeg(),
    'cmyk.jpg': () => picture.toColourspace('cmyk').jpeg(),
    'plain.webp': () => picture.webp({ lossless: true }),
  };
  const make = name in written ? written[name as keyof typeof written] : () => picture.jpeg();
  const source = await sourceOf(name, (to) => make().toFile(to));
  const readable = await readableStill(source, folder);
  expect(readable.facts).toMatchObject({ formatName: 'png', proxyReason: null, video: size });
  // the photograph's name, and not that of the drawn copy
  expect(namedSource(readable.path)).toBe(name);
  expect(readable.path).not.toBe(source.path);
  expect(framesOf(readable, readable.facts.video!).input.format).toBe('png_pipe');
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 25, ...size }, readable);
  expect(data[0]).toBeGreaterThan(150);
  expect(data[2]).toBeLessThan(100);
  expect(data.at(-1)).toBeGreaterThan(100);
});

it('a plain PNG is read as it is', async () => {
  const picture = await halves();
  const source = await sourceOf('plain.png', (to) => picture.png().toFile(to));
  expect(await readableStill(source, folder)).toBe(source);
});

it('frames of a JPEG are read by what it is, not by its name', async () => {
  const picture = await halves();
  const source = await sourceOf('named.png', (to) => picture.jpeg().toFile(to));
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 25, width: 32, height: 16 }, source);
  expect([data[0]! > 200, data.at(-1)! > 200]).toEqual([true, true]);
});

it.each([
  { width: 1, height: 1 },
  { width: 1, height: 9 },
])('a picture of one pixel across has frames: $width by $height', async (size) => {
  const picture = sharp({ create: { ...size, channels: 3, background: '#f00' } });
  const source = await sourceOf(`thin${size.height}.png`, (to) => picture.png().toFile(to));
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 25, width: 16, height: 16 }, source);
  expect([data[0]! > 245, data[1]! < 10, data.at(-3)! > 245]).toEqual([true, true, true]);
});
