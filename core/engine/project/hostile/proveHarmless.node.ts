/**
 * Projects from strangers. Each is opened through a whole engine and asked for everything that its content reaches. It
 * is refused or opens harmlessly, with a reason in words; nothing outside of it is touched, nothing hangs, and the
 * engine goes on.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFakeEngine, type FakeEngine } from '../../testing/fakeEngine.node.ts';
import { openHostile, type Outcome } from './attack.node.ts';
import type { HostileCase } from './hostileCase.node.ts';
import { makeFootage, makeSoundProject } from './soundProject.node.ts';
import { differences, listTree } from './watchTree.node.ts';

/** Far more than any takes on a busy machine; a hang takes forever. */
const hangMs = 120_000;
const assets = join(import.meta.dirname, '../../../../assets');
let opened = 0;
const counts = { tried: 0, written: 0, deaths: 0, hangs: 0 };

let base: string;
let fake: FakeEngine;
let sound: string;

async function prepare(): Promise<void> {
  base = await realpath(await mkdtemp(join(tmpdir(), 'framewright-hostile-')));
  sound = await makeSoundProject(join(base, 'sound'), await makeFootage(join(base, 'footage')));
  fake = await openFakeEngine({ assets });
}

/** A neighbour's files, and a project of somebody else. */
async function makeOutside(folder: string): Promise<void> {
  await mkdir(join(folder, 'folder'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'not yours\n');
  await writeFile(join(folder, 'folder/kept.txt'), 'not yours either\n');
  await cp(join(sound, 'project.json'), join(folder, 'project.json'));
}

async function attack(hostile: HostileCase): Promise<{ outcome: Outcome | 'hung'; written: string[] }> {
  const place = join(base, `case ${opened++}`);
  const folder = join(place, 'Film.fwproj');
  const outside = join(place, 'outside');
  await makeOutside(outside);
  await cp(sound, folder, { recursive: true });
  await hostile.make({ folder, outside });
  // everything but the project itself and the engine's own folders
  const [before, footage] = [await listTree(outside), await listTree(join(base, 'footage'))];
  const names = await listNames(place);
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<'hung'>((resolve) => (timer = setTimeout(() => resolve('hung'), hangMs)));
  const outcome = await Promise.race([openHostile(fake.engine, folder, hostile.generates), hung]);
  clearTimeout(timer);
  const written = [
    ...differences(before, await listTree(outside)),
    ...differences(footage, await listTree(join(base, 'footage'))),
    ...differences(names, await listNames(place)),
    ...['pwned', 'escaped'].filter((name) => existsSync(name) || existsSync(join(base, name))),
  ];
  return { outcome, written };
}

async function listNames(folder: string): Promise<Record<string, string>> {
  return Object.fromEntries((await readdir(folder)).map((name) => [name, 'there']));
}

async function prove(hostile: HostileCase): Promise<void> {
  counts.tried++;
  const { outcome, written } = await attack(hostile);
  counts.written += written.length > 0 ? 1 : 0;
  expect(written, 'written outside of the project').toEqual([]);
  if (outcome === 'hung') counts.hangs++;
  expect(outcome, 'hangs').not.toBe('hung');
  const { opened, reasons, bugs } = outcome as Outcome;
  expect(bugs, 'errors that are not failures in words').toEqual([]);
  expect(opened === null ? 'refused' : 'opens', reasons.join('\n')).toBe(hostile.ends);
  if (hostile.says) expect(reasons.join('\n')).toMatch(hostile.says);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  const alive = await fake.engine.handlers['project.recent']({}).then(
    () => true,
    () => false,
  );
  counts.deaths += alive ? 0 : 1;
  expect(alive, 'the engine answers').toBe(true);
}

/** Neighbours in a list are alike: every fourth for `npm test`; `npm run test:long` runs all of them. */
const sampleOf = (cases: readonly HostileCase[]): readonly HostileCase[] =>
  process.env['FRAMEWRIGHT_LONG_TESTS'] === '1' ? cases : cases.filter((_, index) => index % 4 === 0);

/**
 * Declares the tests: each case, then a sound project again. `what` names the cases in the count that is printed. Call
 * once in a test file.
 */
export function proveHarmless(what: string, cases: readonly HostileCase[]): void {
  beforeAll(prepare, 120_000);
  afterAll(async () => {
    console.info(
      `hostile ${what}: ${counts.tried} tried, ${counts.written} wrote outside,`,
      `${counts.deaths} deaths, ${counts.hangs} hangs`,
    );
    await fake.close();
    await rm(base, { recursive: true, force: true });
  });

  const sound: HostileCase = { name: 'the project they are made from', ends: 'opens', make: async () => undefined };
  const openSound = async () => {
    const { outcome, written } = await attack(sound);
    expect(written).toEqual([]);
    expect(outcome).toMatchObject({ reasons: [], bugs: [] });
  };
  test('the project they are made from opens without a word', openSound, hangMs);
  test.each(sampleOf(cases).map((hostile) => [hostile.name, hostile] as const))(
    '%s',
    (_, hostile) => prove(hostile),
    hangMs * 2,
  );
  test('it still does after all of them', openSound, hangMs);
}
