import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probeStreams } from '../../ffmpeg/ffprobe.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { secondsFromTicks, ticksAtFrame } from '../../time/ticks.ts';
import { probeFile } from './probe.node.ts';
import { measureFile } from './streamTime.node.ts';
import { fewOf } from '../../time/testing/longTests.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-time-'));
const at = (name: string) => join(folder, name);
const picture = (frames: number, rate: number) =>
  ['-f', 'lavfi', '-i', `testsrc2=s=64x36:r=${rate}:d=${frames / rate}`] as const;
const sine = (seconds: number) => ['-f', 'lavfi', '-i', `sine=440:r=48000:d=${seconds}`] as const;
const copied = ['-map', '0:v', '-map', '1:a', '-c', 'copy'] as const;

/** 50 frames of 25 a second with B-frames, and 2 s of sound. */
const film = at('film.mp4');
const silentFilm = at('silent.mp4');
const song = at('song.m4a');
beforeAll(() => {
  ffmpeg(...picture(50, 25), '-c:v', 'libx264', '-bf', '2', '-g', '25', silentFilm);
  ffmpeg(...sine(2), '-c:a', 'aac', song);
  ffmpeg('-i', silentFilm, '-i', song, ...copied, film);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function pictureOf(name: string) {
  const { video, durationTicks } = await probeFile(at(name));
  const { rate, frameCount, startSeconds, endSeconds } = video!;
  return { fps: rate.num / rate.den, frameCount, startSeconds, endSeconds, seconds: secondsFromTicks(durationTicks) };
}

it.each(
  fewOf(
    [
      ['Matroska, which rounds to milliseconds', 'n.mkv', 13, 30, []],
      ['WebM without a length in its header', 'n.webm', 11, 30, ['-c:v', 'libvpx', '-live', '1']],
      ['raw H.264, which has no clock', 'n.h264', 14, 25, []],
      ['raw MPEG-2', 'n.m2v', 14, 25, ['-c:v', 'mpeg2video']],
      ['240 frames a second in MP4', 'fast.mp4', 48, 240, []],
      ['144 frames a second in Matroska', 'fast.mkv', 48, 144, []],
      ['165 frames a second in a transport stream', 'fast.ts', 48, 165, []],
      ['960 frames a second in FLV', 'fast.flv', 96, 960, []],
    ],
    0,
    2,
    3,
    6,
  ),
)('%s: every frame at its rate', async (_kind, name, frames, rate, words) => {
  ffmpeg(...picture(frames, rate), '-c:v', 'libx264', '-bf', '0', ...words, at(name));
  const found = await pictureOf(name);
  expect(found.fps).toBe(rate);
  const first = Math.round(found.startSeconds * rate);
  expect(found.frameCount - first).toBe(frames);
  expect(first).toBe(0);
});

/** Start and end of picture and sound, s, as the file is made. */
it.each(
  fewOf(
    [
      [
        'sound that begins later',
        ['-i', silentFilm, '-itsoffset', '1', '-i', song, ...copied],
        'l.mp4',
        [0, 2],
        [1, 3],
      ],
      [
        'a picture that begins later',
        ['-itsoffset', '0.2', '-i', silentFilm, '-i', song, ...copied],
        'p.mp4',
        [0.2, 2.2],
        [0, 2],
      ],
      [
        'B-frames without an edit list',
        ['-i', film, '-c', 'copy', '-use_editlist', '0'],
        'b.mp4',
        [0.08, 2.08],
        [0, 2.08],
      ],
      [
        'fragments',
        ['-i', film, '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov'],
        'f.mp4',
        [0.08, 2.08],
        [0, 2.08],
      ],
      ['a cut between key frames', ['-ss', '0.4', '-i', film, '-c', 'copy'], 'c.mp4', [0, 1.6], [0, 1.6]],
      ['H.264 with B-frames in AVI', ['-i', film, '-c:v', 'copy', '-c:a', 'pcm_s16le'], 'b.avi', [0.08, 2.08], [0, 2]],
      [
        'a program stream',
        ['-i', film, '-c:v', 'mpeg2video', '-bf', '2', '-c:a', 'mp2'],
        'b.mpg',
        [0.01, 2.01],
        [0, 2.02],
      ],
      ['a transport stream', ['-i', film, '-c', 'copy'], 'b.ts', [0.02, 2.02], [0, 2.02]],
      [
        'a counter that wraps',
        ['-i', film, '-c', 'copy', '-output_ts_offset', '95442.5'],
        'w.ts',
        [0.02, 2.02],
        [0, 2.02],
      ],
    ] as const,
    1,
    2,
    6,
    8,
  ),
)('%s: each stream has its own extent', async (_kind, words, name, shown, heard) => {
  ffmpeg(...words, at(name));
  const { video, audio, durationTicks } = await probeFile(at(name));
  const near = (seconds: number) => expect.closeTo(seconds, 1);
  expect([video!.startSeconds, video!.endSeconds]).toEqual(shown.map(near));
  expect([audio!.startSeconds, audio!.endSeconds]).toEqual(heard.map(near));
  const frames = ticksAtFrame(video!.frameCount, video!.rate);
  const isLonger = heard[1] > shown[1] + 0.25;
  if (isLonger) expect(secondsFromTicks(durationTicks)).toBeCloseTo(audio!.endSeconds);
  else expect(durationTicks).toBe(frames);
});

it.each([
  ['half a frame', 0.02, 'half.mkv', 'flac'],
  ['three quarters of a frame', 0.03, 'late.mkv', 'flac'],
  ['half a frame, in a transport stream,', 0.01, 'half.ts', 'mp2'],
])('no slot is added where a picture begins %s after its sound', async (_kind, offset, name, codec) => {
  ffmpeg('-itsoffset', String(offset), '-i', silentFilm, ...sine(2), ...copied, '-c:a', codec, at(name));
  const { originSeconds, video, audio } = await probeFile(at(name));
  expect(video).toMatchObject({ startSeconds: expect.closeTo(0, 3), frameCount: 50 });
  // time 0 is the first frame's, and sound keeps its place before it
  expect(originSeconds).toBeGreaterThan(0.001);
  expect(audio!.startSeconds).toBeCloseTo(-originSeconds, 3);
});

it('the mark at the end of a Dirac sequence is not a frame', async () => {
  ffmpeg(...picture(10, 25), '-c:v', 'vc2', at('dirac.ts'));
  expect((await pictureOf('dirac.ts')).frameCount).toBe(10);
});

it('uneven frames with B-frames end with their last frame, after a hole too', async () => {
  const uneven = "select='not(between(n,20,39))*not(eq(mod(n,7),3))'";
  ffmpeg('-i', film, '-vf', uneven, '-fps_mode', 'vfr', '-c:v', 'libx264', '-bf', '2', '-c:a', 'copy', at('vfr.mp4'));
  expect(await pictureOf('vfr.mp4')).toMatchObject({ fps: 25, frameCount: 50, seconds: 2 });
});

it('AAC in LATM frames, as broadcasts carry it, is as long as its sound', async () => {
  ffmpeg('-i', song, '-c:a', 'aac', '-f', 'latm', at('x.loas'));
  expect(Math.abs((await secondsOf('x.loas')) - 2)).toBeLessThan(0.07);
});

it.each([
  ['caf', 'alac'],
  ['mka', 'wavpack'],
])('a last block of which the container does not say how long it is: %s', async (ending, encoder) => {
  ffmpeg(...sine(1.3), '-c:a', encoder, at(`last.${ending}`));
  expect((await probeFile(at(`last.${ending}`))).audio!.endSeconds).toBeCloseTo(1.3, 5);
});

it('one picture under a song is one frame, and the song keeps its length', async () => {
  ffmpeg(...picture(1, 25), '-i', song, ...copied, '-c:v', 'mpeg4', at('cover.mp4'));
  expect(await pictureOf('cover.mp4')).toMatchObject({ frameCount: 1, endSeconds: 0.04, seconds: 2 });
});

it('joined recordings go on where the clock jumps back or ahead', async () => {
  ffmpeg('-i', film, '-c', 'copy', at('first.ts'));
  ffmpeg('-i', film, '-c', 'copy', '-output_ts_offset', '1000', at('second.ts'));
  const [first, second] = [readFileSync(at('first.ts')), readFileSync(at('second.ts'))];
  writeFileSync(at('joined.ts'), Buffer.concat([first, second, first]));
  expect(await pictureOf('joined.ts')).toMatchObject({ seconds: expect.closeTo(6, 1), fps: 25 });
});

/** Loud, then silent: a guess by the first bit rate is far too short, the other way round far too long. */
const loudThenSilent = ['-filter_complex', '[0][1]concat=n=2:v=0:a=1'] as const;
it.each(
  fewOf(
    [
      ['raw AAC', 'x.aac', ['-c:a', 'aac', '-b:a', '192k']],
      ['MP3 without a table of contents', 'x.mp3', ['-c:a', 'libmp3lame', '-q:a', '2', '-write_xing', '0']],
      ['WAV through a pipe, without sizes', 'x.wav', ['-f', 'wav', '-fflags', '+bitexact']],
      ['AC-3', 'x.ac3', []],
      ['Opus', 'x.opus', ['-c:a', 'libopus']],
    ],
    0,
    1,
  ),
)('%s is as long as its sound, and twice as long when joined', async (_kind, name, words) => {
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=d=1:a=0.5:r=48000'];
  const silence = ['-f', 'lavfi', '-i', 'anullsrc=cl=mono:r=48000:d=5'];
  ffmpeg(...noise, ...silence, ...loudThenSilent, ...words, at(name));
  const one = readFileSync(at(name));
  expect(Math.abs((await secondsOf(name)) - 6)).toBeLessThan(0.07);
  if (!/aac|mp3|ac3/.test(name)) return;
  writeFileSync(at(`twice-${name}`), Buffer.concat([one, one]));
  expect(Math.abs((await secondsOf(`twice-${name}`)) - 12)).toBeLessThan(0.14);
});

async function secondsOf(name: string): Promise<number> {
  const { durationTicks } = await probeFile(at(name));
  return secondsFromTicks(durationTicks);
}

it('a missing end is reported, and the rest has its own length', async () => {
  ffmpeg('-i', film, '-c', 'copy', '-movflags', 'faststart', at('whole.mp4'));
  const whole = readFileSync(at('whole.mp4'));
  writeFileSync(at('most.mp4'), whole.subarray(0, whole.length * 0.96));
  writeFileSync(at('half.mp4'), whole.subarray(0, whole.length / 2));
  const { damage, durationTicks } = await probeFile(at('most.mp4'));
  expect(damage).toMatchObject([{ what: { key: 'media.cutOff' } }]);
  expect(secondsFromTicks(durationTicks)).toBeLessThan(2);
  const half = await probeFile(at('half.mp4'));
  expect(half.damage).toMatchObject([{ what: { key: 'media.endsEarly' } }]);
  expect(secondsFromTicks(half.durationTicks)).toBeLessThan(1.6);
  expect(half.damage[0]!.seconds).toBeCloseTo(secondsFromTicks(half.durationTicks), 1);
  expect((await probeFile(at('whole.mp4'))).damage).toEqual([]);
});

it('the ends of a long file say what the whole file says', async () => {
  const name = 'long.mp4';
  const words = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2'];
  ffmpeg(...picture(750, 25), ...sine(30), ...words, '-g', '50', at(name));
  const raw = await probeStreams(at(name));
  const { streams } = raw;
  const file = { path: at(name), raw, streams };
  const ends = await measureFile({ ...file, sizeBytes: 1e12 });
  const whole = await measureFile({ ...file, sizeBytes: statSync(at(name)).size });
  expect([ends.whole, whole.whole]).toEqual([false, true]);
  for (const { index } of streams) {
    const { packets, ...said } = ends.streams.get(index)!;
    const { packets: all, ...known } = whole.streams.get(index)!;
    expect(said).toEqual({ ...known, usualStepSeconds: expect.closeTo(known.usualStepSeconds!, 5) });
    expect(packets).toBeLessThan(all);
  }
});

it.each(
  fewOf(
    [
      ['layout', ['-ac', '6'], 'ac3'],
      ['sample rate', ['-ar', '44100'], 'ts'],
    ],
    1,
  ),
)('a %s that changes inside a stream is reported', async (_what, words, ending) => {
  const codec = ['-c:a', 'ac3'];
  ffmpeg(...sine(1), ...codec, at(`one.${ending}`));
  ffmpeg(...sine(1), ...words, ...codec, at(`other.${ending}`));
  const both = [readFileSync(at(`one.${ending}`)), readFileSync(at(`other.${ending}`))];
  writeFileSync(at(`both.${ending}`), Buffer.concat(both));
  expect((await probeFile(at(`one.${ending}`))).audio!.changes).toBe(false);
  expect((await probeFile(at(`both.${ending}`))).audio).toMatchObject({ changes: true, channels: 1 });
});

it('subtitles between the packets hide neither picture nor sound', async () => {
  writeFileSync(at('words.srt'), '1\n00:00:00,200 --> 00:00:01,000\nHello\n');
  ffmpeg('-i', film, '-i', at('words.srt'), '-map', '0', '-map', '1', '-c', 'copy', '-c:s', 'srt', at('words.mkv'));
  const { video, sounds, remarks } = await probeFile(at('words.mkv'));
  expect(video!.endSeconds).toBeCloseTo(2.02, 1);
  expect(sounds).toHaveLength(1);
  expect(remarks.map(({ key }) => key)).toEqual(['mediaRemark.subtitles']);
});

it('a picture that changes its shape or its colours on the way says so, wherever in a long file that is', async () => {
  const part = (name: string, filters: string, at: number) => {
    const words = ['-vf', filters, '-c:v', 'libx264', '-g', '5', '-output_ts_offset', String(at), '-f', 'mpegts'];
    ffmpeg(...picture(10, 25), ...words, join(folder, name));
    return readFileSync(join(folder, name));
  };
  const first = part('first.ts', 'setsar=1', 0);
  const again = part('again.ts', 'setsar=1', 0.4);
  // packets of nothing, as broadcasts are filled up with
  const filling = Buffer.alloc(188 * 6000, Buffer.from([0x47, 0x1f, 0xff, 0x10, ...Array<number>(184).fill(0xff)]));
  const changesOf = async (...parts: Buffer[]) => {
    writeFileSync(at('long.ts'), Buffer.concat(parts));
    return (await probeFile(at('long.ts'))).video!.changes;
  };
  for (const filters of ['setsar=4/3', 'setparams=colorspace=bt470bg:range=tv', 'scale=96:54']) {
    const other = part('other.ts', filters, 0.4);
    expect([filters, await changesOf(first, other)]).toEqual([filters, true]);
    expect([filters, await changesOf(first, filling, other)]).toEqual([filters, true]);
  }
  expect(await changesOf(first, filling, again)).toBe(false);
});
