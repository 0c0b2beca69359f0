import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { countedVideo, wrongFrames } from './testing/countedVideo.node.ts';
import { exportedFrames, type TestClip } from './testing/exportClips.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-frames-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const x264 = ['-c:v', 'libx264', '-qp', '4', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'];
const silence = (seconds: number) => ['-f', 'lavfi', '-i', `anullsrc=r=48000:d=${seconds}`];
const both = ['-map', '0:v', '-map', '1:a', '-c:a', 'aac'];
const rate = { num: 25, den: 1 };
const up = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const times = (frame: number, count: number) => Array.from({ length: count }, () => frame);

/** AVI has no times of presentation, and ffmpeg copies those of decoding in their place. */
function copiedFromAvi(name: string): string {
  const encoder = [...x264, '-bf', '3', '-g', '40'];
  const path = countedVideo(folder, { name: 'b-frames.avi', rate: '25', frames: 60, encoder });
  ffmpeg('-v', 'fatal', '-i', path, '-c', 'copy', join(folder, name));
  return join(folder, name);
}

interface Stretch extends Omit<TestClip, 'path'> {
  /** What is in the file, as the rule that its frames prove. */
  readonly rule: string;
  make(): string;
  readonly wanted: readonly number[];
}

const openGop = () =>
  countedVideo(folder, {
    name: 'open.mp4',
    rate: '25',
    frames: 130,
    encoder: [...x264, '-x264-params', 'keyint=60:bframes=5:open-gop=1:b-pyramid=normal:scenecut=0:b-adapt=0'],
  });

/** A transport stream whose second part has another size and shape, and goes on with the clock of the first. */
function changingStream(): string {
  const encoder = [...x264, '-g', '25', '-bf', '0', '-muxdelay', '0', '-f', 'mpegts'];
  const path = countedVideo(folder, { name: 'first.ts', rate: '25', frames: 50, encoder });
  const second = countedVideo(folder, {
    name: 'second.ts',
    rate: '25',
    first: 50,
    frames: 50,
    filters: 'scale=128:64:flags=neighbor',
    encoder: [...encoder.slice(0, -2), '-output_ts_offset', '2', ...encoder.slice(-2)],
  });
  const joined = join(folder, 'joined.ts');
  appendFileSync(joined, readFileSync(path));
  appendFileSync(joined, readFileSync(second));
  return joined;
}

