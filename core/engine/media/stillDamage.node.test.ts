import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { probeFile } from './probe.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-stills-'));
afterAll(() => rmSync(folder, { recursive: true }));

const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
const busy = () => sharp({ create: { width: 320, height: 240, channels: 3, background: '#888', noise } }).blur(1.5);
const flat = () => sharp({ create: { width: 320, height: 240, channels: 3, background: '#fff' } });

const encoders: readonly (readonly [string, (picture: Sharp) => Sharp])[] = [
  ['jpg', (picture) => picture.jpeg({ quality: 85 })],
  ['progressive.jpg', (picture) => picture.jpeg({ quality: 85, progressive: true })],
  ['optimised.jpg', (picture) => picture.jpeg({ quality: 85, optimiseCoding: true, chromaSubsampling: '4:4:4' })],
  ['webp', (picture) => picture.webp({ quality: 80 })],
];

async function damageOf(name: string, bytes: Buffer): Promise<string[]> {
  writeFileSync(join(folder, name), bytes);
  return (await probeFile(join(folder, name))).damage.map(({ what }) => what.key);
}

it.each(encoders)('%s: zeros in the middle are reported, a whole picture has no damage', async (name, encode) => {
  for (const picture of [busy(), flat()]) expect(await damageOf(name, await encode(picture).toBuffer())).toEqual([]);
  const bytes = await encode(busy()).toBuffer();
  bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 512);
  expect(await damageOf(name, bytes)).toEqual(['media.damagedStill']);
});

it('a lossless WebP of two colours may hold any run of bytes', async () => {
  expect(await damageOf('lossless.webp', await flat().webp({ lossless: true }).toBuffer())).toEqual([]);
});
