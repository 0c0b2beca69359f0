/** Delivered files by real ffmpeg: no decoded peak above -1 dBTP, the loudness kept, sound and picture together. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { integratedLoudness } from '../../../models/families/soundtrack/loudness.ts';
import { mixStems } from '../../../models/families/soundtrack/mix.ts';
import { Random } from '../../../models/families/soundtrack/random.ts';
import { storeOf, wholeSound } from '../../../models/families/soundtrack/soundStore.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { guardOutputs } from '../../disk/outputGuard.node.ts';
import { writeSoundtrack } from './finishFile.node.ts';
import type { Made } from './made.ts';
import { encodePeakSafeAac, measureTruePeak } from './peakSafeAac.node.ts';
import type { SourceFile } from './resolved.ts';
import { keysOfName } from '../../disk/cacheFolder.node.ts';
import { plainSource } from '../media/locateSource.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const signal = new AbortController().signal;
const seconds = 3;
const count = seconds * 48000;
type Wave = (t: number, random: Random) => number;

/** 32-bit float, stereo, as the pipeline leaves its stems: at `lufs`, true peak held at -1.1 dBTP. */
function writeStem(name: string, wave: Wave, lufs: number): string {
  const random = new Random(9);
  const left = Float32Array.from({ length: count }, (_, i) => wave(i / 48000, random));
  const right = Float32Array.from({ length: count }, (_, i) => wave(i / 48000, random));
  const store = storeOf({ sampleRateHz: 48000, left, right });
  mixStems([{ store, gain: 1, duck: null }], { lufs, truePeakDb: -1 });
  const sound = wholeSound(store);
  const pcm = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) pcm.set([sound.left[i]!, sound.right[i]!], 2 * i);
  writeFileSync(at(`${name}.f32`), pcm);
  ffmpeg('-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', at(`${name}.f32`), '-c:a', 'pcm_f32le', at(`${name}.wav`));
  return at(`${name}.wav`);
}

function decoded(path: string): { left: Float32Array; right: Float32Array; sampleRateHz: 48000 } {
  ffmpeg('-i', path, '-f', 'f32le', '-ar', '48000', '-ac', '2', '-y', at('decoded.f32'));
  const bytes = readFileSync(at('decoded.f32'));
  const pcm = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const side = (first: number) => Float32Array.from({ length: pcm.length / 2 }, (_, i) => pcm[2 * i + first]!);
  return { left: side(0), right: side(1), sampleRateHz: 48000 };
}

function loudestAt(sound: Float32Array): number {
  let at = 0;
  for (const [i, value] of sound.entries()) if (Math.abs(value) > Math.abs(sound[at]!)) at = i;
  return at;
}

/** Samples by which `later` lags behind `sound` around a sample: the highest correlation within 20 ms. */
function lagOf(later: Float32Array, sound: Float32Array, around: number): number {
  let [best, bestLag] = [-Infinity, 0];
  for (let lag = -960; lag <= 960; lag++) {
    let sum = 0;
    for (let i = around - 4800; i < around + 4800; i++) sum += (later[i + lag] ?? 0) * sound[i]!;
    if (sum > best) [best, bestLag] = [sum, lag];
  }
  return bestLag;
}

/** Noise without the highest treble, as music has it. */
const softNoise = (): Wave => {
  let [a, b] = [0, 0];
  return (_t, random) => {
    a += 0.4 * (random.normal() - a);
    b += 0.4 * (a - b);
    return b;
  };
};
const beats = (): Wave => {
  const noise = softNoise();
  return (t, random) => noise(t, random) * (0.02 + (t < 0.1 ? 0 : Math.exp(-((t % 0.25) * 40))));
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-peak-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const loudness = (name: string): number => integratedLoudness(decoded(at(name)));

test('blows of noise exceed -1 dBTP as plain AAC; delivered they do not, and lose at most 1.5 LU', async () => {
  const stem = writeStem('beats', beats(), -14);
  ffmpeg('-i', stem, '-c:a', 'aac', '-b:a', '192k', at('plain.mp4'));
  expect(await measureTruePeak(at('plain.mp4'))).toBeGreaterThan(-1);
  const answered = await encodePeakSafeAac(stem, at('safe.mp4'), -1, signal);
  expect(await measureTruePeak(at('safe.mp4'))).toBe(answered);
  expect(answered).toBeLessThanOrEqual(-1);
  expect(loudness('plain.mp4') - loudness('safe.mp4')).toBeLessThan(1.5);
});

test('what is under the ceiling is encoded once, as loud as plain AAC', async () => {
  const stem = writeStem('quiet', beats(), -30);
  ffmpeg('-i', stem, '-c:a', 'aac', '-b:a', '192k', at('plain.mp4'));
  await encodePeakSafeAac(stem, at('quiet.mp4'), -1, signal);
  expect(loudness('quiet.mp4')).toBeCloseTo(loudness('plain.mp4'), 1);
});

test('silence is delivered as silence', async () => {
  ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo:d=1', '-c:a', 'pcm_f32le', at('silent.wav'));
  expect(await encodePeakSafeAac(at('silent.wav'), at('silent.mp4'), -1, signal)).toBe(-Infinity);
});

const films = [
  ['h264 that is copied', 'libx264', 'film.mp4'],
  ['mpeg4 that is encoded again', 'mpeg4', 'film.avi'],
] as const;
test.each(fewOf(films, 0))(
  'under a picture in %s, beside a loud sound of its own that begins late',
  async (_name, codec, file) => {
    const film = at(file);
    // a click at 2 s: the sound begins at 1 s
    const own = 'aevalsrc=0.9*sin(3000*2*PI*t)*between(t\\,1\\,1.002)+0.05*sin(440*2*PI*t):s=48000:d=1.5';
    ffmpeg(
      ...['-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=25:duration=${seconds}`, '-f', 'lavfi', '-i', own],
      ...['-filter_complex', codec === 'libx264' ? '[1:a]asetpts=PTS+1/TB[a]' : '[1:a]adelay=1000:all=1[a]'],
      ...['-map', '0:v', '-map', '[a]', '-c:v', codec, '-pix_fmt', 'yuv420p', '-c:a', 'pcm_s16le'],
      ...(codec === 'libx264' ? ['-f', 'mov', film] : [film]),
    );
    const known = { path: film, ...keysOfName('film'), facts: await probeFile(film) };
    const source: SourceFile = { ...plainSource(known), name: file };
    const stem = writeStem(`stem-${codec}`, beats(), -16);
    const made = { path: stem, recipe: {} } as unknown as Made;
    const out = at(`scored-${codec}.mp4`);
    await writeSoundtrack([made], source, { path: out, guard: guardOutputs([]) }, { prompt: 'beats' }, signal);
    expect(await measureTruePeak(out)).toBeLessThanOrEqual(-1);
    const facts = await probeFile(out);
    expect(facts.video).toMatchObject({ width: 160, height: 90 });
    expect(facts.audio).toMatchObject({ sampleRateHz: 48000, channels: 2 });
    const { left } = decoded(out);
    expect(Math.abs(left.length - count)).toBeLessThan(2048);
    // the stem's beats are where they were, and the clip's own click is at its place between them
    const stemSound = decoded(stem).left;
    const around = (from: number) => left.subarray(from, from + 2400);
    expect(Math.abs(loudestAt(around(96_000 - 1200)) - 1200)).toBeLessThan(200);
    expect(Math.abs(lagOf(left, stemSound, 2.75 * 48000))).toBeLessThan(24);
  },
);