const stretches: readonly Stretch[] = [
  {
    rule: 'the last frame is held where the sound goes on without the picture',
    make: () =>
      countedVideo(folder, {
        name: 'longer-sound.mp4',
        rate: '25',
        frames: 25,
        inputs: silence(3),
        encoder: [...both, ...x264],
      }),
    from: 50,
    count: 10,
    wanted: times(24, 10),
  },
  {
    rule: 'one frame under a song is shown all the time',
    make: () =>
      countedVideo(folder, {
        name: 'song.mp4',
        rate: '25',
        frames: 1,
        first: 7,
        inputs: silence(2),
        encoder: [...both, '-c:v', 'mjpeg', '-q:v', '1', '-pix_fmt', 'yuvj420p'],
      }),
    from: 25,
    count: 5,
    wanted: times(7, 5),
  },
  {
    rule: 'the frame before a hole is held over it',
    make: () =>
      countedVideo(folder, {
        name: 'hole.mkv',
        rate: '25',
        frames: 50,
        filters: "select='not(between(n,10,29))'",
        encoder: ['-fps_mode', 'passthrough', ...x264],
      }),
    from: 5,
    count: 30,
    wanted: [...up(5, 5), ...times(9, 20), ...up(30, 5)],
  },
  ...[0, 33, 59].map((from) => ({
    rule: `frame ${from} is counted where an MP4 gives frames the times at which they are decoded`,
    make: () => copiedFromAvi('copied.mp4'),
    from,
    count: 1,
    wanted: [from],
  })),
  {
    rule: 'frames without any time come before those that have one',
    make: () =>
      countedVideo(folder, {
        name: 'below-zero.mkv',
        rate: '25',
        frames: 60,
        encoder: [...x264, '-bf', '3', '-output_ts_offset', '-0.3', '-avoid_negative_ts', 'disabled'],
      }),
    from: 0,
    count: 20,
    wanted: up(0, 20),
  },
  ...[58, 59, 60, 117, 120, 129].map((from) => ({
    rule: `frame ${from} of an open GOP is found`,
    make: openGop,
    from,
    count: 1,
    wanted: [from],
  })),
  {
    rule: 'backwards, no frame is lost or doubled',
    make: openGop,
    from: 50,
    count: 20,
    reversed: true,
    wanted: up(50, 20).reverse(),
  },
  {
    rule: 'counting goes on where the picture changes its size and shape',
    make: changingStream,
    from: 30,
    count: 40,
    wanted: up(30, 40),
  },
  {
    rule: 'a picture that begins 0.72 s after the sound stays there',
    make: () =>
      countedVideo(folder, {
        name: 'late.ts',
        rate: '25',
        frames: 50,
        filters: 'setpts=PTS+0.72/TB',
        inputs: silence(3),
        // AAC would begin before 0 itself
        encoder: [...both, '-c:a', 'mp2', '-fps_mode', 'passthrough', ...x264, '-g', '25'],
      }),
    from: 0,
    count: 40,
    wanted: [...times(0, 18), ...up(0, 22)],
  },
  {
    rule: '240 frames a second slow down to their own frames',
    make: () => countedVideo(folder, { name: 'fast.mp4', rate: '240', frames: 48, encoder: x264 }),
    from: 0,
    count: 48,
    speed: { num: 25, den: 240 },
    wanted: up(0, 48),
  },
  ...[10, 11, 13].map((frames) => ({
    rule: `the last of ${frames} frames at 30 fps is shown from Matroska`,
    make: () => countedVideo(folder, { name: `${frames}.mkv`, rate: '30', frames, encoder: x264 }),
    from: 0,
    count: frames,
    speed: { num: 25, den: 30 },
    wanted: up(0, frames),
  })),
];

describe('each stretch of an export has the frames asked for', () => {
  let frames: number[] = [];
  beforeAll(async () => {
    const done = await exportedFrames(
      folder,
      rate,
      stretches.map((stretch) => ({ ...stretch, path: stretch.make() })),
    );
    frames = done.frames;
  });

  it.each(stretches.map((stretch, index) => [stretch.rule, stretch, index] as const))('%s', (_rule, stretch, index) => {
    const start = stretches.slice(0, index).reduce((sum, { count }) => sum + count, 0);
    expect(wrongFrames(frames.slice(start, start + stretch.count), stretch.wanted)).toEqual([]);
  });

  it('and none follows', () => {
    expect(frames).toHaveLength(stretches.reduce((sum, { count }) => sum + count, 0));
  });
});

it('a source whose last frames cannot be decoded is held, and named', async () => {
  const whole = countedVideo(folder, {
    name: 'whole.mp4',
    rate: '25',
    frames: 100,
    encoder: [...x264, '-g', '25', '-bf', '0', '-movflags', 'faststart'],
  });
  const bytes = readFileSync(whole);
  const path = join(folder, 'spoilt.mp4');
  writeFileSync(path, bytes.fill(0, Math.floor(bytes.length * 0.8)));
  const { frames, notices } = await exportedFrames(folder, rate, [
    { path, from: 0, count: 20 },
    { path, from: 90, count: 10 },
  ]);
  expect(frames.slice(0, 20)).toEqual(up(0, 20));
  expect(frames.slice(20)).toEqual(times(frames[20]!, 10));
  expect(frames[20]).toBeGreaterThan(50);
  expect(notices.filter((text) => text.startsWith('spoilt.mp4 has no more frames from'))).toHaveLength(1);
});

it('an animation alone is as long as it should be in a faster sequence', async () => {
  const encoder = ['-c:v', 'apng', '-f', 'apng', '-plays', '0', '-pix_fmt', 'rgb24'];
  const path = countedVideo(folder, { name: 'slow.png', rate: '10', frames: 10, encoder });
  const { frames } = await exportedFrames(folder, rate, [{ path, from: 0, count: 25 }]);
  expect(frames).toEqual(up(0, 25).map((frame) => Math.floor((frame * 10) / 25)));
});
