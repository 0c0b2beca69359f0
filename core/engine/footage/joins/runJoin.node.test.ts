/** Shots of which every picture is known: what is made of them is read back and compared with what was drawn. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPack } from '../../../../models/families/soundtrack/testing/openPack.node.ts';
import type { PackReader } from '../../../../models/families/pipeline.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { frameShape } from '../interpolate/rawFrame.ts';
import type { JoinRun, JoinSide, JoinWay } from './joinRun.ts';
import { runJoin } from './runJoin.node.ts';

const size = { width: 96, height: 64 };
const frames = 16;
const shape = frameShape(samplesOf({ pixelFormat: 'yuv420p', rotationDegrees: 0 }), size);
type Draw = (x: number, y: number, frame: number) => number;
const texture: Draw = (x, y) => 0.5 + 0.2 * Math.sin(x / 4) * Math.cos(y / 5) + 0.1 * Math.sin((x + 2 * y) / 9);
const rests: Draw = (x, y) => texture(x, y, 0);
const pans: Draw = (x, y, frame) => texture(x - 2 * frame, y, 0);
const other: Draw = (x, y) => 0.5 + 0.35 * Math.sign(Math.sin(x / 3 + y / 2));

const broad: Draw = (x, y) => 0.5 + 0.35 * Math.sin(x / 14 + y / 11);

let folder = '';
let pack: PackReader;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-join-'));
  const opened = openPack(join(import.meta.dirname, '../../../../models/packs/footage'));
  const session = await opened.session('between/rife_v4.onnx');
  pack = { ...opened, session: () => Promise.resolve(session) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function drawn(draw: Draw, frame: number): Buffer {
  const bytes = Buffer.alloc(shape.bytes);
  let at = 0;
  shape.planes.forEach((plane, index) => {
    const step = index === 0 ? 1 : 2;
    for (let i = 0; i < plane.width * plane.height; i++, at++)
      bytes[at] = Math.round(255 * draw((i % plane.width) * step, Math.floor(i / plane.width) * step, frame));
  });
  return bytes;
}

async function sideOf(name: string, draw: Draw, seam: number): Promise<JoinSide> {
  const path = join(folder, `${name}.mkv`);
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', '10', '-i', '-'];
  const input = Buffer.concat(Array.from({ length: frames }, (_, frame) => drawn(draw, frame)));
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...raw, '-c:v', 'ffv1', path], { input });
  return { source: await openSourceFile(path), startTicks: 0, frameCount: frames, seam };
}

/** `read(i)`: the i-th of the frames made. */
async function joined(way: JoinWay, sides: Pick<JoinRun, 'before' | 'after'>, count: number, lead = 0) {
  const path = join(folder, `${way}.raw`);
  const run: JoinRun = {
    ...{ task: 'join', ...sides, size, rate: { num: 10, den: 1 }, samples: shape.samples },
    ways: [{ way, count, lead, output: { path, format: null, options: [], context: 0 } }],
    graphs: { pack: { id: 'footage', folder: '' }, between: 'between/rife_v4.onnx', things: null },
  };
  const silent = (): void => undefined;
  const context: FootageContext = {
    ...{ checkCancelled: silent, report: silent, scratchFolder: folder, threads: 1, readerOf: () => pack },
  };
  const { made } = await runJoin(run, context);
  const bytes = made[0]?.refusal === null ? readFileSync(path) : Buffer.alloc(0);
  return {
    refusal: made[0]?.refusal,
    count: bytes.length / shape.bytes,
    read: (index: number) => bytes.subarray(index * shape.bytes, (index + 1) * shape.bytes),
  };
}

const difference = (a: Buffer, b: Buffer): number => {
  const luma = size.width * size.height;
  let sum = 0;
  for (let i = 0; i < luma; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / luma;
};

test('a shot that rests is held as it is, and so is a shot that it leads up to', async () => {
  const before = await sideOf('rests', rests, frames - 1);
  const forward = await joined('hold', { before, after: null }, 4);
  expect(forward.count).toBe(4);
  for (let i = 0; i < 4; i++) expect(difference(forward.read(i), drawn(rests, 0))).toBeLessThan(0.6);
  const back = await joined('hold', { before: null, after: { ...before, seam: 0 } }, 3);
  expect(difference(back.read(2), drawn(rests, 0))).toBeLessThan(0.6);
});

test('slowed down, the first frame goes on from the shot, the last is its last, and none repeats', async () => {
  const before = await sideOf('pans', pans, frames - 1);
  const { count, read } = await joined('slow', { before, after: null }, 12, 8);
  expect(count).toBe(12);
  expect(difference(read(0), drawn(pans, frames - 8))).toBeLessThan(difference(read(0), drawn(pans, frames - 9)) / 2);
  expect(Buffer.compare(read(11), drawn(pans, frames - 1))).toBe(0);
  for (let i = 1; i < 12; i++) expect(difference(read(i), read(i - 1))).toBeGreaterThan(0.3);
});

test('a pan has a way that it goes: it is not played back and forth', async () => {
  const before = await sideOf('pans', pans, frames - 1);
  expect((await joined('pingPong', { before, after: null }, 6, 3)).refusal).toBe('oneWay');
});

test('motion that can be foretold goes on and comes to rest', async () => {
  const before = await sideOf('pans', pans, frames - 1);
  const { refusal, read } = await joined('carryOn', { before, after: null }, 6);
  expect(refusal).toBeNull();
  const steps = [1, 2, 3, 4, 5].map((i) => difference(read(i), read(i - 1)));
  expect(difference(read(0), drawn(pans, frames - 1))).toBeGreaterThan(steps[4]!);
  expect(steps[0]!).toBeGreaterThan(steps[3]!);
});

test.each(['blend', 'whip', 'zoom'] as const)('%s begins with the first shot and ends with the second', async (way) => {
  const before = await sideOf('rests', rests, frames - 1);
  const after = await sideOf('broad', broad, 0);
  const { count, read } = await joined(way, { before, after }, 9);
  expect(count).toBe(9);
  const [first, last] = [drawn(rests, 0), drawn(broad, 0)];
  expect(difference(read(0), first)).toBeLessThan(difference(read(0), last) / 2);
  expect(difference(read(8), last)).toBeLessThan(difference(read(8), first) / 2);
});

test('a morph moves what both frames show, and refuses frames that show something else', async () => {
  const before = await sideOf('pans', pans, 4);
  const after = await sideOf('pans', pans, 8);
  const alike = await joined('morph', { before, after }, 3);
  expect(alike.refusal).toBeNull();
  const middle = alike.read(1);
  const [start, end] = [drawn(pans, 4), drawn(pans, 8)];
  const blend = Buffer.from(start.map((value, i) => (value + end[i]!) / 2));
  expect(difference(middle, drawn(pans, 6))).toBeLessThan(difference(blend, drawn(pans, 6)) / 2);
  const apart = await joined('morph', { before, after: await sideOf('other', other, 0) }, 3);
  expect(apart.refusal).toBe('tooDifferent');
});
