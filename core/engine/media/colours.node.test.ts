/** Colours of films as their files mean them: matrices, ranges and depths, tagged and untagged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgePlayable } from './playable.ts';
import { probeFile } from './probe.node.ts';
import { readFrames } from './readFrames.node.ts';
import { patchFilm, type PatchFilm } from './testing/colourFilms.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-colours-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const truth = [200, 60, 40] as const;
const patches = [[200 / 255, 60 / 255, 40 / 255]] as const;
const plain: PatchFilm = {
  ...{ name: '', patches, matrix: 'bt709', range: 'tv', bits: 8, chroma: '420', size: [32, 16], tags: [] },
};

/** What actions get to see of a film's middle. */
async function seen(film: PatchFilm): Promise<number[]> {
  const path = patchFilm(folder, film);
  const facts = await probeFile(path);
  const { width, height } = facts.video!;
  const file = { path, facts, contentKey: '' as never, cacheKey: '' as never, startTicks: 0, patches: [] };
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 25, width, height }, file);
  const at = ((height >> 1) * width + (width >> 1)) * 3;
  return [...data.subarray(at, at + 3)];
}

function expectNear(found: readonly number[], wanted: readonly number[], within: number): void {
  found.forEach((value, c) =>
    expect(Math.abs(value - wanted[c]!), `${found} for ${wanted}`).toBeLessThanOrEqual(within),
  );
}

it.each([
  ['ycgco', 'tv', 8, '420'],
  ['ycgco', 'pc', 10, '444'],
  ['ycgco', 'tv', 10, '444'],
  ['bt2020nc', 'pc', 12, '422'],
  ['smpte240m', 'tv', 10, '422'],
  ['bt2020nc', 'tv', 10, '420'],
  ['fcc', 'pc', 8, '420'],
] as const)('%s, %s, %d bits, 4:%s', async (matrix, range, bits, chroma) => {
  const name = `${matrix}-${range}-${bits}-${chroma}`;
  expectNear(await seen({ ...plain, name, matrix, range, bits, chroma, tags: ['-colorspace', matrix] }), truth, 2);
});

it.each([
  ['525 lines', 'smpte170m', [720, 480]],
  ['625 lines', 'bt470bg', [720, 576]],
  ['a small film', 'bt470bg', [320, 180]],
  ['an odd size', 'bt470bg', [319, 179]],
  ['720p', 'bt709', [1280, 720]],
] as const)('untagged: %s is %s', async (name, matrix, size) => {
  expectNear(await seen({ ...plain, name: name.replace(/\W/g, ''), matrix, size }), truth, 2);
});

it('the window plays untagged SD from its proxy, whose colours are tagged', async () => {
  const path = patchFilm(folder, { ...plain, name: 'untagged', matrix: 'bt470bg' });
  const video = { ...(await probeFile(path)).video!, codec: 'h264', pixelFormat: 'yuv420p', gopFrames: 12 };
  expect(judgePlayable('mov,mp4', video, null, 0).proxyReason).toContain('standard definition');
  expect(judgePlayable('mov,mp4', { ...video, matrix: 'smpte170m' }, null, 0).proxyReason).toBeNull();
  expect(judgePlayable('mov,mp4', { ...video, codedWidth: 1280, codedHeight: 720 }, null, 0).proxyReason).toBeNull();
});
