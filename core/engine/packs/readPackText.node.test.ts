import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostPackTextBytes, readPackText } from './readPackText.node.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-packtext-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'manifest.json');

it('a text comes whole, an empty one too', async () => {
  await writeFile(path(), 'Größe: {"a": 1}');
  expect(await readPackText(path())).toEqual({ text: 'Größe: {"a": 1}' });
  await writeFile(path(), '');
  expect(await readPackText(path())).toEqual({ text: '' });
});

it('what is not there, or is a folder, is absent', async () => {
  expect(await readPackText(path())).toBe('absent');
  await mkdir(path());
  expect(await readPackText(path())).toBe('absent');
});

it('a file without end in sight is not read: a terabyte of nothing, a pipe, a device', async () => {
  await writeFile(path(), '');
  await truncate(path(), mostPackTextBytes + 1);
  expect(await readPackText(path())).toBe('tooLarge');
  if (process.platform === 'win32') return;
  await rm(path());
  execFileSync('mkfifo', [path()]);
  expect(await readPackText(path())).toBe('tooLarge');
  expect(await readPackText('/dev/zero')).toBe('tooLarge');
});
