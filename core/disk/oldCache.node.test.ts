import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeOldCache } from './oldCache.node.ts';

let base: string;
let project: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'framewright-oldcache-'));
  project = join(base, 'Film.fwproj');
  await mkdir(join(project, 'cache/key'), { recursive: true });
  await writeFile(join(project, 'project.json'), '{}');
  await writeFile(join(project, 'cache/key/facts.json'), '12345');
  await writeFile(join(base, 'kept'), 'kept');
});
afterEach(() => rm(base, { recursive: true, force: true }));

it('goes, with nothing but itself', async () => {
  await symlink(base, join(project, 'cache/out'));
  expect(await removeOldCache(project)).toBe(5);
  expect(await readdir(project)).toEqual(['project.json']);
  expect(await readFile(join(base, 'kept'), 'utf8')).toBe('kept');
  expect(await removeOldCache(project)).toBe(0);
});

it('that is a link goes itself, and what it leads to stays', async () => {
  await rm(join(project, 'cache'), { recursive: true });
  await symlink(base, join(project, 'cache'));
  expect(await removeOldCache(project)).toBe(0);
  expect(await readdir(project)).toEqual(['project.json']);
  expect(await readFile(join(base, 'kept'), 'utf8')).toBe('kept');
});

it('of a folder that is not a project is left alone', async () => {
  await mkdir(join(base, 'cache'));
  await expect(removeOldCache(base)).rejects.toMatchObject({ failure: { code: 'notFound' } });
  expect(await readdir(base)).toContain('cache');
});
