import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentProblems } from '../../document/invariants.ts';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { createProjectStore } from './projectStore.node.ts';

const here = dirname(fileURLToPath(import.meta.url));
let home: string;
let child: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'framewright-kill-'));
  child = join(home, 'appendForever.mjs');
  await build({
    entryPoints: [join(here, 'testing/appendForever.node.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: child,
    logLevel: 'error',
  });
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Returns the last number the child said was saved before it was killed. */
function killAfter(folder: string, milliseconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const engine = fork(child, [join(home, 'home'), folder], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let saved = -1;
    let kill: NodeJS.Timeout | undefined;
    engine.on('message', (message: { kind: string; seq: number }) => {
      if (message.kind === 'saved') kill ??= setTimeout(() => engine.kill('SIGKILL'), milliseconds);
      saved = Math.max(saved, message.seq);
    });
    engine.on('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve(saved) : reject(new Error(`the child ended by itself (${code})`)),
    );
  });
}

async function leftovers(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter(
    (name) => name.endsWith('.tmp') || name.includes('.part-'),
  );
}

test('kill -9 at ten random moments of saving: the project opens with every change reported as saved', async () => {
  const make = () =>
    createProjectStore({
      paths: { home: join(home, 'home'), projects: home },
      cache: new CacheFolder(join(home, 'cache')),
      emit: () => {},
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    });
  const first = make();
  const { folder, projectId } = await first.create({ name: 'Film', folder: null });
  await first.close(projectId);
  let total = 0;
  for (let round = 0; round < 10; round++) {
    const saved = await killAfter(folder, 5 + Math.random() * 150);
    const engine = make();
    const opened = await engine.open(folder);
    const last = opened.nextSeq - 1;
    expect(last).toBeGreaterThanOrEqual(saved);
    // what was written but not yet answered may be there too: one at most, the child waits for each
    expect(last).toBeLessThanOrEqual(saved + 1);
    if (last > 0) expect(opened.document.name).toBe(`Change ${last}`);
    expect(documentProblems(opened.document)).toEqual([]);
    expect(await leftovers(folder)).toEqual([]);
    total = last;
    await engine.close(opened.projectId);
  }
  console.info(`kill -9: 10 of 10 reopened, ${total} changes, none that was called saved is missing`);
  // each round has saved at least one
  expect(total).toBeGreaterThanOrEqual(10);
});
