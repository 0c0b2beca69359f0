import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { failureFromStderr } from './failures.node.ts';
import { runFfmpeg } from './ffmpeg.node.ts';
import { search } from './locate.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-ffmpeg-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// each test runs several programs, on two cores that others use too
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const endless = { inputs: [{ path: 'testsrc2=s=640x360:r=30', options: ['-f', 'lavfi'] }] };

it('is killed at once on abort, and says cancelled', async () => {
  const controller = new AbortController();
  let run: Promise<unknown> = Promise.resolve();
  await new Promise<void>((started) => {
    run = runFfmpeg({
      ...endless,
      outputs: [{ to: '-', options: ['-f', 'null'] }],
      signal: controller.signal,
      onProgress: () => started(),
    });
    run.catch(() => undefined);
  });
  const before = performance.now();
  controller.abort();
  await expect(run).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(performance.now() - before).toBeLessThan(1000);
});

it('a stream gets every byte before the run counts as done', async () => {
  let bytes = 0;
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      setTimeout(done, 2);
    },
  });
  await runFfmpeg({
    inputs: [{ path: 'sine=d=5:r=48000', options: ['-f', 'lavfi'] }],
    outputs: [{ to: slow, options: ['-ac', '1', '-f', 's16le'] }],
  });
  expect(bytes).toBe(5 * 48000 * 2);
});

it('words with spaces stay one word', async () => {
  const to = join(folder, 'title.mkv');
  await runFfmpeg({
    inputs: [{ path: 'sine=d=0.1', options: ['-f', 'lavfi'] }],
    outputs: [{ to, options: ['-metadata', 'title=two words', '-f', 'matroska'] }],
  });
  const { log } = await runFfmpeg({
    inputs: [{ path: to }],
    outputs: [{ to: '-', options: ['-f', 'null'] }],
    logLevel: 'info',
  });
  expect(log.join('\n')).toMatch(/title\s+: two words/i);
});

it('what it says last becomes a sentence with a code', async () => {
  await expect(
    runFfmpeg({
      ...endless,
      outputs: [{ to: join(folder, 'no/such/folder/out.mp4'), options: ['-frames:v', '1', '-f', 'mp4'] }],
    }),
  ).rejects.toMatchObject({ failure: { code: 'notWritable', message: expect.stringContaining('out.mp4') } });
  const said = (line: string) => failureFromStderr([line], 'exit 1', '/films/a.mp4', '/out/b.mp4').failure;
  expect(said('av_interleaved_write_frame(): No space left on device')).toMatchObject({
    code: 'diskFull',
    message: expect.stringContaining('/out/b.mp4'),
  });
  expect(said('[mov @ 0x55d] moov atom not found')).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('a.mp4'),
  });
  expect(said('Unknown encoder xyz')).toMatchObject({
    code: 'ffmpegFailed',
    message: expect.stringContaining('Unknown encoder xyz'),
  });
});

it('the reason is told, not what followed from it', () => {
  const sentence = (...log: string[]) => failureFromStderr(log, 'exit 1', '/a/film.mp4', null).message;
  expect(
    sentence(
      '[mov @ 0x1] stream 0, offset 0x146e0: partial file',
      'Cannot determine format of input stream 0:0 after EOF',
      'Error marking filters as finished',
    ),
  ).toBe('film.mp4 is damaged: it ends too early, like a copy that was cut off.');
  expect(
    sentence(
      '[h264_nvenc @ 0x2] Cannot load libcuda.so.1',
      'Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0',
    ),
  ).toContain('Cannot load libcuda.so.1');
  expect(sentence('Error marking filters as finished')).toContain('Error marking filters as finished');
});

it('is found by setting, then by FRAMEWRIGHT_FFMPEG, then on the PATH; where it is not, the sentence says what to do', async () => {
  const program = join(folder, 'ffmpeg');
  writeFileSync(program, '#!/bin/sh\necho "ffmpeg version 6.1.1 Copyright"\n');
  chmodSync(program, 0o755);
  expect(await search(program, '/elsewhere', '')).toMatchObject({
    ffmpegPath: program,
    source: 'setting',
    version: '6.1.1',
    ffprobePath: null,
  });
  expect(await search(null, folder, '')).toMatchObject({ ffmpegPath: program, source: 'FRAMEWRIGHT_FFMPEG' });
  expect(await search(null, null, `/nowhere:${folder}`)).toMatchObject({ ffmpegPath: program, source: 'PATH' });
  await expect(search(null, '/nowhere/ffmpeg', folder)).rejects.toMatchObject({
    failure: { code: 'ffmpegMissing', message: expect.stringContaining('/nowhere/ffmpeg') },
  });
  const old = join(folder, 'old');
  writeFileSync(old, '#!/bin/sh\necho "ffmpeg version 4.4.2-0ubuntu Copyright"\n');
  chmodSync(old, 0o755);
  await expect(search(old, null, '')).rejects.toThrow(/4\.4\.2.*too old/);
});
