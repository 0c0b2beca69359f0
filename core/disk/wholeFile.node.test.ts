import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeWholeFile, requireWritableFolder } from './wholeFile.node.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-whole-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a file is there when it is whole, and what a killed process left beside it is gone', async () => {
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

it('a folder that takes no file is refused before the work', async () => {
  await expect(requireWritableFolder(folder)).resolves.toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  await expect(requireWritableFolder(join(folder, 'no'))).rejects.toMatchObject({
    failure: { code: 'notFound', message: `The folder ${join(folder, 'no')} is not there.` },
  });
  await writeFile(join(folder, 'file'), '');
  await expect(requireWritableFolder(join(folder, 'file'))).rejects.toMatchObject({ failure: { code: 'notFound' } });
  // a file system that lets nobody write, whatever the permissions say
  if (process.platform === 'linux')
    await expect(requireWritableFolder('/proc')).rejects.toMatchObject({
      failure: { code: 'notWritable', message: 'The folder /proc cannot be written to.' },
    });
});
