import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { decodeSound } from './decodeSound.node.ts';
import { probeFile } from './probe.node.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-decoded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rateHz = 48000;
const tone = ['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(6000*t+40*sin(9*t))':s=44100:d=1"];

async function floats(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
}

/** The first sound of a file as this program decodes it: facts and one channel of samples. */
async function decoded(path: string) {
  const facts = await probeFile(path);
  const wave = `${path}.decoded.wav`;
  await decodeSound(path, facts, facts.audio!, wave);
  ffmpeg('-i', wave, '-ac', '1', '-f', 'f32le', `${wave}.raw`);
  return { ...facts, audio: facts.audio!, samples: await floats(`${wave}.raw`) };
}

/** As ffmpeg decodes it when nothing is asked of it but samples at 48 kHz. */
async function plain(path: string): Promise<Float32Array> {
  ffmpeg('-i', path, '-vn', '-ac', '1', '-ar', String(rateHz), '-f', 'f32le', `${path}.raw`);
  return floats(`${path}.raw`);
}

const farthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, each, at) => Math.max(most, Math.abs(each - b[at]!)), 0);

describe('Windows Media Audio, whose decoder drops two blocks and adds one', () => {
  it.each(['wma', 'wav'])('alone in .%s begins with its first sample and ends with its last', async (ending) => {
    const path = join(folder, `alone.${ending}`);
    ffmpeg(...tone, '-c:a', 'wmav2', '-b:a', '160k', path);
    const [{ audio, samples }, wanted] = [await decoded(path), await plain(path)];
    expect(samples.length).toBe(wanted.length);
    expect(farthest(samples, wanted)).toBeLessThan(1e-3);
    expect(audio.startSeconds).toBe(0);
    // time stamps are in milliseconds
    expect(Math.abs(audio.endSeconds - samples.length / rateHz)).toBeLessThan(2e-3);
  });

  it('keeps its place beside a picture', async () => {
    const path = join(folder, 'film.wmv');
    ffmpeg('-f', 'lavfi', '-i', 'color=s=64x36:d=1', ...tone, '-c:v', 'wmv2', '-c:a', 'wmav2', path);
    const [{ audio, samples, originSeconds }, wanted] = [await decoded(path), await plain(path)];
    const start = Math.round(audio.startSeconds * rateHz);
    expect(originSeconds + audio.startSeconds).toBeCloseTo((2 * 2048) / 44100, 6);
    expect(samples.findIndex((sample) => Math.abs(sample) > 1e-3)).toBeGreaterThan(start - 96);
    expect(Math.abs(samples.length - start - wanted.length)).toBeLessThan(96);
    expect(Math.abs(audio.endSeconds - samples.length / rateHz)).toBeLessThan(2e-3);
  });
});

