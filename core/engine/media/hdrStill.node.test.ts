/** Stills in PQ and HLG: a grey card and a diffuse white (ITU-R BT.2408, table 1) are as bright as in SDR. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from './probe.node.ts';
import { drawStill } from './still.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-hdr-still-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A grey of this share of the signal, as a PNG of 16 bits that says so in a cICP chunk. */
async function png(name: string, signal: number, codes: readonly number[] | null): Promise<string> {
  const path = join(folder, name);
  const value = Math.round(signal * 65535);
  const pixels = new Uint16Array(8 * 8 * 3).fill(value);
  const plain = await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  const afterHeader = 8 + 12 + 13;
  const chunk = Buffer.concat([
    Buffer.from([0, 0, 0, 4]),
    Buffer.from('cICP'),
    Buffer.from(codes ?? []),
    Buffer.alloc(4),
  ]);
  if (codes) chunk.writeUInt32BE(crc32(chunk.subarray(4, 12)), 12);
  await writeFile(
    path,
    Buffer.concat([plain.subarray(0, afterHeader), ...(codes ? [chunk] : []), plain.subarray(afterHeader)]),
  );
  return path;
}

function avif(name: string, luma: number, transfer: string): string {
  const path = join(folder, name);
  const grey = `color=s=16x16:r=1:d=1,format=yuv420p10,geq=lum=${luma}:cb=512:cr=512`;
  const tags = ['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'];
  ffmpeg('-f', 'lavfi', '-i', grey, '-frames:v', '1', '-c:v', 'libaom-av1', '-still-picture', '1', ...tags, path);
  return path;
}

/** Share of the signal that is drawn. */
async function drawn(path: string): Promise<number> {
  expect(await probeFile(path)).toMatchObject({ kind: 'image', proxyReason: expect.stringContaining('HDR') });
  const to = join(folder, 'drawn.png');
  await drawStill(path, to);
  expect((await readFile(to)).readUInt8(24)).toBe(16);
  const { data } = await sharp(to).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return data[0]! / 255;
}

const pq = [9, 16, 0, 1];
const hlg = [9, 18, 0, 1];
const cases = [
  ['a grey card in a PNG in PQ', () => png('pq-grey.png', 0.3794, pq), 0.41],
  ['white in a PNG in PQ', () => png('pq-white.png', 0.5806, pq), 0.935],
  ['a grey card in a PNG in HLG', () => png('hlg-grey.png', 0.38, hlg), 0.41],
  ['white in a PNG in HLG', () => png('hlg-white.png', 0.75, hlg), 0.935],
  ['a grey card in an AVIF in PQ', () => avif('grey.avif', 397, 'smpte2084'), 0.41],
  ['white in an AVIF in PQ', () => avif('white.avif', 573, 'smpte2084'), 0.935],
  ['white in an AVIF in HLG', () => avif('hlg.avif', 721, 'arib-std-b67'), 0.935],
] as const;
it.each(fewOf(cases, 1, 3, 4))('%s', async (_name, make, share) => {
  expect(Math.abs((await drawn(await make())) - share)).toBeLessThan(0.02);
});

it('a PNG that names the colours of sRGB is left as it is', async () => {
  const path = await png('srgb.png', 0.5806, [1, 13, 0, 1]);
  expect((await probeFile(path)).proxyReason ?? '').not.toContain('HDR');
});
