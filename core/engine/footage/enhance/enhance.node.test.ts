/** Films whose every sample is known, through the whole task. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackReader } from '../../../../models/families/pipeline.ts';
import { Random } from '../../../../models/families/soundtrack/random.ts';
import { openPack } from '../../../../models/families/soundtrack/testing/openPack.node.ts';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { frameShape, planesOf } from '../interpolate/rawFrame.ts';
import type { EnhanceRun } from './enhanceRun.ts';
import { runEnhance } from './runEnhance.node.ts';

let folder = '';
let pack: PackReader;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-enhance-'));
  const opened = openPack(join(import.meta.dirname, '../../../../models/packs/footage'));
  const session = await opened.session('upscale/waifu2x_photo.onnx');
  pack = { ...opened, session: () => Promise.resolve(session) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const context = (changes: Partial<FootageContext> = {}): FootageContext => {
  const silent = (): void => undefined;
  const common = { scratchFolder: folder, threads: 1, readerOf: () => pack };
  return { checkCancelled: silent, report: silent, ...common, ...changes };
};

/** Level of a sample, 0..1. */
type Draw = (x: number, y: number, frame: number, plane: number) => number;
const random = new Random(3);
const grain = (): number => random.next() + random.next() + random.next() - 1.5;

interface Film {
  readonly format: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly frames: number;
  readonly draw: Draw;
}

function drawn({ format, size, frames, draw }: Film): Buffer {
  const shape = frameShape(samplesOf({ pixelFormat: format, rotationDegrees: 0 }), size);
  const all = new Uint8Array(frames * shape.bytes);
  for (let frame = 0; frame < frames; frame++)
    planesOf(all.subarray(frame * shape.bytes, (frame + 1) * shape.bytes), shape).forEach((plane, index) => {
      const step = size.width / plane.width > 1.5 ? 2 : 1;
      for (let i = 0; i < plane.data.length; i++) {
        const level = draw((i % plane.width) * step, Math.floor(i / plane.width) * step, frame, index);
        plane.data[i] = Math.max(0, Math.min(shape.peak, Math.round(shape.peak * level)));
      }
    });
  return Buffer.from(all.buffer);
}

type Asked = Partial<Pick<EnhanceRun, 'scale' | 'denoise' | 'deflicker' | 'deblock'>>;

