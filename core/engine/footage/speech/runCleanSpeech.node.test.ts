/** Sounds of known samples through the whole task: length, rate, channels and place are the source's. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPack } from '../../../../models/families/soundtrack/testing/openPack.node.ts';
import type { PackReader } from '../../../../models/families/pipeline.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import { ticksPerSecond } from '../../../time/ticks.ts';
import { mixRateHz, samplesAt } from '../../../ffmpeg/soundReading.ts';
import type { FootageContext } from '../footageContext.ts';
import { runCleanSpeech } from './runCleanSpeech.node.ts';
import { onSamples, samplesOf } from './speechRange.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-voice-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened = openPack(join(import.meta.dirname, '../../../../models/packs/footage'));
const sessions = new Map<string, ReturnType<typeof opened.session>>();
const pack: PackReader = {
  ...opened,
  session(path) {
    const session = sessions.get(path) ?? opened.session(path);
    sessions.set(path, session);
    return session;
  },
};
const graphs = {
  encoder: 'denoise/dfn3_encoder.onnx',
  gains: 'denoise/dfn3_gains.onnx',
  filters: 'denoise/dfn3_filters.onnx',
};

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

/** Chirps and steps: one place fits, and one only. */
const wave = (seconds: number, channel: number): number =>
  0.3 * Math.sin(2 * Math.PI * (200 + 150 * channel + 300 * seconds) * seconds) * (seconds % 0.3 < 0.2 ? 1 : 0.2);

async function write(name: string, rateHz: number, channels: number, samples: number): Promise<string> {
  const path = join(folder, name);
  const sound = Float32Array.from({ length: samples * channels }, (_, i) =>
    wave(Math.floor(i / channels) / rateHz, i % channels),
  );
  const raw = ['-f', 'f32le', '-ar', String(rateHz), '-ac', String(channels)];
  const input = Buffer.from(sound.buffer);
  execFileSync('ffmpeg', ['-v', 'error', ...raw, '-i', '-', '-c:a', 'pcm_f32le', path], { input });
  return path;
}

/** Cleans by 1 dB at most, so that the sound can be found again. */
async function cleaned(path: string, range: { startTicks: number; durationTicks: number }) {
  const source = await openSourceFile(path);
  const sound = source.facts.audio!;
  const placed = onSamples(range, sound);
  const made = join(folder, 'made.wav');
  const madeSampleCount = samplesOf(placed, sound.sampleRateHz);
  const run = {
    ...{ task: 'cleanSpeech' as const, source, sound, madeSampleCount, attenuationDb: 1, graphs },
    firstSample: samplesAt(placed.startTicks),
    sampleCount: samplesOf(placed, mixRateHz),
    pack: { id: 'footage', folder: '' },
    output: { path: made, format: 'wav' as const },
  };
  const result = await runCleanSpeech(run, context());
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', made, '-f', 'f32le', '-'], { maxBuffer: 1e9 });
  const samples = new Float32Array(raw.buffer, raw.byteOffset, raw.byteLength / 4);
  const facts = (await openSourceFile(made)).facts.audio!;
  return { result, samples, facts, madeSampleCount, from: placed.startTicks / ticksPerSecond };
}

test.each([
  ['a.wav', 44_100, 2, 30_001, 0],
  ['b.wav', 48_000, 1, 70_000, 0.7],
  ['c.mkv', 48_000, 2, 60_000, 0.5],
  ['d.wav', 16_000, 3, 12_345, 0.1],
] as const)('%s, %d Hz, %d channels: every sample in its place', async (name, rateHz, channels, count, from) => {
  const path = await write(name, rateHz, channels, count);
  const end = Math.round((count / rateHz) * ticksPerSecond);
  const startTicks = Math.round(from * ticksPerSecond);
  const found = await cleaned(path, { startTicks, durationTicks: end - startTicks });
  expect([found.facts.sampleRateHz, found.facts.channels]).toEqual([rateHz, channels]);
  expect(found.samples.length / channels).toBe(found.madeSampleCount);
  const first = Math.round(found.from * rateHz);
  expect(found.madeSampleCount).toBe(count - first);
  for (let channel = 0; channel < channels; channel++) {
    const fit = (shift: number): number => {
      let dot = 0;
      for (let i = 200; i < found.madeSampleCount - 200; i++)
        dot += found.samples[i * channels + channel]! * wave((first + i + shift) / rateHz, channel);
      return dot;
    };
    const fits = [-2, -1, 0, 1, 2].map(fit);
    expect(fits.indexOf(Math.max(...fits))).toBe(2);
  }
});

test('cancelling ends the task', async () => {
  const stop = (): void => {
    throw new Error('cancelled');
  };
  const path = await write('e.wav', 48_000, 1, 48_000);
  const source = await openSourceFile(path);
  const run = {
    ...{ task: 'cleanSpeech' as const, source, sound: source.facts.audio!, attenuationDb: 40, graphs },
    ...{ firstSample: 0, sampleCount: 48_000, madeSampleCount: 48_000, pack: { id: 'footage', folder: '' } },
    output: { path: join(folder, 'never.wav'), format: 'wav' as const },
  };
  await expect(runCleanSpeech(run, context({ checkCancelled: stop }))).rejects.toThrow('cancelled');
});
