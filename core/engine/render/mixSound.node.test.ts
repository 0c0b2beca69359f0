import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import type { SoundSource } from '../../ffmpeg/soundGraph.ts';
import type { SoundSegment } from '../../render/layers.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { mixSound } from './mixSound.node.ts';

let folder = '';
let tone = '';
let shortTone = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-mix-'));
  tone = join(folder, 'tone.wav');
  shortTone = join(folder, 'short.wav');
  ffmpeg('-f', 'lavfi', '-i', 'aevalsrc=0.25|0.25:s=48000:d=2', '-c:a', 'pcm_f32le', tone);
  ffmpeg('-i', tone, '-t', '1', '-c:a', 'pcm_f32le', shortTone);
});
beforeEach(() => {
  path = join(folder, 'mix.f32');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function segment(id: string, changes: Partial<SoundSegment> = {}): SoundSegment {
  return {
    clipId: id,
    trackId: id,
    source: { kind: 'media', id },
    startTicks: 0,
    durationTicks: ticksFromSeconds(4),
    sourceInTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    gain: [{ atTicks: 0, value: 1 }],
    ...changes,
  };
}

/** Mixes what `sources` says of each segment; answers the left channel at some seconds, and what was missing. */
async function mixed(
  segments: readonly SoundSegment[],
  sources: Record<string, SoundSource>,
  seconds: number[],
  decoded: Record<string, SoundSource> = {},
) {
  const missing: string[] = [];
  const mix = await mixSound({
    range: { startTicks: 0, durationTicks: ticksFromSeconds(4) },
    segmentsIn: () => segments,
    sourceOf: ({ source, streamIndex = 0 }) => sources[`${source.id}${streamIndex || ''}`] ?? null,
    decode: async () => void Object.assign(sources, decoded),
    path,
    onFraction: () => undefined,
    onMissing: ({ source, streamIndex = 0 }, atSeconds) =>
      missing.push(`${source.id}${streamIndex || ''} ${atSeconds.toFixed(3)}`),
  });
  const bytes = readFileSync(path);
  expect(bytes.length).toBe(mix.sampleCount * 8);
  expect(mix.sampleCount).toBe(4 * 48000);
  return { levels: seconds.map((second) => bytes.readFloatLE(Math.round(second * 48000) * 8)), missing };
}

const source = (sampleCount: number): SoundSource => ({ path: tone, streamIndex: 0, sampleRateHz: 48000, sampleCount });

describe('a mix', () => {
  it('is silent after a sound has ended, and takes that for granted', async () => {
    const { levels, missing } = await mixed([segment('a')], { a: source(96_000) }, [1, 1.99, 2.01, 3.99]);
    expect(levels).toEqual([0.25, 0.25, 0, 0]);
    expect(missing).toEqual([]);
  });

  it('has all that a source gives, also beyond what is certain of it', async () => {
    const pieces = [
      segment('a', { durationTicks: ticksFromSeconds(1.9), trackId: 'one' }),
      segment('a', { startTicks: ticksFromSeconds(2), sourceInTicks: ticksFromSeconds(1.5), trackId: 'one' }),
    ];
    const { levels, missing } = await mixed(pieces, { a: source(81_600) }, [1.69, 1.71, 1.89, 1.95, 2.19, 2.21, 2.49]);
    expect(levels).toEqual([0.25, 0.25, 0.25, 0, 0.25, 0.25, 0.25]);
    expect(missing).toEqual([]);
  });

  it('decodes a source that gives less than it has, and takes what is there then', async () => {
    const sources = { spoilt: { ...source(192_000), path: shortTone } };
    const decoded = { spoilt: source(96_000) };
    const { levels, missing } = await mixed([segment('spoilt')], sources, [0.5, 1.5, 2.5], decoded);
    expect(levels).toEqual([0.25, 0.25, 0]);
    expect(missing).toEqual([]);
  });

  it('names a source that gives less than it has, and keeps all others', async () => {
    const segments = [segment('short'), segment('other', { sourceInTicks: 0, speed: { num: 1, den: 2 } })];
    const { levels, missing } = await mixed(segments, { short: source(144_000), other: source(96_000) }, [1, 2.5, 3.5]);
    expect(missing).toEqual(['short 2.000']);
    expect(levels.map((level) => Math.round(level * 1000) / 1000)).toEqual([0.5, 0.25, 0.25]);
  });

  it('names each stream of a file that gives less than it has', async () => {
    const sources = { a: source(144_000), a1: source(96_000), a2: source(120_000) };
    const segments = [segment('a'), segment('a', { streamIndex: 1 }), segment('a', { streamIndex: 2 })];
    expect((await mixed(segments, sources, [1])).missing).toEqual(['a 2.000', 'a2 2.000']);
  });

  it('counts the place in a source that plays backwards', async () => {
    const segments = [segment('short', { reversed: true, durationTicks: ticksFromSeconds(3) })];
    const { levels, missing } = await mixed(segments, { short: source(144_000) }, [0.5, 1.5, 2.9]);
    expect(missing).toEqual(['short 3.000']);
    expect(levels).toEqual([0, 0.25, 0.25]);
  });
});
