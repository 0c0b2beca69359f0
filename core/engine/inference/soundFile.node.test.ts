import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { createSoundFile } from './soundFile.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'sound-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what was written in blocks is read back, also across their edges and outside the sound', () => {
  const file = createSoundFile(join(folder, 'a.wav'), 1000);
  const ramp = Float32Array.from({ length: 1000 }, (_, i) => i / 1000);
  file.write(
    600,
    ramp.slice(600),
    ramp.slice(600).map((v) => -v),
  );
  file.write(
    0,
    ramp.slice(0, 600),
    ramp.slice(0, 600).map((v) => -v),
  );
  const left = new Float32Array(20).fill(9);
  const right = new Float32Array(20).fill(9);
  file.read(590, left, right);
  expect(left).toEqual(ramp.slice(590, 610));
  expect(right).toEqual(ramp.slice(590, 610).map((v) => -v));
  file.read(-10, left, right);
  expect([...left.slice(0, 11)]).toEqual(Array(11).fill(0));
  expect(left[12]).toBeCloseTo(0.002);
  file.read(995, left, right);
  expect([...left.slice(5)]).toEqual(Array(15).fill(0));
  file.close();
});

test('the file is a WAV that ffmpeg reads, of exactly the samples asked for', async () => {
  const path = join(folder, 'b.wav');
  const file = createSoundFile(path, 48000);
  const tone = Float32Array.from({ length: 60000 }, (_, i) => 0.5 * Math.sin(i / 10));
  file.write(0, tone, tone); // what lies past the end is left out
  file.close();
  expect(statSync(path).size).toBe(44 + 48000 * 8);
  expect((await probeFile(path)).audio).toMatchObject({ sampleRateHz: 48000, channels: 2 });
  ffmpeg('-i', path, '-c:a', 'pcm_s16le', '-f', 'wav', join(folder, 'c.wav'));
  expect(statSync(join(folder, 'c.wav')).size).toBeGreaterThan(48000 * 4);
});
