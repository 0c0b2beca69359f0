/** Looks under a mask: what lies outside it gives them no colour. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import type { LookId } from '../../../actions/restyle/looks.ts';
import { drawLooks } from './drawLooks.ts';
import { filmOf } from './drawForTest.node.ts';
import { LookStage, type CoverFile } from './stage.ts';
import { writePlates } from './writePlates.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-focus-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [width, height] = [288, 192];
const frames = filmOf({ width, height });
/** Bright: products of bright values are the largest. */
const ground = 230;
/** A red square of 72 px on a light ground. */
const isSquare = (at: number): boolean => {
  const [x, y] = [at % width, Math.floor(at / width)];
  return x >= 108 && x < 180 && y >= 60 && y < 132;
};

async function drawn(look: LookId, cover: CoverFile | null): Promise<Uint8Array> {
  const source = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    isSquare(Math.floor(i / 3)) ? [220, 20, 20][i % 3]! : ground,
  );
  await writeFile(join(folder, 'source.rgb'), source);
  const graph = new FilterGraph();
  const input = graph.open({
    path: join(folder, 'source.rgb'),
    format: 'rawvideo',
    options: [
      ['pixel_format', 'rgb24'],
      ['video_size', { width, height }],
      ['framerate', frames.rate],
    ],
  });
  const stage = new LookStage(graph, { ...frames, frameCount: 1 }, folder, null, cover);
  const video = stage.chain(
    input.stream(0),
    filter('scale', { out_color_matrix: 'bt709', out_range: 'tv' }),
    format('yuv420p'),
  );
  const picture = stage.chain(drawLooks(stage, video, { looks: [look], strength: 1 }), format('rgb24'));
  await writePlates(stage);
  const to = join(folder, 'drawn.rgb');
  await runFfmpeg({ graph, outputs: [{ to, streams: [picture], format: 'rawvideo' }] });
  return new Uint8Array(await readFile(to));
}

/** How much redder than the ground the pixels just outside the square are, in levels of 8 bits. */
function haloOf(picture: Uint8Array): number {
  let most = 0;
  for (let at = 0; at < width * height; at++) {
    // nearer, the chroma of the source itself is half red
    const isNear = [4, -4, 4 * width, -4 * width].some((step) => isSquare(at + step));
    const touches = [3, -3, 3 * width, -3 * width].some((step) => isSquare(at + step));
    if (!isNear || isSquare(at) || touches) continue;
    most = Math.max(most, picture[at * 3]! - picture[at * 3 + 2]!);
  }
  return most;
}

/** What lies around the square, as the opacity of a patch. */
async function coverOfGround(pixelFormat: string, box: CoverFile['box']): Promise<CoverFile> {
  const samples = sampleFormatOf(pixelFormat);
  const path = join(folder, 'opacity.raw');
  const luma = Uint8Array.from({ length: box.width * box.height }, (_, i) => {
    const at = (box.y + Math.floor(i / box.width)) * width + box.x + (i % box.width);
    // a pixel of chroma more: it is half red
    return [0, 1, -1, 2, -2, width, -width, 2 * width, -2 * width].some((step) => isSquare(at + step)) ? 0 : 255;
  });
  const chroma = new Uint8Array(pixelFormat === 'gray' ? 0 : (box.width * box.height) / 2);
  await writeFile(path, Buffer.concat([luma, chroma]));
  return { path, samples, rows: box.height, box };
}

test('a blurred background has no halo of what stands before it', async () => {
  const whole = { x: 0, y: 0, width, height };
  const blurredGround = await drawn('blurred', await coverOfGround('yuv420p', whole));
  for (let at = 0; at < width * height; at++)
    if (!isSquare(at)) expect(Math.abs(blurredGround[at * 3 + 1]! - ground), `${at}`).toBeLessThan(12);
  expect(haloOf(await drawn('blurred', null))).toBeGreaterThan(30);
  expect(haloOf(await drawn('blurred', await coverOfGround('yuv420p', whole)))).toBeLessThan(8);
  expect(
    haloOf(await drawn('blurred', await coverOfGround('gray', { x: 4, y: 2, width: 280, height: 188 }))),
  ).toBeLessThan(8);
});

test('a mosaic leaves nothing finer than its squares', async () => {
  const picture = await drawn('mosaic', null);
  const colours = new Set<number>();
  for (let at = 0; at < width * height; at++)
    colours.add((picture[at * 3]! << 16) | (picture[at * 3 + 1]! << 8) | picture[at * 3 + 2]!);
  expect(colours.size).toBeLessThan((width * height) / 9);
});
