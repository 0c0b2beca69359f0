/**
 * Sends ten thousand random requests to the built browser host and its engine: HTTP, upgrades and contract messages.
 * The seed is printed; FRAMEWRIGHT_FUZZ_SEED sets another. Nothing may crash, hang or be written elsewhere, and an
 * honest window must still work afterwards.
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContractClient } from '../contract/client.ts';
import { buildHost } from './testing/builtCli.node.ts';
import { createDraw } from './testing/fuzz/draw.ts';
import { exchange, FuzzWindow, type Outcome } from './testing/fuzz/exchange.node.ts';
import { randomHttp, randomUpgrade, type HttpTarget } from './testing/fuzz/randomHttp.ts';
import { randomMessage, type MessageTarget } from './testing/fuzz/randomMessage.ts';
import { connectClient, startFuzzHost, type FuzzHost } from './testing/fuzz/host.node.ts';

const seed = Number(process.env.FRAMEWRIGHT_FUZZ_SEED ?? 20261130);
const counts = { http: 5000, upgrades: 600, messages: 4400 };
/** At once. More would only queue. */
const lanes = 8;
/** A request that is owed an answer has this long, ms: far more than a busy machine needs. */
const hungMs = 90_000;

let folder: string;
let host: FuzzHost;
let honest: ContractClient;
let target: HttpTarget & MessageTarget;

beforeAll(async () => {
  await buildHost();
  folder = await mkdtemp(join(tmpdir(), 'framewright-fuzz-'));
  await mkdir(join(folder, 'work'));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  host = await startFuzzHost(join(folder, 'work'));
  honest = await connectClient(host);
  const project = await honest.call('project.create', { name: 'Fuzz', folder: join(folder, 'work') });
  const paths = ['nowhere.mp4', 'Fuzz.fwproj', 'home', 'a.zip', 'film.mp4', '.'].map((name) =>
    join(folder, 'work', name),
  );
  target = {
    port: host.port,
    cookie: host.cookie,
    projectId: project.projectId,
    paths: [...paths, '/dev/null', '/proc/x'],
  };
});

afterAll(async () => {
  await host?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** Runs `total` pieces of work, so many at once, and counts how they ended. */
async function tally(total: number, work: (index: number) => Promise<Outcome>): Promise<Record<Outcome, number>> {
  const ended: Record<Outcome, number> = { answered: 0, closed: 0, cutOff: 0, hung: 0, refused: 0 };
  let next = 0;
  const lane = async () => {
    while (next < total) ended[await work(next++)]++;
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return ended;
}

it('survives 10,000 random requests, and an honest window works afterwards', async () => {
  const draw = createDraw(seed);
  const engine = await host.enginePid();
  const windows = await Promise.all(Array.from({ length: lanes }, () => FuzzWindow.open(host.port, host.cookie)));

  const http = await tally(counts.http, () => exchange(host.port, randomHttp(draw, target), hungMs));
  const upgrades = await tally(counts.upgrades, () => exchange(host.port, randomUpgrade(draw, target), hungMs));
  const messages = await tally(counts.messages, async (index) => {
    const lane = index % lanes;
    if (!windows[lane]!.isOpen) windows[lane] = await FuzzWindow.open(host.port, host.cookie);
    return windows[lane]!.say(randomMessage(draw, target, index + 1), hungMs);
  });
  for (const window of windows) window.close();
  console.log(`seed ${seed}: ${JSON.stringify({ http, upgrades, messages, engineDeaths: host.engineDeaths() })}`);

  const ended = [http, upgrades, messages];
  expect(ended.map(({ hung, refused }) => hung + refused)).toEqual([0, 0, 0]);
  // the requests did reach what they were aimed at
  expect(http.answered).toBeGreaterThan(counts.http / 2);
  expect(messages.answered).toBeGreaterThan(counts.messages / 2);
  expect([host.isRunning(), host.engineDeaths(), await host.enginePid()]).toEqual([true, 0, engine]);
  expect((await readdir(folder)).sort()).toEqual(['secret.txt', 'work']);

  const fresh = await connectClient(host);
  const project = await fresh.call('project.create', { name: 'Afterwards', folder: join(folder, 'work') });
  const uploaded = await fetch(`http://127.0.0.1:${host.port}/upload?projectId=${project.projectId}&name=note.txt`, {
    method: 'PUT',
    headers: { cookie: host.cookie },
    body: 'hello',
  });
  expect(await uploaded.json()).toEqual({ path: join(project.folder, 'media/note.txt') });
  expect(await fresh.call('project.close', { projectId: project.projectId })).toEqual({});
  expect(await honest.call('project.close', { projectId: target.projectId })).toEqual({});
}, 900_000);
