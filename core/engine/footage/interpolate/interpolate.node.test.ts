/** Films of which every picture is known: the task reads them, and what it wrote is read back sample by sample. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPack } from '../../../../models/families/soundtrack/testing/openPack.node.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import type { PackReader } from '../../../../models/families/pipeline.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { interpolate } from './interpolate.node.ts';
import type { InterpolateRun } from './interpolateRun.ts';
import { frameShape } from './rawFrame.ts';

let folder = '';
let pack: PackReader;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-smooth-'));
  const opened = openPack(join(import.meta.dirname, '../../../../models/packs/footage'));
  const session = await opened.session('between/rife_v4.onnx');
  pack = { ...opened, session: () => Promise.resolve(session) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Draw = (x: number, y: number, frame: number) => number;
/** A soft texture that moves to the right by 2 px a frame. */
const pan: Draw = (x, y, frame) => 0.5 + 0.3 * Math.sin((x - 2 * frame) / 4) * Math.cos(y / 5);

interface Film {
  readonly format: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly frames: number;
  readonly draw: Draw;
}

/** Raw frames as they were drawn: each plane shows the drawing, stretched. */
function drawFrames({ format, size, frames, draw }: Film): Buffer {
  const shape = frameShape(samplesOf({ pixelFormat: format, rotationDegrees: 0 }), size);
  const wide = shape.peak > 255;
  const bytes: Buffer[] = [];
  for (let frame = 0; frame < frames; frame++)
    for (const plane of shape.planes) {
      const data = wide ? new Uint16Array(plane.width * plane.height) : new Uint8Array(plane.width * plane.height);
      const step = plane === shape.planes[0] ? 1 : 2;
      for (let i = 0; i < data.length; i++)
        data[i] = Math.round(shape.peak * draw((i % plane.width) * step, Math.floor(i / plane.width) * step, frame));
      bytes.push(Buffer.from(data.buffer));
    }
  return Buffer.concat(bytes);
}

/** What is asked for: `times` the frames of a film of 10 frames a second, without loss. */
async function runOf(path: string, frameCount: number, times: number): Promise<InterpolateRun> {
  const source = await openSourceFile(path);
  const rate = { num: 10 * times, den: 1 };
  return {
    task: 'interpolate',
    source,
    startTicks: 0,
    frameCount,
    sourceRate: { num: 10, den: 1 },
    madeRate: rate,
    madeCount: frameCount * times,
    samples: samplesOf(source.facts.video!),
    pack: { id: 'footage', folder: '' },
    graph: 'between/rife_v4.onnx',
    piecesFolder: null,
    output: { path: path.replace('.mkv', '-smooth.mkv'), format: 'matroska', options: losslessOptions, rate },
  };
}

function context(changes: Partial<FootageContext> = {}): FootageContext {
  const silent = (): void => undefined;
  return {
    checkCancelled: silent,
    report: silent,
    scratchFolder: folder,
    threads: 1,
    readerOf: () => pack,
    ...changes,
  };
}

/** Writes a film without loss, has it smoothed, and reads the result back. */
async function smoothed(name: string, film: Film, times = 2) {
  const { format, size, frames } = film;
  const drawn = drawFrames(film);
  const path = join(folder, `${name}.mkv`);
  const raw = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${size.width}x${size.height}`];
  execFileSync('ffmpeg', ['-v', 'error', ...raw, '-r', '10', '-i', '-', '-c:v', 'ffv1', path], { input: drawn });
  const run = await runOf(path, frames, times);
  const result = await interpolate(run, context());
  const read = ['-v', 'error', '-i', run.output.path, '-f', 'rawvideo', '-pix_fmt', format, '-'];
  const written = execFileSync('ffmpeg', read, { maxBuffer: 1e9 });
  const bytes = drawn.length / frames;
  const frameOf = (all: Buffer, index: number): Buffer => all.subarray(index * bytes, (index + 1) * bytes);
  return {
    result,
    count: written.length / bytes,
    own: (index: number) => frameOf(drawn, index),
    made: (index: number) => frameOf(written, index),
  };
}

const meanDifference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

test.each([
  ['yuv420p', { width: 64, height: 36 }],
  ['yuv420p', { width: 65, height: 37 }],
  ['yuv422p10le', { width: 64, height: 36 }],
  ['gbrp', { width: 65, height: 37 }],
  ['gray', { width: 48, height: 32 }],
] as const)(
  '%s %o: own frames stay as they are to the sample, with one more between each two',
  async (format, size) => {
    const film = { format, size, frames: 4, draw: pan };
    const { result, count, own, made } = await smoothed(`${format}${size.width}`, film);
    expect([count, result.ownFrames, result.repeatedFrames, result.cuts]).toEqual([8, 5, 0, 0]);
    for (let i = 0; i < 4; i++) expect(Buffer.compare(made(2 * i), own(i)), `frame ${i}`).toBe(0);
  },
);

test('what lies between is where things are by then, and no mixture of before and after', async () => {
  const film = { format: 'yuv420p', size: { width: 96, height: 64 }, frames: 3, draw: pan };
  const { own, made } = await smoothed('pan', film);
  const truth = drawFrames({ ...film, draw: (x, y, frame) => pan(x, y, frame / 2) });
  const middle = truth.subarray(own(0).length, 2 * own(0).length);
  const mixed = Buffer.from(own(0).map((value, i) => (value + own(1)[i]!) / 2));
  expect(meanDifference(made(1), middle)).toBeLessThan(0.6 * meanDifference(mixed, middle));
});

test('nothing is made across a cut: the frame before it is held', async () => {
  const draw: Draw = (x, y, frame) => (frame < 3 ? 0.2 * pan(x, y, frame) : 0.75 + 0.2 * pan(y, x, frame));
  const film = { format: 'yuv420p', size: { width: 64, height: 36 }, frames: 6, draw };
  const { result, own, made } = await smoothed('cut', film);
  expect(result.cuts).toBe(1);
  expect(Buffer.compare(made(5), own(2))).toBe(0);
  expect(Buffer.compare(made(6), own(3))).toBe(0);
});

test('frames that were repeated by a conversion of the rate are replaced by what was due', async () => {
  // twos: each picture stands for two frames
  const draw: Draw = (x, y, frame) => pan(x, y, 2 * Math.floor(frame / 2));
  const film = { format: 'yuv420p', size: { width: 96, height: 64 }, frames: 10, draw };
  const { result, own, made } = await smoothed('twos', film, 1);
  expect(result.repeatedFrames).toBe(5);
  expect(Buffer.compare(made(4), own(4))).toBe(0);
  const due = drawFrames({ ...film, draw: pan }).subarray(5 * own(0).length, 6 * own(0).length);
  expect(meanDifference(made(5), due)).toBeLessThan(0.6 * meanDifference(own(5), due));
});

test('cancelling ends it, and the reader and the encoder with it', async () => {
  const path = join(folder, 'long.mkv');
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=10:d=4', '-c:v', 'ffv1', path]);
  let made = 0;
  const stopping = context({
    checkCancelled: () => {
      if (made > 2) throw new Error('cancelled');
    },
    report: ({ stage }) => {
      if (stage === 'between') made += 1;
    },
  });
  await expect(interpolate(await runOf(path, 40, 2), stopping)).rejects.toThrow('cancelled');
});
