/** Real clips and their samples, for benches that measure what is done to footage. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const most = { maxBuffer: 2 ** 31 - 1 };

/** The folder of real clips beside the project. Throws where it, or one of `names`, is not there. */
export function mediaFolder(projectRoot, names) {
  const folder = ['..', '../..'].map((up) => join(projectRoot, up, 'shared/media')).find((path) => existsSync(path));
  if (!folder) throw new Error('This bench measures real clips, and there is no folder ../shared/media.');
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new Error(`These clips are not in ../shared/media: ${missing.join(', ')}.`);
  return folder;
}

/** Runs ffmpeg; `input` goes to its standard input. Answers its standard output. */
export async function ffmpeg(words, input) {
  const running = exec('ffmpeg', ['-v', 'error', '-y', ...words], { ...most, encoding: 'buffer' });
  // ffmpeg closes its input early where it fails; the exit status says so
  running.child.stdin.on('error', () => undefined).end(input);
  return (await running).stdout;
}

/** Runs a command of Framewright; answers its standard output. */
export async function framewright(projectRoot, words) {
  return (await exec(process.execPath, [join(projectRoot, 'dist/host/cli.mjs'), ...words], most)).stdout;
}

/** Every frame of a film as yuv420p of 8 bits: brightness and colour. */
export async function framesOf(path, { width, height }) {
  const all = await ffmpeg(['-i', path, '-an', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-']);
  const luma = width * height;
  const bytes = luma + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  return Array.from({ length: Math.floor(all.length / bytes) }, (_, i) => ({
    luma: all.subarray(i * bytes, i * bytes + luma),
    chroma: all.subarray(i * bytes + luma, (i + 1) * bytes),
  }));
}

/** PSNR of one part, 'luma' or 'chroma', over all frames, dB. */
export function psnr(truth, made, part) {
  if (made.length !== truth.length) throw new Error(`${made.length} frames came of ${truth.length}`);
  let [sum, count] = [0, 0];
  for (const [index, frame] of truth.entries()) {
    const [a, b] = [frame[part], made[index][part]];
    for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
    count += a.length;
  }
  return 10 * Math.log10(255 ** 2 / Math.max(sum / count, 1e-9));
}

export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