it('keeps its place to the sample where time 0 lies between two samples of a low rate', async () => {
  const path = join(folder, 'low.flv');
  const sound = ['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(3000*t+40*sin(9*t))':s=22050:d=1"];
  ffmpeg('-f', 'lavfi', '-i', 'color=s=64x36:d=1', ...sound, '-c:v', 'flv1', '-c:a', 'libmp3lame', path);
  const [{ samples, originSeconds }, wanted] = [await decoded(path), await plain(path)];
  expect((originSeconds * 22050) % 1).toBeGreaterThan(0.2);
  const inTime = wanted.subarray(Math.round(originSeconds * rateHz));
  expect(farthest(samples.subarray(100, 40_000), inTime.subarray(100))).toBeLessThan(1e-3);
});

it('Ogg is cut where it lies only without a picture: beside one, ffmpeg counts wrongly after a seek', async () => {
  const vorbis = ['-c:a', 'libvorbis'];
  ffmpeg('-f', 'lavfi', '-i', 'color=s=64x36:d=1', ...tone, '-c:v', 'libtheora', ...vorbis, join(folder, 'film.ogv'));
  ffmpeg(...tone, ...vorbis, join(folder, 'alone.ogg'));
  const isExact = async (name: string) => (await probeFile(join(folder, name))).audio!.sampleExact;
  expect([await isExact('film.ogv'), await isExact('alone.ogg')]).toEqual([false, true]);
});

it('counts samples where a container has no time stamps', async () => {
  const path = join(folder, 'g722.wav');
  ffmpeg('-f', 'lavfi', '-i', 'sine=r=16000:d=1', '-c:a', 'g722', path);
  const [{ samples }, wanted] = [await decoded(path), await plain(path)];
  expect(samples).toEqual(wanted);
});

it('leaves what lies before and behind damage in its place', async () => {
  const whole = join(folder, 'whole.flac');
  ffmpeg('-f', 'lavfi', '-i', "aevalsrc='0.4*sin(6000*t+40*sin(9*t))':s=48000:d=2.4", '-c:a', 'flac', whole);
  const wanted = await plain(whole);
  const bytes = await readFile(whole);
  bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 3000);
  const path = join(folder, 'spoilt.flac');
  await writeFile(path, bytes);
  const { samples } = await decoded(path);
  expect(samples.length).toBe(wanted.length);
  for (const from of [0, 0.4, 0.8, 1.6, 2, 2.3]) {
    const part = (all: Float32Array) => all.subarray(from * rateHz, (from + 0.1) * rateHz);
    expect(farthest(part(samples), part(wanted))).toBeLessThan(1e-4);
  }
});

it.each(['aac', 'dts'])('joined .%s of two rates is each as long, as high and as loud as it was', async (ending) => {
  const parts = [44100, 48000].map((rate) => {
    const path = join(folder, `${rate}.${ending}`);
    ffmpeg('-f', 'lavfi', '-i', `sine=997:r=${rate}:d=1,volume=4`, '-ac', '2', '-strict', '-2', path);
    return path;
  });
  const joined = join(folder, `joined.${ending}`);
  await writeFile(joined, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))));
  const { audio, samples } = await decoded(joined);
  const lengths = await Promise.all(parts.map(async (path) => (await plain(path)).length));
  expect(audio.changes).toBe(true);
  expect(Math.abs(samples.length - lengths[0]! - lengths[1]!)).toBeLessThan(1024);
  expect(Math.abs(audio.endSeconds - samples.length / rateHz)).toBeLessThan(0.03);
  for (const from of [0.3, 0.6, 1.4, 1.7]) {
    const part = samples.subarray(from * rateHz, (from + 0.2) * rateHz);
    const rises = part.filter((sample, at) => at > 0 && sample >= 0 && part[at - 1]! < 0).length;
    expect(Math.abs(rises / 0.2 - 997)).toBeLessThan(10);
    // without a gap
    const level = Math.sqrt(part.reduce((sum, sample) => sum + sample ** 2, 0) / part.length);
    expect(level).toBeCloseTo((4 / 8) * Math.SQRT1_2, 2);
  }
});

it('keeps a late start where the format changes on the way', async () => {
  const path = join(folder, 'late.mkv');
  const picture = ['-f', 'lavfi', '-i', 'color=s=64x36:d=1'];
  ffmpeg(...picture, '-itsoffset', '0.3', ...tone, '-c:v', 'mpeg4', '-c:a', 'pcm_s16le', path);
  const facts = await probeFile(path);
  const audio = facts.audio!;
  const lengths = await Promise.all(
    [false, true].map(async (changes) => {
      const wave = join(folder, `changes-${changes}.wav`);
      await decodeSound(path, facts, { ...audio, changes }, wave);
      ffmpeg('-i', wave, '-ac', '1', '-f', 'f32le', `${wave}.raw`);
      const samples = await floats(`${wave}.raw`);
      return [samples.length, samples.findIndex((sample) => Math.abs(sample) > 0.01)];
    }),
  );
  expect(Math.abs(lengths[0]![0]! - 1.3 * rateHz)).toBeLessThan(48);
  expect(lengths[1]).toEqual(lengths[0]);
});
