/**
 * Frames in between on real clips: every second frame is taken out, made again by `framewright smooth` and by ffmpeg's
 * minterpolate, and compared with what was filmed. The clips are ../shared/media; nothing was tuned on those listed
 * here. The CPU seconds of a 720p clip say how long ten seconds take on two idle cores.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cpuSeconds } from '../support/cpu.mjs';

const exec = promisify(execFile);
/** File and second it is read from; sizes from 480 x 360 to 720 x 1280, one of 10 bits. */
const clips = [
  ['mdn_flower.mp4', 1],
  ['mdn_friday.mp4', 1],
  ['am_sample.avi', 1],
  ['mdn_stream-of-water.mp4', 0.5],
  ['am_bt601.mov', 0],
  ['am_bbb_800x640_768kbps_30fps_avc_pyramid_3b.mp4', 1],
  ['am_trim_optimization_failure.mp4', 1],
  ['am_hdr10-av1.mp4', 1],
];
const frames = 17;
const rate = 24;
const minterpolate = 'minterpolate=fps=24:mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1';
/** 720p, for the time; seconds of it that are measured. */
const timed = { file: 'sam_02_cups.mp4', seconds: 2 };

export async function run({ projectRoot, say }) {
  const media = ['..', '../..'].map((up) => join(projectRoot, up, 'shared/media')).find((path) => existsSync(path));
  if (!media) throw new Error('../shared/media is not there');
  const folder = await mkdtemp(join(tmpdir(), 'framewright-slowmotion-'));
  const smooth = (input, output, ...words) => [
    process.execPath,
    join(projectRoot, 'dist/host/cli.mjs'),
    ...['smooth', input, '-o', output, ...words],
  ];
  try {
    const gains = [];
    let worst = Infinity;
    for (const [file, from] of clips) {
      const found = await rebuilt(join(media, file), from, folder, smooth);
      gains.push(found.ours - found.theirs);
      worst = Math.min(worst, found.worst);
      say(
        `  ${file}: smooth ${found.ours.toFixed(2)} dB, minterpolate ${found.theirs.toFixed(2)}, blend ` +
          `${found.blend.toFixed(2)}; in its worst frame ${found.worst.toFixed(2)} against minterpolate`,
      );
    }
    const gain = gains.reduce((sum, value) => sum + value, 0) / gains.length;
    return [
      {
        figure: `frames made again on ${clips.length} clips: PSNR over minterpolate, mean`,
        measured: `${gain.toFixed(2)} dB (in the worst frame ${worst.toFixed(2)} dB)`,
        bar: '>= 0.5 dB',
        ok: gain >= 0.5,
      },
      await timeOf(join(media, timed.file), folder, smooth),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rebuilt(path, from, folder, smooth) {
  const [half, ours, theirs] = ['half', 'ours', 'theirs'].map((name) => join(folder, `${name}.mkv`));
  const select = `trim=end_frame=${frames},select='not(mod(n,2))',settb=1/${rate / 2},setpts=N`;
  const lossless = ['-an', '-c:v', 'ffv1', '-y'];
  const input = ['-v', 'error', '-ss', String(from), '-i', path];
  await exec('ffmpeg', [...input, '-vf', select, '-r', String(rate / 2), ...lossless, half]);
  await exec(...commandOf(smooth(half, ours, '--fps', String(rate), '--lossless')));
  await exec('ffmpeg', ['-v', 'error', '-i', half, '-vf', minterpolate, ...lossless, theirs]);
  const truth = await rgb([...input, '-frames:v', String(frames)]);
  const [kept, made, other] = [
    await rgb(['-v', 'error', '-i', half]),
    await rgb(['-v', 'error', '-i', ours]),
    await rgb(['-v', 'error', '-i', theirs]),
  ];
  const shift = offsetOf(other, kept);
  const rows = [];
  for (let pair = 1; pair < kept.length - 1; pair++) {
    const wanted = truth[2 * pair + 1];
    const there = other[2 * pair + 1 + shift];
    if (!wanted || !there) continue;
    const mixed = kept[pair].map((value, i) => (value + kept[pair + 1][i] + 1) >> 1);
    rows.push({ ours: psnr(made[2 * pair + 1], wanted), theirs: psnr(there, wanted), blend: psnr(mixed, wanted) });
  }
  const mean = (key) => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  const worst = Math.min(...rows.map((row) => row.ours - row.theirs));
  return { ours: mean('ours'), theirs: mean('theirs'), blend: mean('blend'), worst };
}

function commandOf([program, ...words]) {
  return [program, words, { maxBuffer: 1e8 }];
}

/** Frames as RGB; HDR is compared in its own values. */
async function rgb(words) {
  const { stdout } = await exec('ffmpeg', [...words, '-an', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], {
    maxBuffer: 2 ** 30,
    encoding: 'buffer',
  });
  const path = words[words.indexOf('-i') + 1];
  const entries = ['-select_streams', 'v:0', '-show_entries', 'stream=width,height', '-of', 'csv=p=0'];
  const [width, height] = (await exec('ffprobe', ['-v', 'error', ...entries, path])).stdout.split(/[,\n]/).map(Number);
  const bytes = width * height * 3;
  return Array.from({ length: Math.floor(stdout.length / bytes) }, (_, i) =>
    stdout.subarray(i * bytes, (i + 1) * bytes),
  );
}

/** minterpolate begins a frame or two late: where its even frames are those it was given. */
function offsetOf(made, kept) {
  const fits = [-4, -3, -2, -1, 0, 1, 2].map((shift) => {
    const near = [1, 2, 3].filter((pair) => made[2 * pair + shift]);
    const sum = near.reduce((total, pair) => total + psnr(made[2 * pair + shift], kept[pair]), 0);
    return { shift, fit: near.length > 0 ? sum / near.length : -Infinity };
  });
  return fits.reduce((best, each) => (each.fit > best.fit ? each : best)).shift;
}

function psnr(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return 10 * Math.log10(255 ** 2 / Math.max(sum / a.length, 1e-9));
}

async function timeOf(path, folder, smooth) {
  const input = join(folder, 'timed.mp4');
  const cut = ['-t', String(timed.seconds), '-an', '-c:v', 'libx264', '-crf', '14', '-y', input];
  await exec('ffmpeg', ['-v', 'error', '-i', path, ...cut]);
  const spent = await cpuSeconds(smooth(input, join(folder, 'timed-60.mp4'), '--fps', '60'));
  const tenSeconds = (spent * 10) / timed.seconds / 2;
  return {
    figure: '720p, 10 s, twice the frames: CPU seconds over two cores',
    measured: `${tenSeconds.toFixed(0)} s (${spent.toFixed(1)} CPU s for ${timed.seconds} s)`,
    bar: '<= 60 s',
    ok: tenSeconds <= 60,
  };
}
