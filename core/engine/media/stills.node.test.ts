/** Pictures of every format that ffmpeg or sharp reads: one frame, drawn once, in the colours that were put in. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from './probe.node.ts';
import { readFrames } from './readFrames.node.ts';
import { drawStill } from './still.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-stills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A picture of 64 by 36 px in one colour, given as ffmpeg's geq has it for planes g, b, r (and a). */
function flat(name: string, format: string, planes: string, ...more: string[]): string {
  const path = join(folder, name);
  ffmpeg('-f', 'lavfi', '-i', `color=s=64x36,format=${format},geq=${planes}`, '-frames:v', '1', ...more, path);
  return path;
}

const rgb = 'r=200:g=60:b=40';

async function drawn(path: string) {
  const png = `${path}.drawn.png`;
  await drawStill(path, png);
  const { depth, width, height } = await sharp(png).metadata();
  const isDeep = depth === 'ushort';
  const { data, info } = await sharp(png)
    .toColourspace(isDeep ? 'rgb16' : 'srgb')
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const values = isDeep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const at = (10 * width + 10) * info.channels;
  return { depth, size: [width, height], pixel: [...values.subarray(at, at + info.channels)] };
}

const eightBit = ['bmp', 'tga', 'pcx', 'ppm', 'pam', 'sgi', 'qoi', 'jp2', 'jls', 'xwd', 'ras', 'dpx', 'tiff', 'jxl'];

it.each(fewOf(eightBit, 1, 7, 11, 13))('%s is a still, and drawn in its own colour', async (ending) => {
  const path = flat(`still.${ending}`, 'gbrp', rgb, ...(ending === 'jxl' ? ['-distance', '0'] : []));
  const facts = await probeFile(path);
  expect(facts).toMatchObject({ kind: 'image', durationTicks: 0, video: { width: 64, height: 36 } });
  const { pixel, depth } = await drawn(path);
  expect(depth).toBe('uchar');
  pixel.slice(0, 3).forEach((value, c) => expect(Math.abs(value - [200, 60, 40][c]!)).toBeLessThanOrEqual(2));
});

it.each(fewOf(['ppm', 'dpx', 'sgi', 'tiff'], 1))('%s of more than 8 bits is drawn with 16', async (ending) => {
  const deep = flat(`deep.${ending}`, 'gbrp16le', 'r=51400:g=15500:b=10300', '-pix_fmt', 'rgb48be');
  const { pixel, depth } = await drawn(deep);
  expect(depth).toBe('ushort');
  pixel.slice(0, 3).forEach((value, c) => expect(Math.abs(value - [51400, 15500, 10300][c]!)).toBeLessThanOrEqual(64));
});

it('OpenEXR holds light: half of it is 188 of 255 in sRGB, and brighter than white is white', async () => {
  const half = flat('half.exr', 'gbrpf32le', 'r=0.5:g=0.18:b=4');
  const { pixel, depth } = await drawn(half);
  expect(depth).toBe('ushort');
  const signals = [0.7354, 0.4614, 1];
  pixel.forEach((value, c) => expect(Math.abs(value / 65535 - signals[c]!)).toBeLessThan(0.004));
});

it('the colours of an OpenEXR are divided by its alpha, with which they are stored', async () => {
  const veil = flat('veil.exr', 'gbrapf32le', 'r=0.25:g=0.09:b=0.5:a=0.5');
  const { pixel } = await drawn(veil);
  const signals = [0.7354, 0.4614, 1, 0.5];
  pixel.forEach((value, c) => expect(Math.abs(value / 65535 - signals[c]!)).toBeLessThan(0.006));
});

it('actions read such a picture as it is drawn', async () => {
  const path = flat('read.tga', 'gbrp', rgb);
  const file = {
    path,
    facts: await probeFile(path),
    contentKey: '' as never,
    cacheKey: '' as never,
    startTicks: 0,
    patches: [],
  };
  const { data } = await readFrames({ startTicks: 0, frameCount: 2, fps: 25, width: 8, height: 8 }, file);
  expect([...data.subarray(0, 3)]).toEqual([200, 60, 40]);
  expect(data.length).toBe(2 * 8 * 8 * 3);
});

it('a picture that ends in the middle is refused', async () => {
  const cut = join(folder, 'cut.bmp');
  await writeFile(cut, (await readFile(flat('whole.bmp', 'gbrp', rgb))).subarray(0, 3000));
  await expect(probeFile(cut)).rejects.toMatchObject({ failure: { code: 'damaged' } });
});

const namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const icon = (inside: string) => `<svg ${namespaces} viewBox="0 0 24 24">${inside}</svg>`;

it('an SVG is drawn at 4K, whatever its nominal size, with edges of a pixel', async () => {
  const path = join(folder, 'icon.svg');
  await writeFile(path, icon('<rect width="12" height="24" fill="#fff"/><rect x="12" width="12" height="24"/>'));
  expect(await probeFile(path)).toMatchObject({ kind: 'image', video: { width: 3840, height: 3840 } });
  await drawStill(path, join(folder, 'icon.png'));
  const row = await sharp(join(folder, 'icon.png'))
    .extract({ left: 1800, top: 1000, width: 240, height: 1 })
    .removeAlpha()
    .extractChannel(0)
    .raw()
    .toBuffer();
  expect(row.filter((value) => value > 8 && value < 247).length).toBeLessThanOrEqual(2);
});

it('an SVG draws nothing of the files beside it', async () => {
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
    .png()
    .toFile(join(folder, 'secret.png'));
  const path = join(folder, 'spy.svg');
  const hrefs = ['secret.png', './secret.png', `file://${folder}/secret.png`];
  await writeFile(
    path,
    icon(hrefs.map((href) => `<image href="${href}" xlink:href="${href}" width="24" height="24"/>`).join('')),
  );
  await probeFile(path);
  await drawStill(path, join(folder, 'spy.png'));
  expect((await sharp(join(folder, 'spy.png')).stats()).channels[3]!.max).toBe(0);
});
