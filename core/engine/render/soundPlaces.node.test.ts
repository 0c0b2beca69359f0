import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { burstsIn, farthest, roughest, soundBench, type SoundBench } from './testing/soundBench.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-places-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 1 kHz for 40 ms at 0.5, 1.5, 2.5 s ...; a cosine, so that its first sample is its loudest. */
const clapper = "aevalsrc='0.5*cos(2*PI*1000*mod(t+0.5,1))*lt(mod(t+0.5,1),0.04)':s=48000:c=stereo";
const film = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc=s=64x64:r=25:d=${seconds}`];
const made = (name: string) => join(folder, name);

/** Places in samples of the bursts of the bench's only file, played whole and cut at 2 s. */
async function burstsOf(path: string, seconds: number): Promise<number[]> {
  const bench = await soundBench(folder, path);
  const [item] = bench.items;
  bench.place(item!, 0, 60, 0);
  bench.place(item!, 60, seconds * 30 - 60, 60);
  return burstsIn((await bench.mix()).left);
}

describe('a clapper stays at its sample', () => {
  const lossless = [
    ['pcm.mkv', ['-c:a', 'pcm_s16le']],
    ['pcm.mov', ['-c:a', 'pcm_s16le']],
    ['flac.flac', ['-c:a', 'flac']],
  ] as const;
  it.each(fewOf(lossless, 1))('in %s', async (name, words) => {
    ffmpeg('-f', 'lavfi', '-i', `${clapper}:d=4`, ...words, made(name));
    expect(await burstsOf(made(name), 4)).toEqual([24_000, 72_000, 120_000, 168_000]);
  });
});

describe('a stream that is read alone keeps its place beside the others', () => {
  const late = (name: string, lateStream: 'sound' | 'picture', encoder: readonly string[]) => {
    const shift =
      lateStream === 'sound'
        ? ['[1:a]asetpts=PTS+0.72/TB[a]', '[a]', '0:v']
        : ['[0:v]setpts=PTS+0.72/TB[v]', '1:a', '[v]'];
    const [graph, sound, picture] = shift as [string, string, string];
    ffmpeg(
      ...film(5),
      '-f',
      'lavfi',
      '-i',
      `${clapper}:d=4`,
      '-filter_complex',
      graph,
      '-map',
      picture,
      '-map',
      sound,
      ...encoder,
      '-bf',
      '0',
      '-fps_mode',
      'passthrough',
      '-c:a',
      'mp2',
      '-b:a',
      '192k',
      made(name),
    );
    return made(name);
  };
  const streams = [
    ['late-sound.ts', 'sound', ['-c:v', 'libx264', '-preset', 'ultrafast'], 0.72],
    ['late-sound.mpg', 'sound', ['-c:v', 'mpeg2video'], 0.72],
    ['late-picture.ts', 'picture', ['-c:v', 'libx264', '-preset', 'ultrafast'], 0],
  ] as const;
  it.each(fewOf(streams, 0, 2))('%s', async (name, lateStream, encoder, startSeconds) => {
    const bursts = await burstsOf(late(name, lateStream, encoder), 4);
    expect(bursts.length).toBeGreaterThanOrEqual(3);
    const wanted = [0, 1, 2].map((burst) => Math.round((burst + 0.5 + startSeconds) * 48000));
    const off = wanted.map((sample, burst) => Math.abs(bursts[burst]! - sample));
    // MPEG audio begins with 481 samples of its encoder, and the muxer's clock counts in 1/90000 s
    expect(Math.max(...off)).toBeLessThan(485);
    const apart = bursts.slice(1, 3).map((sample, burst) => sample - bursts[burst]!);
    expect(apart).toEqual([48_000, 48_000]);
  });

  it('its wave begins where its sound does', async () => {
    const bench = await soundBench(folder, late('wave.ts', 'sound', ['-c:v', 'libx264', '-preset', 'ultrafast']));
    const peaks = await peaksOf(bench);
    const loud = peaks.findIndex((peak) => peak > 20);
    expect(loud).toBeGreaterThanOrEqual(121);
    expect(loud).toBeLessThanOrEqual(124);
  });
});

/** Largest value of each hundredth of a second. */
async function peaksOf(bench: SoundBench): Promise<number[]> {
  const [item] = bench.items;
  const context = { signal: new AbortController().signal, report: () => undefined, logger: { warn: () => undefined } };
  const spec = { kind: 'mediaCache', projectId: bench.projectId, mediaId: item!.id } as const;
  await bench.media.runMediaCache(spec, context as unknown as Parameters<typeof bench.media.runMediaCache>[1]);
  const [assets] = await bench.media.assets(bench.projectId, [item!.id]);
  const pairs = new Int8Array(readFileSync((await bench.media.resolveFile(assets!.peaksUrl!))!.path));
  return Array.from({ length: pairs.length / 2 }, (_, pair) => pairs[2 * pair + 1]!);
}

describe('a clock that is not steady', () => {
  const clapped = (name: string, filters: string, words: readonly string[]) => {
    const inputs = [...film(4), '-f', 'lavfi', '-i', `${clapper}:d=4`];
    const picture = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0'];
    ffmpeg(
      ...inputs,
      '-filter_complex',
      `[1:a]${filters}[a]`,
      '-map',
      '0:v',
      '-map',
      '[a]',
      ...picture,
      ...words,
      made(name),
    );
    return made(name);
  };

  it.each(fewOf(['gap.ts', 'gap.mkv', 'gap.mp4'], 0))(
    'a gap of 50 ms is silence, and what follows keeps its place: %s',
    async (name) => {
      const path = clapped(name, "aselect='not(between(t,1,1.05))'", ['-c:a', 'ac3']);
      const bursts = await burstsOf(path, 4);
      const apart = bursts.slice(1).map((sample) => sample - bursts[0]!);
      // gaps are known by time stamps, some of them in milliseconds
      apart.forEach((samples, index) => expect(Math.abs(samples - (index + 1) * 48_000)).toBeLessThanOrEqual(48));
    },
  );

  it('a gap of 12 ms in exact time stamps is kept, wherever reading begins', async () => {
    // the first block of sound is not moved with the pictures, which wait for those that refer to later ones
    const words = ['-c:a', 'aac', '-bf', '2', '-movflags', '+frag_keyframe+empty_moov+default_base_moof'];
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=60:d=4', '-f', 'lavfi', '-i', `${clapper}:d=4`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', ...words, made('fragments.mp4')],
    );
    const bursts = await burstsOf(made('fragments.mp4'), 4);
    const apart = bursts.slice(1).map((sample, index) => sample - bursts[index]!);
    expect(apart).toEqual([48_000, 48_000, 48_000]);
  });

  it('a recording joined to another goes on where the first ends, no sample twice', async () => {
    const part = readFileSync(clapped('part.ts', 'acopy', ['-c:a', 'mp2']));
    writeFileSync(made('joined.ts'), Buffer.concat([part, part]));
    const bursts = await burstsOf(made('joined.ts'), 8);
    expect(bursts.length).toBe(8);
    const apart = bursts.slice(1).map((sample, index) => sample - bursts[index]!);
    // the sound of the first is up to one packet longer than its picture
    for (const samples of apart) expect(Math.abs(samples - 48_000)).toBeLessThanOrEqual(1152);
  });
});

describe('sound whose format changes in the middle', () => {
  const half = (name: string, source: string, words: readonly string[], startSeconds: number) =>
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      source,
      ...words,
      '-muxdelay',
      '0',
      '-muxpreload',
      '0',
      '-output_ts_offset',
      String(startSeconds),
      '-f',
      'mpegts',
      made(name),
    );
  const join2 = (name: string, ...parts: string[]) => {
    writeFileSync(made(name), Buffer.concat(parts.map((part) => readFileSync(made(part)))));
    return made(name);
  };
  const sine = (rate: number) => `sine=1000:r=${rate}:d=2,volume=4`;
  const stereo = 'pan=stereo|FL=c0|FR=c0';
  const surround = 'pan=5.1|FL=c0|FR=c0|FC=0*c0|LFE=0*c0|BL=0*c0|BR=0*c0';
  const changes = [
    ['stereo to 5.1', `${sine(48000)},${stereo}`, `${sine(48000)},${surround}`, ['-c:a', 'ac3']],
    ['mono to stereo', sine(48000), `${sine(48000)},${stereo}`, ['-c:a', 'mp2']],
    ['44.1 to 48 kHz', `${sine(44100)},${stereo}`, `${sine(48000)},${stereo}`, ['-c:a', 'mp2']],
  ] as const;
  it.each(fewOf(changes, 0))('%s: as loud as before, and other tracks play on', async (name, before, after, words) => {
    half('a.ts', before, words, 0);
    half('b.ts', after, words, 2);
    const steady = made('steady.wav');
    ffmpeg('-f', 'lavfi', '-i', 'aevalsrc=0.25|0.25:s=48000:d=4', '-c:a', 'pcm_f32le', steady);
    const bench = await soundBench(folder, join2(`${name.replaceAll(' ', '-')}.ts`, 'a.ts', 'b.ts'), steady);
    bench.place(bench.items[0]!, 0, 114, 0);
    const alone = await bench.mix();
    bench.place(bench.items[1]!, 0, 114, 0, 'foley');
    const both = await bench.mix();
    expect(alone.notices).toEqual([]);
    for (const second of [0.5, 1, 1.8, 2.2, 3, 3.5]) {
      const part = (samples: Float32Array) => samples.subarray(second * 48000, second * 48000 + 4800);
      expect(Math.max(...part(alone.left))).toBeCloseTo(0.5, 1);
      expect(Math.max(...part(both.left))).toBeCloseTo(0.75, 1);
    }
  });

  it('plays what follows at its time, though ffmpeg guesses times by the rate at the beginning: AAC', async () => {
    const claps = (rate: number) => `${clapper.replace('48000', String(rate))}:d=2`;
    half('a.ts', claps(44100), ['-c:a', 'aac', '-b:a', '256k'], 0);
    half('b.ts', claps(48000), ['-c:a', 'aac', '-b:a', '256k'], 2);
    const bursts = await burstsOf(join2('rates.ts', 'a.ts', 'b.ts'), 4);
    const apart = bursts.slice(1).map((sample, index) => sample - bursts[0]! - (index + 1) * 48_000);
    // a muxer moves what its encoder puts before 0 to it, which makes the first part alone later
    const earlier = Math.round((1024 / 44100) * 48000);
    expect(bursts.length).toBe(4);
    expect(Math.abs(apart[0]!)).toBeLessThanOrEqual(2);
    for (const off of apart.slice(1)) expect(Math.abs(off + earlier)).toBeLessThanOrEqual(3);
  });

  it('is found where no header tells of it: two raw AAC files in one', async () => {
    const part = (name: string, channels: number, seconds: number) =>
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        `sine=1000:r=48000:d=${seconds},volume=4`,
        '-ac',
        String(channels),
        '-c:a',
        'aac',
        '-f',
        'adts',
        made(name),
      );
    part('a.aac', 2, 2);
    part('b.aac', 1, 2);
    const bench = await soundBench(folder, join2('joined.aac', 'a.aac', 'b.aac'));
    bench.place(bench.items[0]!, 0, 30, 0);
    bench.place(bench.items[0]!, 30, 80, 30);
    const { left } = await bench.mix();
    expect(left.length).toBe(110 * 1600);
    for (const second of [0.5, 1.5, 2.5, 3.5])
      expect(Math.max(...left.subarray(second * 48000, second * 48000 + 4800))).toBeGreaterThan(0.3);
  });
});

describe('at other speeds', () => {
  const speeds = [
    { num: 7, den: 10 },
    { num: 3, den: 7 },
    { num: 1001, den: 1000 },
    { num: 2, den: 1 },
  ];
  it.each(fewOf(speeds, 1))('$num/$den: pieces continue each other, forwards and backwards', async (speed) => {
    const path = made('speed.wav');
    ffmpeg('-f', 'lavfi', '-i', 'sine=997:r=48000:d=8,volume=4', '-c:a', 'pcm_f32le', path);
    const bench = await soundBench(folder, path);
    const [item] = bench.items;
    const frames = Math.floor((60 * speed.den) / speed.num);
    const clips = () =>
      bench.document.sequences[bench.document.activeSequenceId]!.tracks.flatMap((track) => track.clips);
    for (const reversed of [false, true]) {
      bench.clear();
      bench.place(item!, 0, frames, 45);
      Object.assign(clips()[0]!, { speed, reversed });
      const whole = await bench.mix();
      // a range that begins inside the clip, as chunks do
      const start = 31;
      const rest = await bench.mix(rangeOf(start, frames - start));
      expect(farthest(rest.left, whole.left.subarray(start * 1600)).by).toBeLessThan(2e-3);
      expect(roughest(whole.left)).toBeLessThan(0.1);
    }
  });
});

function rangeOf(startFrame: number, frames: number) {
  const ticks = 705_600_000 / 30;
  return { startTicks: startFrame * ticks, durationTicks: frames * ticks };
}
