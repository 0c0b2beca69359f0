import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countedFrames, countedVideo, wrongFrames, type CountedVideo } from '../render/testing/countedVideo.node.ts';
import { makeProxy } from './makeProxy.node.ts';
import { probeFile } from './probe.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-proxies-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const x264 = ['-c:v', 'libx264', '-qp', '4', '-preset', 'veryfast', '-g', '20'];
const sound = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:d=2'];
const both = ['-map', '0:v', '-map', '1:a', '-c:a', 'mp2'];
const up = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const times = (frame: number, count: number) => Array.from({ length: count }, () => frame);

const films: readonly (CountedVideo & { readonly rule: string; readonly wanted: readonly number[] })[] = [
  {
    rule: 'a picture that begins 0.6 s late stays there, though the proxy reads it without its sound',
    name: 'late.ts',
    rate: '25',
    frames: 25,
    filters: 'setpts=PTS+0.6/TB',
    inputs: sound,
    encoder: [...both, '-fps_mode', 'passthrough', ...x264],
    wanted: [...times(0, 15), ...up(0, 25), ...times(24, 10)],
  },
  {
    rule: 'the frame before a hole is held over it',
    name: 'hole.mkv',
    rate: '25',
    frames: 40,
    filters: "select='not(between(n,10,19))'",
    encoder: ['-fps_mode', 'passthrough', ...x264],
    wanted: [...up(0, 10), ...times(9, 10), ...up(20, 20)],
  },
  {
    rule: 'every frame at 240 frames a second',
    name: 'fast.mkv',
    rate: '240',
    frames: 30,
    encoder: x264,
    wanted: up(0, 30),
  },
];

it.each(films.map((film) => [film.rule, film] as const))('a proxy has %s', async (_rule, film) => {
  const path = countedVideo(folder, film);
  const proxy = `${path}.proxy.mp4`;
  await makeProxy(path, await probeFile(path), null, proxy, () => undefined);
  expect(wrongFrames(countedFrames(proxy), film.wanted)).toEqual([]);
});
