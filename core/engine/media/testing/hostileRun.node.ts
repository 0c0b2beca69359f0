/** Imports files one by one in a child process, and counts what they do: requests, files outside, deaths and hangs. */
import { fork, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleChild } from '../../inference/testing/bundleChild.node.ts';
import type { Targets } from './hostileFiles.node.ts';
import type { Imported } from './importChild.node.ts';

const assets = join(import.meta.dirname, '../../../../assets');
/** Generous, for a busy machine: probing itself gives up after 120 s. */
const hangsAfterMs = 300_000;

/** What the run counted. */
export interface HostileFigures {
  readonly tried: number;
  readonly refused: number;
  readonly imported: number;
  readonly writtenOutside: number;
  readonly requests: number;
  readonly deaths: number;
  readonly hangs: number;
}

/** Makes the files by `make`, imports each, and removes everything. HOSTILE_MEDIA_LIST=1 prints each result. */
export async function runHostile(
  make: (folder: string, targets: Targets) => string[],
): Promise<{ figures: HostileFigures; done: readonly Imported[]; written: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-hostile-media-'));
  const listener = await listen();
  try {
    const at = (name: string) => join(folder, name);
    for (const name of ['media', 'outside', 'home', 'cwd', 'work']) mkdirSync(at(name));
    writeFileSync(at('secret'), 'root:x:0:0:a secret of the user\n');
    const paths = make(at('media'), { ...listener.ports, secret: at('secret'), outside: at('outside') });
    const made = listing(at('media'));
    const entry = await bundleChild('core/engine/media/testing/importChild.node.ts');
    const outcomes = await importAll(paths, () =>
      fork(entry, [at('work'), assets], {
        cwd: at('cwd'),
        env: { ...process.env, HOME: at('home'), FFREPORT: `file=${at('outside/report.log')}` },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
    );
    const done = outcomes.filter((each): each is Imported => typeof each !== 'string');
    const beside = listing(at('media')).filter((path) => !made.includes(path));
    const written = [...['outside', 'home', 'cwd'].flatMap((name) => listing(at(name))), ...beside];
    const figures = {
      tried: paths.length,
      refused: done.filter(({ outcome }) => outcome === 'refused').length,
      imported: done.filter(({ outcome }) => outcome === 'imported').length,
      writtenOutside: written.length,
      requests: listener.requests(),
      deaths: outcomes.filter((each) => each === 'died').length,
      hangs: outcomes.filter((each) => each === 'hung').length,
    };
    console.log(`hostile media: ${JSON.stringify(figures)}`);
    return { figures, done, written };
  } finally {
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Listens on loopback, where the files try to go. */
async function listen() {
  let requests = 0;
  const server = createServer((socket) => {
    requests++;
    socket.destroy();
  });
  const udp = createSocket('udp4', () => requests++);
  server.listen(0, '127.0.0.1');
  udp.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(udp, 'listening')]);
  const { port } = server.address() as AddressInfo;
  return {
    ports: { address: `http://127.0.0.1:${port}`, udpPort: udp.address().port },
    requests: () => requests,
    close() {
      server.close();
      udp.close();
    },
  };
}

/** One file after the other; a child that died or hung is replaced by a fresh one. */
async function importAll(paths: readonly string[], start: () => ChildProcess): Promise<(Imported | 'died' | 'hung')[]> {
  const outcomes: (Imported | 'died' | 'hung')[] = [];
  let child: ChildProcess | null = null;
  for (const path of paths) {
    if (child === null) {
      child = start();
      await once(child, 'message');
    }
    const started = performance.now();
    const outcome = await importIn(child, path);
    outcomes.push(outcome);
    const ms = Math.round(performance.now() - started);
    if (process.env['HOSTILE_MEDIA_LIST'] || typeof outcome === 'string')
      console.log(`${ms} ms ${JSON.stringify(path)}: ${JSON.stringify(outcome)}`);
    if (typeof outcome === 'string') {
      child.kill('SIGKILL');
      child = null;
    }
  }
  child?.kill('SIGKILL');
  return outcomes;
}

function importIn(child: ChildProcess, path: string): Promise<Imported | 'died' | 'hung'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle('hung'), hangsAfterMs);
    const settle = (outcome: Imported | 'died' | 'hung') => {
      clearTimeout(timer);
      child.off('message', settle);
      child.off('exit', died);
      resolve(outcome);
    };
    const died = () => settle('died');
    child.on('message', settle);
    child.on('exit', died);
    child.send(path);
  });
}

function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map((each) => join(folder, String(each)));
}
