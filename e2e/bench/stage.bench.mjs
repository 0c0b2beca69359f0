/**
 * Clips drawn from words: the whole command's time and memory, sharpness of a frame over the same frame drawn twice as
 * large and reduced, and stillness of what is still. `npm run bench -- stage`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../support/runTs.mjs';

const words = 'a fox runs through a snowy forest at sunset, the camera pans right';
const runs = [
  { figure: '5 s at 1280 x 720, 24 fps', args: ['--seconds', '5'], barSeconds: 7 },
  { figure: '5 s at 1920 x 1080', args: ['--seconds', '5', '--size', '1920x1080'], barSeconds: 14 },
  { figure: '16 s at 1280 x 720', args: ['--seconds', '16'], barSeconds: 16 },
];
const barMegabytes = 1000;

export async function run({ projectRoot, say }) {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-stage-'));
  const rows = [];
  try {
    for (const { figure, args, barSeconds } of runs) {
      const { seconds, megabytes } = await drawn(projectRoot, folder, args);
      say(`  ${figure}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
      rows.push({
        figure: `${figure}: whole command`,
        measured: `${seconds.toFixed(1)} s`,
        bar: `<= ${barSeconds} s on two idle cores`,
        ok: seconds <= barSeconds,
      });
      rows.push({
        figure: `${figure}: memory of all its processes`,
        measured: `${megabytes.toFixed(0)} MB`,
        bar: `<= ${barMegabytes} MB`,
        ok: megabytes <= barMegabytes,
      });
    }
    const { sharpnessRatios, stillness } = await import(
      pathToFileURL(await bundle(join(projectRoot, 'e2e/bench/stage.node.ts'))).href
    );
    const ratios = await sharpnessRatios(projectRoot);
    const least = ratios.reduce((a, b) => (a.ratio < b.ratio ? a : b));
    rows.push({
      figure: 'sharpness over 1440 rows reduced, least of six',
      measured: `${least.ratio.toFixed(2)} (${least.place}); ${ratios.map(({ ratio }) => ratio.toFixed(2)).join(', ')}`,
      bar: '>= 0.9',
      ok: least.ratio >= 0.9,
    });
    const change = await stillness(projectRoot);
    rows.push({ figure: 'change of what is still, a room', measured: `${change} of 255`, bar: '0', ok: change === 0 });
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the command; answers its wall time and the most memory that it and its processes held at once. */
async function drawn(projectRoot, folder, args) {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'dist/host/cli.mjs'), 'generate', words, '--seed', '7', ...args, '-o', 'out.mp4'],
    {
      cwd: folder,
      env: { ...process.env, FRAMEWRIGHT_HOME: join(folder, 'home') },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  let most = 0;
  const watch = setInterval(async () => (most = Math.max(most, await heldBy(child.pid))), 250);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`generate ended with ${code}: ${said.slice(-300)}`);
  return { seconds: (performance.now() - started) / 1000, megabytes: most / 1e6 };
}

/** Bytes that a process and those below it hold by themselves (resident less shared); 0 where /proc is missing. */
async function heldBy(pid) {
  const parents = new Map();
  const held = new Map();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const [stat, statm] = await Promise.all(
      ['stat', 'statm'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => null)),
    );
    if (!stat || !statm) continue;
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    const [, resident, shared] = statm.split(' ').map(Number);
    held.set(Number(name), (resident - shared) * 4096);
  }
  let sum = 0;
  for (const [one, bytes] of held) {
    let at = one;
    while (at && at !== pid) at = parents.get(at);
    if (at === pid) sum += bytes;
  }
  return sum;
}
