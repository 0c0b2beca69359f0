/**
 * Every look, a row each: sharpness beside the same look drawn on every frame by itself, change where the source rests,
 * processor time and memory at 720p. Films are those of the folder FRAMEWRIGHT_FILMS names, else one that ffmpeg draws;
 * FRAMEWRIGHT_LOOKS="ink neon" measures these alone. `npm run bench -- looks`.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../support/runTs.mjs';

const seconds = 1;
/** What moves in these moves on purpose: grain, dust, drops, flakes. */
const moving = [
  ...['warmNegative', 'vividSlide', 'cinema', 'instant', 'monochrome', 'noir', 'oldFilm'],
  ...['rain', 'snow', 'fog'],
];
const leastSharpness = 0.8;
const mostChange = 1.5;
/** Of ten seconds of 720p at 30 frames a second, on two cores: 30 s. */
const mostCpuSeconds = 60;
const framesOfTenSeconds = 300;
const mostMb = 1500;

export async function run({ projectRoot, say }) {
  const program = await bundle(join(projectRoot, 'e2e/bench/looks.node.ts'));
  const chosen = process.env.FRAMEWRIGHT_LOOKS?.split(/\s+/) ?? [];
  const words = [String(seconds), drawn('1280x720', 2), ...films(), ...(chosen.length > 0 ? ['--', ...chosen] : [])];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...words], {
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const line of stderr.trimEnd().split('\n')) say(line);
  const { measured, speeds } = JSON.parse(stdout.trimEnd().split('\n').at(-1));
  return speeds.map((speed) =>
    rowOf(
      speed,
      measured.filter(({ look }) => look === speed.look),
    ),
  );
}

/** Of the film where it does worst. */
function rowOf({ look, onceSeconds, cpuSecondsPerFrame, peakMb }, measured) {
  const sharpness = Math.min(...measured.map((one) => one.sharpness));
  const change = Math.max(...measured.map((one) => one.change));
  const lost = measured.filter(({ frames, wanted }) => frames !== wanted).length;
  const cpuSeconds = onceSeconds + framesOfTenSeconds * cpuSecondsPerFrame;
  const others = lost > 0 ? `; ${lost} films of another length` : '';
  const steady = moving.includes(look) ? '' : `${change.toFixed(2)} change; `;
  return {
    figure: look,
    measured:
      `${sharpness.toFixed(2)} sharp${besides(measured)}; ${steady}${cpuSecondsPerFrame.toFixed(3)} CPU s a frame, ` +
      `${cpuSeconds.toFixed(0)} s for 10 s; ${peakMb.toFixed(0)} MB${others}`,
    bar: `>= ${leastSharpness}; ${steady && `<= ${mostChange}; `}<= ${mostCpuSeconds} s; <= ${mostMb} MB`,
    ok:
      sharpness >= leastSharpness &&
      (steady === '' || change <= mostChange) &&
      cpuSeconds <= mostCpuSeconds &&
      peakMb <= mostMb &&
      lost === 0,
  };
}

/** Beside a single line of ffmpeg, for those that have one. */
function besides(measured) {
  const shares = measured.map((one) => one.besideOneLine).filter((share) => share !== null);
  return shares.length === 0 ? '' : ` (one line ${Math.min(...shares).toFixed(2)})`;
}

function films() {
  const folder = process.env.FRAMEWRIGHT_FILMS;
  if (!folder) return [drawn('640x360', 1)];
  const found = readdirSync(folder).filter((name) => /\.(mp4|mov|mkv|webm|ts|avi|m4v)$/i.test(name));
  if (found.length === 0) throw new Error(`FRAMEWRIGHT_FILMS names a folder without films: ${folder}`);
  return found.map((name) => join(folder, name));
}

/** Moving detail under the noise of a camera. */
function drawn(size, length) {
  const film = join(mkdtempSync(join(tmpdir(), 'framewright-bench-looks-')), 'film.mp4');
  // noise of luma alone: a look that weighs the colours otherwise than luma does would lose some of coloured noise
  const picture = `mandelbrot=size=${size}:rate=30,format=yuv420p,noise=c0s=4:c0f=t`;
  const words = ['-v', 'error', '-f', 'lavfi', '-i', picture, '-t', `${length}`, '-pix_fmt', 'yuv420p', '-crf', '18'];
  execFileSync(process.env.FRAMEWRIGHT_FFMPEG ?? 'ffmpeg', [...words, film]);
  return film;
}
