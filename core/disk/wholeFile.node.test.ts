import { mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { nodeFs, type ProjectFs } from './projectFs.node.ts';
import { makeWholeFile, requireWritableFolder, writeWholeFile } from './wholeFile.node.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-whole-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a file appears when it is whole, and what a killed process left beside it is removed', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  let own = '';
  await makeWholeFile(join(folder, 'film.mp4'), async (temporary) => {
    own = basename(temporary);
    await writeFile(temporary, 'whole');
    expect(await readdir(folder)).toEqual([own]);
  });
  expect(await readdir(folder)).toEqual(['film.mp4']);
  const [, computer] = own.slice('.part-'.length).split('-');
  const left = [
    `.part-${dead}-${computer}-0a-film.mp4`,
    `.part-${process.pid}-${computer}-0b-film.mp4`,
    `.part-${dead}-other1-0c-film.mp4`,
  ];
  for (const name of left) await writeFile(join(folder, name), 'half');
  await expect(makeWholeFile(join(folder, 'next.mp4'), () => Promise.reject(new Error('broke off')))).rejects.toThrow(
    'broke off',
  );
  // a living process and another computer keep theirs
  expect((await readdir(folder)).toSorted()).toEqual([...left.slice(1), 'film.mp4'].toSorted());
});

it('a folder that cannot be written to is refused before the work', async () => {
  await expect(requireWritableFolder(folder)).resolves.toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  await expect(requireWritableFolder(join(folder, 'no'))).rejects.toMatchObject({
    failure: { code: 'notFound', message: `The folder ${join(folder, 'no')} does not exist.` },
  });
  await writeFile(join(folder, 'file'), '');
  await expect(requireWritableFolder(join(folder, 'file'))).rejects.toMatchObject({ failure: { code: 'notFound' } });
  // a file system that refuses every write, whatever the permissions say
  if (process.platform === 'linux')
    await expect(requireWritableFolder('/proc')).rejects.toMatchObject({
      failure: { code: 'notWritable', message: 'The folder /proc cannot be written to.' },
    });
});

it('the longest names that a disk takes are written, with any character in them', async () => {
  const names = ['片'.repeat(83), '🎬'.repeat(62), 'é'.repeat(125), 'a'.repeat(251), '100%d\n', '-v', 'dots...'];
  for (const name of names) {
    await makeWholeFile(join(folder, `${name}.mp4`), (temporary) => writeFile(temporary, 'film'));
    await writeWholeFile(join(folder, `${name}.otio`.slice(-250)), 'text');
  }
  // an ending may be as long as the name
  await makeWholeFile(join(folder, `.${'b'.repeat(254)}`), (temporary) => writeFile(temporary, 'film'));
  expect(await readdir(folder)).toHaveLength(names.length * 2 + 1);
});

it('a name that no disk takes is refused before the work, by that name', async () => {
  const path = join(folder, `${'片'.repeat(84)}.mp4`);
  await expect(makeWholeFile(path, () => expect.unreachable())).rejects.toMatchObject({
    failure: { code: 'notWritable', message: `${path} cannot be written: the name is too long for this disk.`, path },
  });
});

it('what goes wrong names the file that the user knows, not the temporary one', async () => {
  const path = join(folder, 'film.mp4');
  const failing = (make: (temporary: string) => Promise<void>) =>
    makeWholeFile(path, make).then(
      () => null,
      (error: FailureError) => error.failure,
    );
  const full = { code: 'diskFull', message: `The disk is full: ${path} could not be written.`, path };
  const error = (properties: object) => Promise.reject(Object.assign(new Error('ENOSPC: write'), properties));
  expect(await failing(() => error({ code: 'ENOSPC' }))).toMatchObject(full);
  expect(await failing((dest) => error({ code: 'ENOSPC', path: '/source.mp4', dest }))).toMatchObject(full);
  expect(
    await failing((temporary) =>
      Promise.reject(new FailureError('diskFull', sentence('file.diskFull', { path: temporary }), temporary)),
    ),
  ).toMatchObject({ ...full, sentence: { params: { path } } });
});

it('what goes wrong while tidying up does not hide what went wrong first', async () => {
  const path = join(folder, 'project.json');
  const fs = { ...watchedFs([], 'ENOSPC'), rm: () => Promise.reject(new Error('tidying up failed')) };
  await expect(writeWholeFile(path, 'new', fs)).rejects.toMatchObject({ code: 'ENOSPC' });
});

/** A file system that records its calls in order and fails a chosen write. */
function watchedFs(log: string[], failWrite?: string): ProjectFs {
  return {
    ...nodeFs,
    rename: async (from, to) => {
      log.push('rename');
      await nodeFs.rename(from, to);
    },
    open: async (...parameters: Parameters<ProjectFs['open']>) => {
      const handle = await nodeFs.open(...parameters);
      const { sync, writeFile: write } = handle;
      const isFolder = (await handle.stat()).isDirectory();
      handle.sync = async () => {
        log.push(isFolder ? 'sync folder' : 'sync file');
        await sync.call(handle);
      };
      handle.writeFile = async (data) => {
        log.push('write');
        if (failWrite === undefined) return write.call(handle, data);
        await write.call(handle, 'hal');
        throw Object.assign(new Error(failWrite), { code: failWrite });
      };
      return handle;
    },
  };
}

it('a file is written, synced, renamed, and its folder synced, in this order', async () => {
  const log: string[] = [];
  const path = join(folder, 'project.json');
  await writeWholeFile(path, 'new', watchedFs(log));
  expect(log).toEqual(['write', 'sync file', 'rename', ...(process.platform === 'win32' ? [] : ['sync folder'])]);
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('on a full disk the old file stays and nothing half-written is left', async () => {
  const path = join(folder, 'project.json');
  await writeFile(path, 'old');
  await expect(writeWholeFile(path, 'new', watchedFs([], 'ENOSPC'))).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['project.json']);
});

it('a link is replaced by the file, and what it led to stays as it was', async () => {
  const outside = join(folder, 'outside');
  await writeFile(outside, 'theirs');
  const path = join(folder, 'project.json');
  await symlink(outside, path);
  await writeWholeFile(path, 'ours');
  await expect(readlink(path)).rejects.toMatchObject({ code: 'EINVAL' });
  expect(await readFile(outside, 'utf8')).toBe('theirs');
  await makeWholeFile(path, (temporary) => writeFile(temporary, 'made'));
  expect(await readFile(outside, 'utf8')).toBe('theirs');
});
