/** Animated pictures are films: every frame is shown for as long as the file says, and alpha is kept. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { FactsStore } from './factsStore.node.ts';
import { describeFile } from './importMedia.node.ts';
import { plainSource } from './locateSource.node.ts';
import { readFrames } from './readFrames.node.ts';

let folder = '';
let facts: FactsStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-animations-'));
  facts = new FactsStore(new CacheFolder(join(folder, 'cache')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** ms */
const delays = [70, 130, 250, 40, 500, 100];
const redOf = (frame: number) => 40 * frame + 20;

async function animation(ending: 'webp' | 'gif'): Promise<string> {
  const frames = await Promise.all(
    delays.map((_, frame) => {
      const background = { r: redOf(frame), g: 60, b: 40, alpha: 1 };
      const hole = { create: { width: 16, height: 16, channels: 4 as const, background: '#000' } };
      const picture = sharp({ create: { width: 64, height: 48, channels: 4, background } });
      return picture
        .composite([{ input: hole, blend: 'dest-out', left: 0, top: 0 }])
        .png()
        .toBuffer();
    }),
  );
  const path = join(folder, `delays.${ending}`);
  const joined = sharp(frames, { join: { animated: true } });
  await (ending === 'webp' ? joined.webp({ lossless: true, delay: delays }) : joined.gif({ delay: delays })).toFile(
    path,
  );
  return path;
}

it.each(['webp', 'gif'] as const)('%s: six frames of six lengths', async (ending) => {
  const path = await animation(ending);
  const file = await facts.of(path);
  const { kind, durationTicks, video } = file.facts;
  expect({ kind, rate: video!.rate, hasAlpha: video!.hasAlpha }).toEqual({
    ...{ kind: 'video', rate: { num: 100, den: 1 }, hasAlpha: true },
  });
  expect(secondsFromTicks(durationTicks)).toBeCloseTo(1.09, 6);
  const { data } = await readFrames(
    { startTicks: 0, frameCount: 109, fps: 100, width: 64, height: 48 },
    plainSource(file),
  );
  const at = (20 * 64 + 40) * 3;
  const reds = Array.from({ length: 109 }, (_, slot) => data[slot * 64 * 48 * 3 + at]!);
  const wanted = delays.flatMap((delay, frame) => Array.from({ length: delay / 10 }, () => redOf(frame)));
  reds.forEach((red, slot) => expect(Math.abs(red - wanted[slot]!), `slot ${slot}`).toBeLessThanOrEqual(3));
  const onWhite = await readFrames(
    { startTicks: 0, frameCount: 1, fps: 100, width: 64, height: 48, onWhite: true },
    plainSource(file),
  );
  expect(onWhite.data[(4 * 64 + 4) * 3]).toBeGreaterThan(250);
});

it('the bin shows the file that was imported, not the one that is read in its place', async () => {
  const path = join(folder, 'delays.webp');
  expect(await describeFile(await facts.of(path))).toMatchObject({ name: 'delays.webp', path, kind: 'video' });
});

it.each([
  ['png', ['-plays', '0', '-f', 'apng']],
  ['avif', ['-c:v', 'libaom-av1', '-cpu-used', '8']],
])('%s: thirty frames at ten a second', async (ending, words) => {
  const path = join(folder, `thirty.${ending}`);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10', '-frames:v', '30', ...words, path);
  const { facts: found } = await facts.of(path);
  expect(found).toMatchObject({ kind: 'video', video: { rate: { num: 10, den: 1 }, frameCount: 30 } });
  expect(secondsFromTicks(found.durationTicks)).toBe(3);
});

async function seeThroughAvif(name: string, ...tags: readonly string[]): Promise<string> {
  const path = join(folder, name);
  const grounds = ['red', 'gray'].flatMap((color) => ['-f', 'lavfi', '-i', `color=${color}:s=16x16:r=10:d=0.3`]);
  const words = ['-map', '0', '-map', '1', '-pix_fmt:v:0', 'yuv444p', '-pix_fmt:v:1', 'gray', ...tags];
  ffmpeg(...grounds, ...words, '-c:v', 'libaom-av1', '-cpu-used', '8', path);
  return path;
}

it('an AVIF whose transparency is a second stream is as see-through as that says', async () => {
  const file = await facts.of(await seeThroughAvif('see-through.avif'));
  expect(file.facts).toMatchObject({
    remarks: [],
    video: { hasAlpha: true, frameCount: 3, rate: { num: 10, den: 1 } },
  });
  const request = { startTicks: 0, frameCount: 3, fps: 10, width: 16, height: 16, onWhite: true };
  const { data } = await readFrames(request, plainSource(file));
  // half of red (254, 0, 0) on white
  for (const [channel, value] of [255, 127, 127].entries())
    for (const frame of [0, 1, 2]) expect(Math.abs(data[frame * 768 + 384 + channel]! - value)).toBeLessThanOrEqual(4);
});

it('a transparent AVIF in HDR says that its transparency is left out', async () => {
  const path = await seeThroughAvif('bright.avif', '-color_trc', 'smpte2084', '-color_primaries', 'bt2020');
  expect((await facts.of(path)).facts.remarks.map(({ key }) => key)).toEqual(['mediaRemark.alphaLeftOut']);
});

it('a film with two pictures says that the first is shown', async () => {
  const path = join(folder, 'angles.mkv');
  const angles = ['red', 'blue'].flatMap((color) => ['-f', 'lavfi', '-i', `color=${color}:s=16x16:r=10:d=0.3`]);
  ffmpeg(...angles, '-map', '0', '-map', '1', '-c:v', 'ffv1', path);
  const { facts: found } = await facts.of(path);
  expect(found.remarks.map(({ text }) => text)).toEqual(['It has 2 picture streams; only the first is shown.']);
});
