/** HDR in SDR: greys and whites at the levels of ITU-R BT.2408, highlights with detail, hues as they were. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from './probe.node.ts';
import { readFrames } from './readFrames.node.ts';
import { hlgSignal, in2020, patchFilm, pqSignal } from './testing/colourFilms.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-hdr-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const patchPx = 8;
type Triple = readonly [number, number, number];

/** The film in RGB of 0..255: one triple a patch. */
async function shown(name: string, transfer: string, patches: readonly Triple[]): Promise<number[][]> {
  const tags = ['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', transfer];
  const coded = { matrix: 'bt2020nc', range: 'tv', bits: 10, chroma: '444', size: [patchPx, 8], tags } as const;
  const path = patchFilm(folder, { name, patches, ...coded });
  const facts = await probeFile(path);
  const { width, height } = facts.video!;
  const file = { path, facts, contentKey: '' as never, cacheKey: '' as never, startTicks: 0, patches: [] };
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 25, width, height }, file);
  return patches.map((_, index) => {
    const at = (4 * width + index * patchPx + 4) * 3;
    return [...data.subarray(at, at + 3)];
  });
}

/** 8-bit luma, limited range. */
const luma = ([r]: readonly number[]) => 16 + (219 * r!) / 255;
const grey = (signal: number): Triple => [signal, signal, signal];

it('PQ: 26 cd/m2 is an 18 % grey, 203 a diffuse white, and nothing is lost up to the peak', async () => {
  const nits = [0, 1, 26, 100, 203, 300, 400, 600, 1000, 4000];
  const found = (
    await shown(
      'pq',
      'smpte2084',
      nits.map((each) => grey(pqSignal(each))),
    )
  ).map(luma);
  expect(found[0]).toBeCloseTo(16, 0);
  expect(Math.abs(found[2]! - 106)).toBeLessThanOrEqual(2);
  expect(found[4]).toBeGreaterThanOrEqual(219);
  expect(found[4]).toBeLessThanOrEqual(235);
  // each brighter than the one before; the last two may share a level of 8 bits
  found.slice(1, -1).forEach((value, index) => expect(value).toBeGreaterThan(found[index]!));
  expect(found.at(-1)).toBeLessThanOrEqual(235.5);
});

it('HLG: 38 % is an 18 % grey, 75 % a diffuse white', async () => {
  const [card, white, peak] = (await shown('hlg', 'arib-std-b67', [grey(0.38), grey(0.75), grey(1)])).map(luma);
  expect(Math.abs(card! - 106)).toBeLessThanOrEqual(2);
  expect(white).toBeGreaterThanOrEqual(219);
  expect(white).toBeLessThan(peak!);
  expect(peak).toBeLessThanOrEqual(235.5);
});

it('colours keep the proportions of their light, in mid tones and in highlights', async () => {
  const light: Triple = [1, 0.3, 0.2];
  const at = (nits: number) =>
    in2020([light[0] * nits, light[1] * nits, light[2] * nits]).map(pqSignal) as unknown as Triple;
  for (const [r, g, b] of await shown('hues', 'smpte2084', [at(60), at(150), at(400), at(1000)])) {
    const linear = [r!, g!, b!].map((value) => (value / 255) ** 2.4);
    expect(linear[1]! / linear[0]!).toBeCloseTo(0.3, 1);
    expect(linear[2]! / linear[0]!).toBeCloseTo(0.2, 1);
  }
});

it('a ramp of light has no step: dither apart, neighbours differ by two levels at most', async () => {
  const steps = Array.from({ length: 480 }, (_, index) => grey(0.2 + (index / 479) * 0.55));
  const found = (await shown('ramp', 'smpte2084', steps)).map(([r]) => r!);
  found.slice(1).forEach((value, index) => {
    expect(value - found[index]!).toBeGreaterThanOrEqual(-2);
    expect(value - found[index]!).toBeLessThanOrEqual(3);
  });
});

it('the brightest pixel is the one that the stream announces: MaxCLL, else the mastering display', async () => {
  const hdr10 = (name: string, more: string) => {
    const path = join(folder, name);
    const words = `log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc${more}`;
    const source = ['-f', 'lavfi', '-i', 'color=s=64x64:d=0.2:r=25', '-pix_fmt', 'yuv420p10le'];
    ffmpeg(...source, '-c:v', 'libx265', '-x265-params', words, '-tag:v', 'hvc1', path);
    return probeFile(path);
  };
  const display = ':master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(20000000,50)';
  expect((await hdr10('both.mp4', `${display}:max-cll=600,200:hdr10=1`)).video!.peakNits).toBe(600);
  expect((await hdr10('display.mp4', `${display}:hdr10=1`)).video!.peakNits).toBe(2000);
  expect((await hdr10('neither.mp4', '')).video!.peakNits).toBeNull();
});

it('HLG made from its own formula: reference white is 75 %', () => {
  // 203 of 1000 cd/m2 on a display whose system gamma is 1.2
  expect(hlgSignal(0.203 ** (1 / 1.2))).toBeCloseTo(0.75, 2);
});
