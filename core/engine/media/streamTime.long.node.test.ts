import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import { probeFile } from './probe.node.ts';
import './streamTime.node.test.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-time-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rates: readonly Rate[] = [
  ...[24, 25, 30, 50, 60, 90, 100, 120, 144, 165, 240].map((num) => ({ num, den: 1 })),
  ...[24000, 30000, 60000].map((num) => ({ num, den: 1001 })),
];
const encoders: Readonly<Record<string, readonly string[]>> = {
  mp4: ['-c:v', 'libx264', '-bf', '2'],
  mov: ['-c:v', 'mpeg4'],
  mkv: ['-c:v', 'mpeg4'],
  webm: ['-c:v', 'libvpx', '-deadline', 'realtime'],
  avi: ['-c:v', 'mjpeg'],
  flv: ['-c:v', 'flv1'],
  ts: ['-c:v', 'libx264', '-bf', '2'],
  nut: ['-c:v', 'ffv1'],
};

it.each(Object.entries(encoders))('%s: every frame is counted at every rate and length', async (ending, encoder) => {
  for (const rate of rates)
    for (const frames of [1, 10, 13, 47]) {
      const path = at(`film.${ending}`);
      const source = `color=s=32x32:r=${rate.num}/${rate.den}`;
      ffmpeg('-f', 'lavfi', '-i', source, '-frames:v', String(frames), ...encoder, path);
      const { video, durationTicks } = await probeFile(path);
      const fps = rate.num / rate.den;
      // the rate of a single frame is anybody's guess, and of few frames it is as fine as a clock of 90 kHz
      const slack = Math.max(0.005, (fps * fps) / 180_000);
      if (frames > 1) expect(Math.abs(video!.rate.num / video!.rate.den - fps)).toBeLessThan(slack);
      expect([ending, fps, video!.frameCount]).toEqual([ending, fps, frames]);
      expect(durationTicks).toBe(ticksAtFrame(frames, video!.rate));
    }
});

it.each(['flac', 'ogg', 'wv', 'w64', 'aiff', 'au', 'caf', 'mka', 'm4a', 'wma', 'mp2', 'dts'])(
  '%s is as long as its sound',
  async (ending) => {
    const words = ending === 'dts' ? ['-strict', '-2'] : [];
    ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=d=5:a=0.3:r=48000', ...words, at(`sound.${ending}`));
    const { durationTicks } = await probeFile(at(`sound.${ending}`));
    expect(Math.abs(secondsFromTicks(durationTicks) - 5)).toBeLessThan(0.09);
  },
);

it('five joined recordings are as long as five; of eight, picture and sound would drift apart', async () => {
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=25:d=2', '-f', 'lavfi', '-i', 'sine=440:r=48000:d=2'];
  ffmpeg(...inputs, '-c:v', 'libx264', '-c:a', 'mp2', at('one.ts'));
  const joined = (count: number) => Buffer.concat(Array.from({ length: count }, () => readFileSync(at('one.ts'))));
  writeFileSync(at('five.ts'), joined(5));
  const { video, durationTicks } = await probeFile(at('five.ts'));
  expect(video).toMatchObject({ clockJumps: true });
  expect(Math.abs(secondsFromTicks(durationTicks) - 10)).toBeLessThan(0.1);
  // the sound of each is 16 ms longer than its picture
  writeFileSync(at('eight.ts'), joined(8));
  await expect(probeFile(at('eight.ts'))).rejects.toMatchObject({ failure: { code: 'unsupported' } });
});
