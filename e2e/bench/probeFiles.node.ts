/**
 * For probe.bench.mjs. `make FOLDER` writes 100 small files of 25 kinds; `probe FOLDER` probes them as an import does,
 * one after the other; `import FOLDER` imports them as the window does, several at once, and prints the seconds.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolder } from '../../core/disk/cacheFolder.node.ts';
import { FactsStore } from '../../core/engine/media/factsStore.node.ts';
import { importFiles } from '../../core/engine/media/importMedia.node.ts';
import { probeFile } from '../../core/engine/media/probe.node.ts';

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
/** Endings and encoders. */
const films: readonly (readonly [string, readonly string[]])[] = [
  ['mp4', [...h264, '-c:a', 'aac']],
  ['mov', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le']],
  ['mkv', [...h264, '-c:a', 'aac']],
  ['webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus']],
  ['avi', ['-c:v', 'mpeg4', '-c:a', 'libmp3lame']],
  ['flv', [...h264, '-c:a', 'aac']],
  ['ts', [...h264, '-c:a', 'aac']],
  ['mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2']],
  ['mxf', ['-c:v', 'mpeg2video', '-c:a', 'pcm_s16le']],
  ['wmv', ['-c:v', 'wmv2', '-c:a', 'wmav2']],
  ['nut', ['-c:v', 'ffv1', '-c:a', 'flac']],
  ['ogv', ['-c:v', 'libtheora', '-c:a', 'libvorbis']],
  ['h264', [...h264, '-an']],
  ['m2v', ['-c:v', 'mpeg2video', '-an']],
  ['gif', ['-an']],
  ['y4m', ['-an']],
  ['aac', ['-vn', '-c:a', 'aac']],
  ['mp3', ['-vn', '-c:a', 'libmp3lame']],
  ['m4a', ['-vn', '-c:a', 'aac']],
  ['ac3', ['-vn', '-c:a', 'ac3']],
  ['wav', ['-vn']],
  ['flac', ['-vn']],
  ['ogg', ['-vn', '-c:a', 'libvorbis']],
  ['opus', ['-vn', '-c:a', 'libopus']],
  ['aiff', ['-vn']],
];
const lengths = [2, 5, 10, 30];

async function make(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [ending, words] of films)
    for (const seconds of lengths) {
      const picture = `testsrc2=s=320x180:r=25:d=${seconds}`;
      const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', `sine=440:r=48000:d=${seconds}`];
      const to = join(folder, `${seconds}.${ending}`);
      execFileSync('ffmpeg', ['-v', 'error', '-y', ...inputs, ...words, to], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
}

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted().map((name) => join(folder, name));
}

async function importAll(folder: string): Promise<void> {
  const cache = await mkdtemp(join(tmpdir(), 'framewright-bench-cache-'));
  try {
    const started = performance.now();
    const store = new FactsStore(new CacheFolder(cache));
    const logger = { info() {}, warn() {}, error: console.error };
    const { imported, refused } = await importFiles(await filesOf(folder), store, logger, () => undefined);
    const seconds = (performance.now() - started) / 1000;
    console.log(JSON.stringify({ imported: imported.length, refused: refused.map(({ path }) => path), seconds }));
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

const [command, folder] = process.argv.slice(2);
if (command === 'make') await make(folder!);
else if (command === 'probe') for (const path of await filesOf(folder!)) await probeFile(path);
else if (command === 'import') await importAll(folder!);
else throw new Error(`unknown command: ${command}`);
