import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { probeFile } from './probe.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-mjpeg-'));
const at = (name: string) => join(folder, name);
const testCard = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=25:d=0.4', '-c:v', 'mjpeg'];
beforeAll(() => {
  ffmpeg(...testCard, '-f', 'mjpeg', at('film.mjpeg'));
  ffmpeg(...testCard, '-frames:v', '1', at('still.jpg'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('pictures one behind the other are a film of so many frames', async () => {
  const { kind, video, durationTicks } = await probeFile(at('film.mjpeg'));
  expect([kind, video!.frameCount, secondsFromTicks(durationTicks)]).toEqual(['video', 10, 0.4]);
});

it('one picture, and a photograph that announces the smaller ones behind it, are stills', async () => {
  const still = readFileSync(at('still.jpg'));
  const announcement = Buffer.concat([Buffer.from('ffe20008', 'hex'), Buffer.from('MPF\0xx')]);
  writeFileSync(at('one.bin'), still);
  writeFileSync(at('phone.bin'), Buffer.concat([still.subarray(0, 2), announcement, still.subarray(2), still]));
  for (const name of ['one.bin', 'phone.bin', 'still.jpg']) expect((await probeFile(at(name))).kind).toBe('image');
});