async function enhanced(
  name: string,
  film: Film,
  asked: Asked,
  changes: Partial<FootageContext> = {},
  piecesFolder: string | null = null,
) {
  const { format, size, frames } = film;
  const path = join(folder, `${name}.mkv`);
  const raw = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${size.width}x${size.height}`];
  const input = drawn(film);
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...raw, '-r', '25', '-i', '-', '-c:v', 'ffv1', path], { input });
  const source = await openSourceFile(path);
  const rate = { num: 25, den: 1 };
  const made = join(folder, `${name}-made.mkv`);
  const whole = { scale: 1 as const, denoise: 0, deflicker: false, deblock: false, ...asked };
  const run: EnhanceRun = {
    ...{ task: 'enhance', source, startTicks: 0, frameCount: frames, sourceRate: rate, ...whole },
    samples: samplesOf(source.facts.video!),
    graph: whole.scale > 1 ? { pack: { id: 'footage', folder: '' }, path: 'upscale/waifu2x_photo.onnx' } : null,
    piecesFolder,
    output: { path: made, format: 'matroska', options: losslessOptions, rate, still: false },
  };
  const result = await runEnhance(run, context(changes));
  const written = execFileSync('ffmpeg', ['-v', 'error', '-i', made, '-f', 'rawvideo', '-pix_fmt', format, '-']);
  const { width, height } = size;
  const shape = frameShape(run.samples, { width: width * run.scale, height: height * run.scale });
  const planes = (frame: number) =>
    planesOf(new Uint8Array(written.subarray(frame * shape.bytes, (frame + 1) * shape.bytes)), shape);
  return { result, planes, count: written.length / shape.bytes };
}

const texture: Draw = (x, y, frame, plane) =>
  plane === 0 ? 0.5 + 0.2 * Math.sin((x - 2 * frame) / 3) * Math.cos(y / 4) : 0.4 + 0.2 * plane;

test.each([
  ['yuv420p', { width: 48, height: 36 }],
  ['yuv420p', { width: 45, height: 37 }],
  ['yuv422p10le', { width: 48, height: 36 }],
  ['gbrp', { width: 45, height: 37 }],
  ['gray', { width: 48, height: 36 }],
] as const)(
  '%s %o: twice the size, each four pixels as bright as the one they came from, colours the same',
  async (format, size) => {
    const film = { format, size, frames: 2, draw: texture };
    const { planes, count } = await enhanced(`up-${format}-${size.width}`, film, { scale: 2 });
    expect(count).toBe(2);
    const peak = /10/.test(format) ? 1023 : 255;
    const [first, second] = planes(1);
    expect([first!.width, first!.height]).toEqual([2 * size.width, 2 * size.height]);
    for (let y = 4; y < size.height - 4; y += 3)
      for (let x = 4; x < size.width - 4; x += 3) {
        const at = 2 * y * first!.width + 2 * x;
        const mean =
          (first!.data[at]! +
            first!.data[at + 1]! +
            first!.data[at + first!.width]! +
            first!.data[at + first!.width + 1]!) /
          4;
        expect(Math.abs(mean / peak - texture(x, y, 1, 0))).toBeLessThan(0.02);
      }
    if (second && format !== 'gbrp')
      for (const value of second.data) expect(Math.abs(value / peak - 0.6)).toBeLessThan(0.003);
  },
);

const power = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

test('grain of a moving picture goes, and the picture stays', async () => {
  const noisy: Draw = (x, y, frame, plane) => texture(x, y, frame, plane) + 0.03 * grain();
  const film = { format: 'yuv420p', size: { width: 64, height: 48 }, frames: 6, draw: noisy };
  const { planes, count } = await enhanced('grain', film, { denoise: 1 });
  expect(count).toBe(6);
  const [luma] = planes(3);
  const away: number[] = [];
  luma!.data.forEach((value, i) => away.push(value / 255 - texture(i % 64, Math.floor(i / 64), 3, 0)));
  const [before, after] = [0.03 ** 2 * 0.25, power(away)];
  expect(10 * Math.log10(before / after)).toBeGreaterThan(9);
});

test('a film without grain stays as it is, and so does what only one frame shows', async () => {
  const flash: Draw = (x, y, frame, plane) =>
    frame === 2 && plane === 0 && x > 20 && x < 40 && y > 10 && y < 30 ? 0.9 : texture(x, y, 0, plane);
  const film = { format: 'yuv420p', size: { width: 64, height: 48 }, frames: 5, draw: flash };
  const { planes } = await enhanced('flash', film, { denoise: 1 });
  const [luma] = planes(2);
  const worst = Math.max(
    ...[...luma!.data].map((value, i) => Math.abs(value / 255 - flash(i % 64, Math.floor(i / 64), 2, 0))),
  );
  expect(worst).toBeLessThan(0.02);
});

test('a pulse of exposure is taken out; a lamp that is switched on is not', async () => {
  const pulse: Draw = (x, y, frame, plane) => {
    const lit = frame >= 30 ? 1.25 : 1;
    const light = lit * (1 + 0.08 * Math.sin((2 * Math.PI * frame) / 4));
    return plane === 0 ? 16 / 255 + 0.45 * light * (1 + 0.4 * Math.sin(x / 5 + y / 7)) : 0.5;
  };
  const film = { format: 'yuv420p', size: { width: 64, height: 36 }, frames: 60, draw: pulse };
  const { planes, result } = await enhanced('pulse', film, { deflicker: true });
  const level = (frame: number): number => {
    const values = [...planes(frame)[0]!.data];
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const levels = Array.from({ length: 60 }, (_, frame) => level(frame));
  const swing = (from: number, to: number): number => {
    const part = levels.slice(from, to);
    return (Math.max(...part) - Math.min(...part)) / (part.reduce((sum, value) => sum + value, 0) / part.length);
  };
  expect(swing(8, 24)).toBeLessThan(0.06);
  expect(swing(36, 52)).toBeLessThan(0.06);
  expect(levels[45]! / levels[15]!).toBeGreaterThan(1.15);
  expect(result.mostFlicker).toBeGreaterThan(1.05);
});

test('cancelling ends it between two tiles', async () => {
  let count = 0;
  const stop = (): void => {
    if (++count > 1) throw new Error('cancelled');
  };
  const film = { format: 'gray', size: { width: 48, height: 36 }, frames: 3, draw: texture };
  await expect(enhanced('cancelled', film, { scale: 2 }, { checkCancelled: stop })).rejects.toThrow('cancelled');
});

test('a film whose cleaning was cut off goes on, and is the same as one cleaned in one go', async () => {
  const grainy: Draw = (x, y, frame, plane) =>
    texture(x, y, frame, plane) + 0.05 * Math.sin(x * 91 + y * 57 + frame * 13);
  const film = { format: 'yuv420p', size: { width: 48, height: 36 }, frames: 40, draw: grainy };
  const whole = await enhanced('grainy', film, { denoise: 1 });
  const pieces = await mkdtemp(join(tmpdir(), 'framewright-pieces-'));
  let steps = 0;
  const cutOff = {
    checkCancelled: () => {
      if (++steps > 32) throw new Error('cancelled');
    },
  };
  await expect(enhanced('grainy', film, { denoise: 1 }, cutOff, pieces)).rejects.toThrow();
  const { result, planes, count } = await enhanced('grainy', film, { denoise: 1 }, {}, pieces);
  await rm(pieces, { recursive: true });
  expect(result.kept).toBe(24);
  expect(count).toBe(40);
  for (let frame = 0; frame < 40; frame++) expect(planes(frame)).toEqual(whole.planes(frame));
});
