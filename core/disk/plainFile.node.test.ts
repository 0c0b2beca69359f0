import { spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isInside,
  openPlainFile,
  plainNamesIn,
  readPlainFile,
  RefusedFile,
  requirePlainFolder,
} from './plainFile.node.ts';
import { nodeFs } from './projectFs.node.ts';

let base: string;
let project: string;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'framewright-plain-')));
  project = join(base, 'Film.fwproj');
  await mkdir(join(project, 'takes'), { recursive: true });
  await writeFile(join(base, 'secret'), 'secret');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const read = (name: string) => readPlainFile(nodeFs, project, join(project, name), 1000);
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: unknown) => (error instanceof RefusedFile ? error.reason.text : String(error)),
  );

describe('a file of a project', () => {
  it('is read when it is a plain file in it', async () => {
    await writeFile(join(project, 'takes/a.json'), '{}');
    expect((await read('takes/a.json')).toString()).toBe('{}');
  });

  it('is not followed when it is a link, wherever that leads', async () => {
    await writeFile(join(project, 'plain'), 'x');
    for (const [name, to] of [
      ['out', join(base, 'secret')],
      ['within', join(project, 'plain')],
      ['nowhere', join(base, 'absent')],
      ['loop', join(project, 'loop')],
    ] as const) {
      await symlink(to, join(project, name));
      expect(await reasonOf(read(name)), name).toBe('is a link to another place');
    }
  });

  it('is not created through a link', async () => {
    await symlink(join(base, 'made'), join(project, 'journal.ndjson'));
    const flags = constants.O_CREAT | constants.O_RDWR | constants.O_APPEND;
    const opened = openPlainFile(nodeFs, project, join(project, 'journal.ndjson'), flags);
    expect(await reasonOf(opened)).toBe('is a link to another place');
    await expect(nodeFs.lstat(join(base, 'made'))).rejects.toThrow('ENOENT');
  });

  it('is refused when a folder on the way leads out', async () => {
    await symlink(base, join(project, 'linked'));
    expect(await reasonOf(read('linked/secret'))).toBe('leads out of the project');
    await expect(requirePlainFolder(nodeFs, join(project, 'linked'))).rejects.toThrow('is a link to another place');
    await expect(plainNamesIn(nodeFs, join(project, 'linked'))).rejects.toThrow(RefusedFile);
  });

  it('is refused above its limit, with both sizes', async () => {
    await writeFile(join(project, 'project.json'), '');
    await truncate(join(project, 'project.json'), 10 * 1024 ** 3);
    expect(await reasonOf(read('project.json'))).toBe('is too large: 10240 MB, at most 1 KB');
  });

  it('that is a folder is refused', async () => {
    expect(await reasonOf(read('takes'))).toBe('is a folder, not a file');
  });

  it.skipIf(process.platform === 'win32')('that is a pipe is refused without waiting for a writer', async () => {
    expect(spawnSync('mkfifo', [join(project, 'lock')]).status).toBe(0);
    expect(await reasonOf(read('lock'))).toBe('is a device or a pipe, not a file');
    expect(await plainNamesIn(nodeFs, project)).toEqual([]);
  });
});

it('inside is below, not beside', () => {
  expect(isInside('/a/b', '/a/b/c')).toBe(true);
  expect(isInside('/a/b', '/a/b')).toBe(true);
  expect(isInside('/a/b', '/a/b/..c')).toBe(true);
  for (const path of ['/a', '/a/bc', '/a/b/../c', '/']) expect(isInside('/a/b', path), path).toBe(false);
});
