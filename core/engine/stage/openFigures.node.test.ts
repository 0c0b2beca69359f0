/** The stage's files come with the app; where they are missing or spoilt, the failure names the file. */
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFigures } from './openFigures.node.ts';

const shipped = join(import.meta.dirname, '../../../assets/stage');
const fox = [{ name: 'fox', tone: 0, wears: '' }];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-figures-'));
  await copyFile(join(shipped, 'figures.json'), join(folder, 'figures.json'));
  await symlink(join(shipped, 'figures.zip'), join(folder, 'figures.zip'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function failure(): Promise<{ code: string; message: string; path?: string }> {
  const error = (await openFigures(folder, fox).catch((caught: unknown) => caught)) as { failure: never };
  return error.failure;
}

it('opens what is whole', async () => {
  const figures = await openFigures(folder, fox);
  expect(figures.entries.size).toBeGreaterThan(100);
});

it.each([
  ['figures.json', 'missing', null],
  ['figures.json', 'cut off', (whole: Buffer) => whole.subarray(0, 1000)],
  ['figures.json', 'of another kind', () => Buffer.from('{"a":1}')],
  ['figures.json', 'empty', () => Buffer.from('[]')],
  ['figures.zip', 'missing', null],
  ['figures.zip', 'cut off', (whole: Buffer) => whole.subarray(0, 100_000)],
  ['figures.zip', 'empty', () => Buffer.alloc(0)],
  // the list at its end stays as it is
  ['figures.zip', 'spoilt inside', (whole: Buffer) => Buffer.from(whole).fill(0x55, 1000, whole.length - 200_000)],
])('names %s that is %s', async (name, _what, spoil) => {
  const path = join(folder, name);
  const whole = await readFile(path);
  await rm(path);
  if (spoil) await writeFile(path, spoil(whole));
  expect(await failure()).toMatchObject({ code: 'notReadable', path });
  expect((await failure()).message).toContain(path);
});

it('names an archive that is a folder', async () => {
  const path = join(folder, 'figures.zip');
  await rm(path);
  await mkdir(path);
  expect((await failure()).message).toContain(path);
});
