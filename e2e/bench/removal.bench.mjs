/**
 * Removal where the truth is known, beside delogo, Telea, the median over time and plain flow.
 * `npm run bench -- removal --clips=FOLDER --sheets=FOLDER --frames=30 --width=640`; without clips it makes synthetic
 * ones. At most so many frames of each clip are used (100), and wider clips are made that wide first.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { bundle } from '../support/runTs.mjs';

const option = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export async function run({ projectRoot }) {
  const program = await bundle(join(projectRoot, 'e2e/bench/removal.node.ts'));
  // the second thread is looked for beside the program
  await bundle(join(projectRoot, 'core/engine/footage/plate/plateThread.node.ts'));
  const folders = ['clips', 'sheets'].map((name) => (option(name) === '' ? '' : resolve(option(name))));
  const limits = { REMOVAL_FRAMES: option('frames') || '100', REMOVAL_WIDTH: option('width') || '0' };
  const rows = JSON.parse(await output(program, folders, limits));
  const own = rows.map(({ results }) => results.plate);
  const seen = rows.filter(({ name }) => name.startsWith('disc')).map(({ results }) => results.plate.medianPsnr);
  const best = rows.filter(({ results: { plate, ...others } }) =>
    Object.values(others).every(({ psnr }) => plate.psnr >= psnr - 0.3),
  );
  const right = rows.filter(({ isRight }) => isRight);
  const atLeast = (figure, value, bar) => ({ figure, measured: value.toFixed(1), bar: `>= ${bar}`, ok: value >= bar });
  const ofAll = (figure, count, share) => {
    const bar = Math.floor(share * rows.length);
    return { figure, measured: `${count} of ${rows.length}`, bar: `>= ${bar}`, ok: count >= bar };
  };
  const most = (figure, value, bar) => ({ figure, measured: value.toFixed(3), bar: `<= ${bar}`, ok: value <= bar });
  return [
    atLeast('removal, dB of the median frame where the ground shows elsewhere', median(seen), 38),
    atLeast('removal, dB, mean of all', mean(own.map(({ psnr }) => psnr)), 23),
    ofAll('removal, best or within 0.3 dB of it', best.length, 10 / 12),
    ofAll('removal, verdict right', right.length, 11 / 12),
    most('removal, object left in, worst', Math.max(...own.map(({ left }) => Math.abs(left))), 0.03),
    most('removal, flicker over the original, worst', Math.max(...own.map(({ flicker }) => flicker)), 1.5),
  ];
}

function output(program, words, limits) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...limits },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`the bench ended with ${code}`))));
  });
}
