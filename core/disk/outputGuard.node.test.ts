import { link, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardProjects } from './keptFiles.node.ts';
import { guardOutputs, makeOutput } from './outputGuard.node.ts';
import type { ProjectDocument } from '../document/schema.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-guard-'));
  await mkdir(at('footage'));
  await writeFile(at('footage/walk.mp4'), 'footage');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const source = () => guardOutputs([{ path: at('footage/walk.mp4'), as: 'source' }]);
const refused = (path: string) => ({
  failure: {
    code: 'badRequest',
    message: `'${path}' is not written: it is '${at('footage/walk.mp4')}', a source of the project. Choose another name.`,
  },
});

describe('a kept file is recognised', () => {
  it.each([
    ['by its own path', 'footage/walk.mp4'],
    ['by a path with detours', 'footage/../footage/./walk.mp4'],
    ['by a link to it', 'link.mp4'],
    ['by a link to its folder', 'linked/walk.mp4'],
    ['by a second name of the same file', 'second.mp4'],
  ])('%s', async (_title, output) => {
    await symlink(at('footage/walk.mp4'), at('link.mp4'));
    await symlink(at('footage'), at('linked'));
    await link(at('footage/walk.mp4'), at('second.mp4'));
    await expect(source().check(at(output))).rejects.toMatchObject(refused(at(output)));
  });

  it('by another spelling where the disk ignores the case of letters', async () => {
    const ignoresCase = await readFile(at('footage/WALK.mp4')).catch(() => null);
    if (ignoresCase) await expect(source().check(at('footage/WALK.mp4'))).rejects.toMatchObject({});
    else await expect(source().check(at('footage/WALK.mp4'))).resolves.toBeUndefined();
  });

  it('before it exists: a source on a disk that is not connected, through any link to the folder', async () => {
    await rm(at('footage/walk.mp4'));
    await symlink(at('footage'), at('linked'));
    await symlink(at('linked/walk.mp4'), at('link.mp4'));
    for (const output of ['footage/walk.mp4', 'linked/walk.mp4', 'link.mp4'])
      await expect(source().check(at(output))).rejects.toMatchObject(refused(at(output)));
    await expect(source().check(at('footage/other.mp4'))).resolves.toBeUndefined();
  });

  it('inside of a kept folder, also through a link', async () => {
    await symlink(at('footage'), at('linked'));
    const guard = guardOutputs([{ path: at('footage'), as: 'cache' }]);
    for (const output of ['footage', 'footage/new/film.mp4', 'linked/film.mp4'])
      await expect(guard.check(at(output))).rejects.toMatchObject({ failure: { code: 'badRequest' } });
    await expect(guard.check(at('footage2/film.mp4'))).resolves.toBeUndefined();
  });
});

describe('a project folder', () => {
  const project = (media: string) =>
    guardProjects(
      [{ folder: at('P.fwproj'), document: { media: { m: { path: media } } } as unknown as ProjectDocument }],
      at('cache'),
    );
  beforeEach(async () => {
    await mkdir(at('P.fwproj/takes'), { recursive: true });
    await writeFile(at('P.fwproj/project.json'), '{}');
    await writeFile(at('P.fwproj/takes/made.mp4'), 'take');
  });

  it('keeps its own files even from commands that do not know the project', async () => {
    await symlink(at('P.fwproj'), at('alias'));
    for (const output of ['P.fwproj', 'P.fwproj/project.json', 'P.fwproj/takes/made.mp4', 'alias/media/new.mp4'])
      await expect(guardOutputs([]).check(at(output)), output).rejects.toMatchObject({
        failure: { code: 'badRequest', message: expect.stringContaining('project') },
      });
    // a film beside them is the user's own business
    await expect(guardOutputs([]).check(at('P.fwproj/film.mp4'))).resolves.toBeUndefined();
  });

  it('keeps a take by a second name elsewhere, media that no clip uses, and the cache', async () => {
    await link(at('P.fwproj/takes/made.mp4'), at('copy.mp4'));
    const guard = await project(at('footage/walk.mp4'));
    for (const output of ['copy.mp4', 'footage/walk.mp4', 'cache/media/x/proxy.mp4'])
      await expect(guard.check(at(output)), output).rejects.toMatchObject({ failure: { code: 'badRequest' } });
    await expect(guard.check(at('film.mp4'))).resolves.toBeUndefined();
  });
});

it('is asked again before the rename: a source that came to have the name meanwhile stays', async () => {
  const output = { path: at('film.mp4'), guard: source() };
  const making = makeOutput(output, async (temporary) => {
    await writeFile(temporary, 'film');
    await rename(at('footage/walk.mp4'), at('film.mp4'));
    await symlink(at('film.mp4'), at('footage/walk.mp4'));
  });
  await expect(making).rejects.toMatchObject({ failure: { code: 'badRequest' } });
  expect(await readFile(at('film.mp4'), 'utf8')).toBe('footage');
  expect((await readdir(folder)).toSorted()).toEqual(['film.mp4', 'footage']);
});

it('a file of no one is replaced as before; a pipe is not', async () => {
  await writeFile(at('film.mp4'), 'older');
  await makeOutput({ path: at('film.mp4'), guard: source() }, (to) => writeFile(to, 'newer'));
  expect(await readFile(at('film.mp4'), 'utf8')).toBe('newer');
  if (process.platform === 'win32') return;
  spawnSync('mkfifo', [at('pipe.mp4')]);
  await expect(source().check(at('pipe.mp4'))).rejects.toMatchObject({ failure: { code: 'notWritable' } });
});
