import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flattenStill } from './flattenStill.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-flatten-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every channel its own value everywhere, so that nothing can come back right by luck. */
function noise(count: number, most: number): number[] {
  return Array.from({ length: count }, (_, i) => (i * 7919 + 13) % (most + 1));
}

async function patchPng(alpha: number): Promise<string> {
  const path = join(folder, `patch${alpha}.png`);
  const pixels = Buffer.from(Array.from({ length: 4 * 4 }, () => [255, 0, 0, alpha]).flat());
  await sharp(pixels, { raw: { width: 4, height: 4, channels: 4 } })
    .png()
    .toFile(path);
  return path;
}

const box = { x: 5, y: 3, width: 4, height: 4 };
const inside = (pixel: number) => {
  const [x, y] = [pixel % 19, Math.floor(pixel / 19)];
  return x >= box.x && x < box.x + 4 && y >= box.y && y < box.y + 4;
};

it.each([3, 4] as const)(
  'outside the box every one of %d channels keeps its value; inside the patch lies',
  async (channels) => {
    const values = noise(19 * 11 * channels, 255);
    const base = join(folder, `base${channels}.png`);
    await sharp(Buffer.from(values), { raw: { width: 19, height: 11, channels } })
      .png()
      .toFile(base);
    const to = join(folder, `flat${channels}.png`);
    await flattenStill(base, [{ path: await patchPng(255), box }], to);
    const flat = await sharp(to).raw().toBuffer();
    for (let i = 0; i < values.length; i++) {
      const red = [255, 0, 0, 255][i % channels];
      expect(flat[i]).toBe(inside(Math.floor(i / channels)) ? red : values[i]);
    }
  },
);

it('a picture of 16 bits stays one, bit for bit where the patch is transparent', async () => {
  const values = Uint16Array.from(noise(19 * 11 * 3, 65535));
  const base = join(folder, 'deep.png');
  await sharp(values, { raw: { width: 19, height: 11, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toFile(base);
  const to = join(folder, 'deepFlat.png');
  await flattenStill(base, [{ path: await patchPng(0), box }], to, 'how it was made');
  const read = await sharp(to).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
  expect(new Uint16Array(read.buffer, read.byteOffset, read.length / 2)).toEqual(values);
  expect((await sharp(to).metadata()).exif?.toString('latin1')).toContain('how it was made');
});
