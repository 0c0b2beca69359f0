/** Ctrl+C during a generation: how long until the program has ended, and what it leaves in memory. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const times = 5;

export async function run({ projectRoot }) {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-'));
  const waits = [];
  let left = 0;
  let heldBytes = 0;
  try {
    for (let index = 0; index < times; index++) {
      const { waitMs, pids, bytes } = await cancelOnce(projectRoot, folder);
      waits.push(waitMs);
      heldBytes = Math.max(heldBytes, bytes);
      for (const pid of pids) if (await isOurs(pid)) left++;
    }
    const files = (await readdir(folder)).filter((name) => name !== 'home');
    const worst = Math.max(...waits);
    return [
      {
        figure: `cancel of a running generation, longest of ${times}`,
        measured: `${worst} ms`,
        bar: '<= 1000 ms',
        ok: worst <= 1000,
      },
      {
        figure: 'its memory returned (processes left, files left)',
        measured: `${(heldBytes / 1e6).toFixed(0)} MB held; ${left} processes, ${files.length} files after`,
        bar: '0, 0',
        ok: left === 0 && files.length === 0,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function cancelOnce(projectRoot, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(projectRoot, 'dist/host/cli.mjs'),
        'generate',
        '--painted',
        'a red ball bounces on the grass',
        '--seconds',
        '5',
        '-o',
        'out.mp4',
      ],
      { cwd: folder, env: { ...process.env, FRAMEWRIGHT_HOME: join(folder, 'home') } },
    );
    let said = '';
    let state = null;
    child.stderr.on('data', async (chunk) => {
      said += chunk;
      if (state || !/denoise/.test(said)) return;
      state = { startedMs: 0, pids: [], bytes: 0 };
      state.pids = await processTree(child.pid);
      for (const pid of state.pids) state.bytes += await residentBytes(pid);
      state.startedMs = Date.now();
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 130 || !state)
        reject(new Error(`the generation ended with ${code} before it was cancelled: ${said.slice(-300)}`));
      else resolve({ waitMs: Date.now() - state.startedMs, pids: state.pids, bytes: state.bytes });
    });
  });
}

async function processTree(pid) {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''))
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return [pid, ...(await Promise.all(children.map(processTree))).flat()];
}

async function residentBytes(pid) {
  const match = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
  return match ? Number(match[1]) * 1024 : 0;
}

async function isOurs(pid) {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('framewright') || command.includes('dist/host');
}
