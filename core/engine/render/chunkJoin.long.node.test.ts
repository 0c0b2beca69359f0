import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { roughest, soundBench } from './testing/soundBench.node.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-chunks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an uncut tone does not click where the mix begins another chunk, after ten minutes', async () => {
  const [film, remuxed] = [join(folder, 'tone.mkv'), join(folder, 'remuxed.mp4')];
  const tone = 'sine=997:r=48000:d=604,volume=4,aformat=channel_layouts=stereo';
  ffmpeg('-f', 'lavfi', '-i', tone, '-c:a', 'aac', film);
  ffmpeg('-i', film, '-c', 'copy', remuxed);
  for (const path of [film, remuxed]) {
    const bench = await soundBench(folder, path);
    bench.place(bench.items[0]!, 0, 602 * 30, 0);
    const { left, notices } = await bench.mix();
    expect(left.length).toBe(602 * 48000);
    expect(roughest(left.subarray(599 * 48000))).toBeLessThan(0.02);
    expect(notices).toEqual([]);
  }
});
