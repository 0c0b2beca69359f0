/**
 * Every look on films: frames kept, sharpness, flicker, beside a one-line filter of ffmpeg. Films are those of the
 * folder FRAMEWRIGHT_FILMS names, else one that ffmpeg draws. `npm run bench -- looks`.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../support/runTs.mjs';

const seconds = 1;
/** These keep the picture's edges: only colours and light change. */
const plain = ['duotone', 'dusk', 'night', 'autumn', 'winter', 'warmNegative', 'vividSlide', 'cinema', 'monochrome'];
/** What moves in these moves on purpose: grain, dust, drops, flakes. */
const moving = [
  ...['warmNegative', 'vividSlide', 'cinema', 'instant', 'monochrome', 'noir', 'oldFilm'],
  ...['rain', 'snow', 'fog'],
];
const leastSharpness = 0.8;
const mostFlicker = 1.5;

export async function run({ projectRoot, say }) {
  const program = await bundle(join(projectRoot, 'e2e/bench/looks.node.ts'));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, String(seconds), ...films()], {
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const line of stderr.trimEnd().split('\n')) say(line);
  const measured = JSON.parse(stdout.trimEnd().split('\n').at(-1));
  const names = [...new Set(measured.map(({ look }) => look))];
  const of = (look) => measured.filter((one) => one.look === look);
  return names.flatMap((look) => {
    const sharpness = Math.min(...of(look).map((one) => one.sharpness));
    const flicker = Math.max(...of(look).map((one) => one.flicker));
    const lost = of(look).filter(({ frames, wanted }) => frames !== wanted).length;
    return [
      row(`${look}: films with another number of frames`, lost, '0', lost === 0),
      row(
        `${look}: least sharpness`,
        sharpness.toFixed(2),
        ...bar(plain, look, `>= ${leastSharpness}`, sharpness >= leastSharpness),
      ),
      row(
        `${look}: most flicker`,
        flicker.toFixed(2),
        ...(moving.includes(look) ? ['', null] : [`<= ${mostFlicker}`, flicker <= mostFlicker]),
      ),
      ...besides(look, of(look)),
    ];
  });
}

/** What one line of ffmpeg gives for the same wish. */
function besides(look, measured) {
  const others = measured.map((one) => one.oneLiner).filter((one) => one !== null);
  if (others.length === 0) return [];
  const sharpness = Math.min(...others.map((one) => one.sharpness)).toFixed(2);
  const flicker = Math.max(...others.map((one) => one.flicker)).toFixed(2);
  return [row(`${look}: one line of ffmpeg, sharpness; flicker`, `${sharpness}; ${flicker}`, '', null)];
}

const row = (figure, measured, wanted, ok) => ({ figure, measured: String(measured), bar: wanted, ok });
const bar = (list, look, wanted, ok) => (list.includes(look) ? [wanted, ok] : ['', null]);

function films() {
  const folder = process.env.FRAMEWRIGHT_FILMS;
  if (folder) {
    const found = readdirSync(folder).filter((name) => /\.(mp4|mov|mkv|webm|ts|avi|m4v)$/i.test(name));
    if (found.length === 0) throw new Error(`FRAMEWRIGHT_FILMS names a folder without films: ${folder}`);
    return found.map((name) => join(folder, name));
  }
  const film = join(mkdtempSync(join(tmpdir(), 'framewright-bench-looks-')), 'film.mp4');
  // noise of luma alone: a look that weighs the colours otherwise than luma does would lose some of coloured noise
  const drawn = `mandelbrot=size=640x360:rate=25,format=yuv420p,noise=c0s=4:c0f=t`;
  const words = ['-v', 'error', '-f', 'lavfi', '-i', drawn, '-t', '1', '-pix_fmt', 'yuv420p', '-crf', '18', film];
  execFileSync(process.env.FRAMEWRIGHT_FFMPEG ?? 'ffmpeg', words);
  return [film];
}
