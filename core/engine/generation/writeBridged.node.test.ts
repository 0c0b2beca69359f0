/** Films of one level each, with sound: what is joined is decoded again, frame by frame. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { openFakeEngine, type FakeEngine } from '../testing/fakeEngine.node.ts';
import { runGenerationOnFiles } from './standalone.node.ts';

const size = { width: 64, height: 36 };
let fake: FakeEngine;
const at = (name: string): string => join(fake.folder, name);

/** Twenty frames a second; frame n has the level `first` + n, and the sound is a tone. */
function film(name: string, first: number, frames: number, shape = `${size.width}x${size.height}`): string {
  const black = `color=black:size=${shape}:rate=20:duration=${frames / 20}`;
  const drawn = `${black},format=yuv420p,geq=lum=${first}+N:cb=128:cr=128`;
  const sound = `sine=frequency=400:duration=${frames / 20}`;
  ffmpeg('-y', '-f', 'lavfi', '-i', drawn, '-f', 'lavfi', '-i', sound, '-c:v', 'ffv1', '-c:a', 'pcm_s16le', at(name));
  return at(name);
}

/** The brightness of a place in each frame. */
function levels(path: string, x = size.width / 2, y = size.height / 2): number[] {
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-']);
  const bytes = size.width * size.height * 1.5;
  return Array.from({ length: raw.length / bytes }, (_, i) => raw[i * bytes + y * size.width + x]!);
}

const bridge = (way: 'blend' | 'whip' | 'zoom', next: string, seconds = 0.5) =>
  runGenerationOnFiles(fake.engine, {
    ...{ action: 'bridge', prompt: '', seed: 1, steps: null, guidance: null, packId: null, lossless: true },
    ...{ way, seconds, inputPath: at('first.mkv'), nextPath: next, outputPath: at(`${way}.mkv`) },
  });

beforeAll(async () => {
  fake = await openFakeEngine();
  film('first.mkv', 40, 30);
  film('second.mkv', 150, 40);
});
afterAll(() => fake.close());

test.each(['blend', 'whip', 'zoom'] as const)('%s: both films keep their frames beside the bridge', async (way) => {
  await bridge(way, at('second.mkv'));
  const made = levels(at(`${way}.mkv`));
  // over half a second both are shown
  expect(made).toHaveLength(30 + 40 - 10);
  expect(made.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => 40 + i));
  expect(made.slice(30)).toEqual(Array.from({ length: 30 }, (_, i) => 160 + i));
  for (const level of made.slice(20, 30)) expect(level).toBeGreaterThan(55);
});

test('one sound fades into the other and is as long as the picture', async () => {
  await bridge('blend', at('second.mkv'));
  const words = ['-v', 'error', '-i', at('blend.mkv'), '-f', 'f32le', '-ac', '1', '-ar', '1000', '-'];
  const bytes = execFileSync('ffmpeg', words);
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  expect(samples.length / 1000).toBeCloseTo(3, 1);
  const loudness = (from: number): number =>
    Math.hypot(...samples.subarray(from * 1000, from * 1000 + 200)) / Math.hypot(...samples.subarray(200, 400));
  for (const from of [0.8, 1.9, 2.6]) expect(loudness(from)).toBeCloseTo(1, 1);
  expect(loudness(1.15)).toBeGreaterThan(0.6);
});

test('a film of another shape is fitted, and at the end of the bridge its bars are black', async () => {
  await bridge('zoom', film('narrow.mkv', 150, 40, '36x36'));
  const corner = levels(at('zoom.mkv'), 2, 2);
  // while it is drawn small, no bar stands beside it
  expect(corner[25]).toBeGreaterThan(80);
  expect(corner[31]).toBe(16);
});

test('a bridge that leaves nothing of a film is refused with how long it may be', async () => {
  await expect(bridge('blend', at('second.mkv'), 2)).rejects.toThrow('0.8');
});
