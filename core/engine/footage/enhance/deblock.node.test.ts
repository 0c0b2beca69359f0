/** Pictures through a JPEG of low quality: what is taken out is what that put in. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { yuvFormat } from '../../../ffmpeg/sampleFormat.ts';
import { frameShape, planesOf } from '../interpolate/rawFrame.ts';
import { blockEdges, Deblocker, noEdges } from './deblock.ts';

const size = { width: 160, height: 96 };
/** Soft shapes with a contour, as in a picture. */
const draw = (x: number, y: number): number =>
  Math.round(120 + 50 * Math.sin(x / 19 + y / 31) + (Math.hypot(x - 80, y - 50) < 30 ? 40 : 0));

const truth = Uint8Array.from({ length: size.width * size.height }, (_, i) =>
  draw(i % size.width, Math.floor(i / size.width)),
);

async function compressed(quality: number): Promise<Uint8Array> {
  const raw = { ...size, channels: 1 as const };
  const jpeg = await sharp(truth, { raw }).jpeg({ quality }).toBuffer();
  return new Uint8Array(await sharp(jpeg).greyscale().raw().toBuffer());
}

/** The part from (x, y) on: its grid begins elsewhere. */
function part(all: Uint8Array, x: number, y: number): Uint8Array {
  const [width, height] = [size.width - 8, size.height - 8];
  return Uint8Array.from({ length: width * height }, (_, i) => {
    return all[(y + Math.floor(i / width)) * size.width + x + (i % width)]!;
  });
}

const inner = { width: size.width - 8, height: size.height - 8 };
const errorOf = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
const edgesOf = (data: ArrayLike<number>): number => blockEdges({ ...inner, data: Float32Array.from(data) }).edges;

/** Grey of 8 or 10 bits through the deblocker. */
function deblocked(grey: Uint8Array, bitDepth: 8 | 10): Float32Array {
  const samples = { ...yuvFormat('420', bitDepth), model: 'gray' as const };
  const shape = frameShape(samples, inner);
  const raw = new Uint8Array(shape.bytes);
  const { data } = planesOf(raw, shape)[0]!;
  const times = bitDepth === 8 ? 1 : 4;
  grey.forEach((value, i) => (data[i] = value * times));
  new Deblocker(shape).run(raw);
  return Float32Array.from(data, (value) => value / times);
}

test.each([
  [0, 0],
  [3, 5],
])('blocks whose grid begins at %i, %i are found and smoothed, nearer to what was compressed', async (x, y) => {
  const [bad, good] = [part(await compressed(12), x, y), part(truth, x, y)];
  const made = deblocked(bad, 8);
  expect(edgesOf(bad)).toBeGreaterThan(1);
  expect(edgesOf(made)).toBeLessThan(0.6 * edgesOf(bad));
  expect(errorOf(made, good)).toBeLessThan(0.85 * errorOf(bad, good));
});

test('in 10 bits the same is done as in 8', async () => {
  const bad = part(await compressed(12), 0, 0);
  const [eight, ten] = [deblocked(bad, 8), deblocked(bad, 10)];
  eight.forEach((value, i) => expect(Math.abs(value - ten[i]!)).toBeLessThan(1));
});

test('a picture without blocks stays as it is, sample for sample', () => {
  const good = part(truth, 0, 0);
  expect(edgesOf(good)).toBeLessThan(noEdges);
  expect(Buffer.from(deblocked(good, 8)).equals(Buffer.from(good))).toBe(true);
});

test('a picture too small for a grid has none', () => {
  expect(blockEdges({ width: 20, height: 20, data: new Float32Array(400).map((_, i) => i % 7) }).edges).toBe(0);
});
