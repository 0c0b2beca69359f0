/**
 * Footage continued by half a second on real clips, beside what was filmed there and beside ffmpeg's
 * `tpad=stop_mode=clone`, which repeats the last frame; and gaps bridged by a morph. Clips are ../shared/media.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
/** File and second at which it is cut off. */
const clips = [
  ['intel_walk.mkv', 2],
  ['am_hdr10-av1.mp4', 1.2],
  ['mdn_friday.mp4', 2],
];
const ways = ['hold', 'carry-on', 'slow'];
/** File and second from which on some frames are taken out, and made again as a morph. */
const gaps = [
  ['intel_walk.mkv', 1],
  ['intel_walk.mkv', 2],
  ['mdn_friday.mp4', 1],
];
const gapFrames = 6;
const seconds = 0.5;
const size = [320, 180];
const bytes = size[0] * size[1];

export async function run({ projectRoot, say }) {
  const media = ['..', '../..'].map((up) => join(projectRoot, up, 'shared/media')).find((path) => existsSync(path));
  if (!media) throw new Error('../shared/media is not there');
  const folder = await mkdtemp(join(tmpdir(), 'framewright-joins-'));
  try {
    const rows = [];
    for (const [file, at] of clips) {
      const whole = await greyFrames(join(media, file), at + seconds);
      const cut = join(folder, 'cut.mkv');
      await exec('ffmpeg', [
        '-v',
        'error',
        '-y',
        '-t',
        String(at),
        '-i',
        join(media, file),
        '-an',
        '-c:v',
        'ffv1',
        cut,
      ]);
      const known = await greyFrames(cut, at);
      const truth = whole.slice(known.length);
      const usual = median(known.slice(1).map((frame, i) => difference(frame, known[i])));
      for (const way of ways)
        rows.push(await measured({ projectRoot, folder, file, cut, known, truth, usual, way, say }));
    }
    for (const [file, at] of gaps) rows.push(await bridged({ projectRoot, folder, file: join(media, file), at, say }));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured({ projectRoot, folder, file, cut, known, truth, usual, way, say }) {
  const output = join(folder, 'longer.mkv');
  const words = ['extend', cut, '-o', output, '--seconds', String(seconds), '--way', way, '--lossless'];
  const figure = `${file}, ${way}: largest step at the seams over the usual step`;
  try {
    await exec(process.execPath, [join(projectRoot, 'dist/host/cli.mjs'), ...words]);
  } catch (error) {
    const reason = String(error.stderr).trim().split('\n').at(-1);
    say(`  ${file}, ${way}: refused: ${reason}`);
    return { figure, measured: 'refused', bar: '<= 2', ok: null };
  }
  const made = await greyFrames(output, 1000);
  const kept = way === 'slow' ? known.length - Math.round(Math.min(known.length / 2, 30)) : known.length;
  const steps = made.slice(1).map((frame, i) => difference(frame, made[i]));
  const seam = Math.max(...steps.slice(kept - 2, kept + 2)) / Math.max(0.3, usual);
  const near = truth.slice(0, 8);
  const ours = mean(near.map((frame, i) => psnr(frame, made[known.length + i] ?? made.at(-1))));
  const clone = mean(near.map((frame) => psnr(frame, known.at(-1))));
  say(
    `  ${file}, ${way}: seam ${seam.toFixed(2)}; against what was filmed ${ours.toFixed(1)} dB, ` +
      `tpad ${clone.toFixed(1)}; changes by ${median(steps.slice(-8)).toFixed(2)} levels a frame at the end (the clip by ${usual.toFixed(2)}, tpad 0)`,
  );
  return { figure, measured: seam.toFixed(2), bar: '<= 2', ok: seam <= 2 };
}

/**
 * Frames taken out of a clip and bridged by a morph, beside a cross-dissolve and a frozen frame. No bar: a morph eases
 * in and out, so it is not where the clip was, and PSNR forgives a dissolve that shows everything twice.
 */
async function bridged({ projectRoot, folder, file, at, say }) {
  const whole = await greyFrames(file, at + 1);
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=r_frame_rate', '-of', 'csv=p=0', file],
  ]);
  const [num, den] = stdout.split(/[/,\n]/).map(Number);
  const first = Math.round((at * num) / den);
  const parts = [
    ['before', `trim=end_frame=${first}`],
    ['after', `trim=start_frame=${first + gapFrames}:end_frame=${first + gapFrames + 20},setpts=PTS-STARTPTS`],
  ];
  for (const [name, filter] of parts)
    await exec('ffmpeg', [
      ...['-v', 'error', '-y', '-t', String(at + 2), '-i', file, '-an', '-vf', filter, '-c:v', 'ffv1'],
      join(folder, `${name}.mkv`),
    ]);
  const output = join(folder, 'bridged.mkv');
  const gap = String((gapFrames * den) / num);
  const words = ['--way', 'morph', '--seconds', gap, '--lossless', '-o', output];
  const sides = parts.map(([name]) => join(folder, `${name}.mkv`));
  const name = `${basename(file)} at ${at} s: ${gapFrames} frames by a morph, over a cross-dissolve`;
  try {
    await exec(process.execPath, [join(projectRoot, 'dist/host/cli.mjs'), 'bridge', ...sides, ...words]);
  } catch (error) {
    say(`  ${name}: refused: ${String(error.stderr).trim().split('\n').at(-1)}`);
    return { figure: name, measured: 'refused', bar: 'none', ok: null };
  }
  const made = await greyFrames(output, 1000);
  const [last, next] = [whole[first - 1], whole[first + gapFrames]];
  const over = (show) => mean(Array.from({ length: gapFrames }, (_, i) => psnr(whole[first + i], show(i))));
  const dissolved = (i) => last.map((value, at) => value + ((next[at] - value) * (i + 1)) / (gapFrames + 1));
  const [ours, dissolve, frozen] = [over((i) => made[first + i]), over(dissolved), over(() => last)];
  say(`  ${name}: ${ours.toFixed(1)} dB, cross-dissolve ${dissolve.toFixed(1)}, frozen frame ${frozen.toFixed(1)}`);
  return { figure: name, measured: `${(ours - dissolve).toFixed(1)} dB`, bar: 'none', ok: null };
}

async function greyFrames(path, length) {
  const read = ['-v', 'error', '-t', String(length), '-i', path, '-vf', `scale=${size[0]}:${size[1]},format=gray`];
  const { stdout } = await exec('ffmpeg', [...read, '-f', 'rawvideo', '-'], { encoding: 'buffer', maxBuffer: 1e9 });
  return Array.from({ length: stdout.length / bytes }, (_, i) => stdout.subarray(i * bytes, (i + 1) * bytes));
}

function difference(a, b) {
  let sum = 0;
  for (let i = 0; i < bytes; i++) sum += Math.abs(a[i] - b[i]);
  return sum / bytes;
}

function psnr(a, b) {
  let sum = 0;
  for (let i = 0; i < bytes; i++) sum += (a[i] - b[i]) ** 2;
  return 10 * Math.log10((255 * 255 * bytes) / Math.max(1, sum));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
