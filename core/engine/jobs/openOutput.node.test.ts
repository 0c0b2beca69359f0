import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../time/testing/eventually.ts';
import { checkOutput, openCommand, openOutput } from './openOutput.node.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string): Promise<string> {
  await writeFile(join(folder, name), 'x');
  return join(folder, name);
}

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, readonly string[] | null]>([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', '/film.mp4']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', '/film.mp4']],
  ['linux', {}, null],
  ['darwin', {}, ['open', '/film.mp4']],
  ['win32', {}, ['explorer', '/film.mp4']],
  ['linux', { DISPLAY: ':0', FRAMEWRIGHT_NO_OPEN: '1' }, null],
])('on %s with %o a film is opened by %o', (platform, env, command) => {
  expect(openCommand('/film.mp4', platform, env)).toEqual(command);
});

it('films, sounds and folders of frames are opened', async () => {
  for (const name of ['a.mp4', 'a.MOV', 'a.mkv', 'a.wav']) {
    const path = await file(name);
    expect(await checkOutput(path)).toBe(path);
  }
  expect(await checkOutput(folder)).toBe(folder);
});

it('a missing file, a program and an option of the opener are refused, by name', async () => {
  await expect(checkOutput(join(folder, 'gone.mp4'))).rejects.toMatchObject({
    failure: { code: 'notFound', message: "'gone.mp4' is no longer where it was exported to." },
  });
  await expect(checkOutput(null)).rejects.toMatchObject({ failure: { code: 'notFound' } });
  await expect(checkOutput('--help.mp4')).rejects.toMatchObject({ failure: { code: 'notFound' } });
  await expect(checkOutput(await file('a.desktop'))).rejects.toMatchObject({ failure: { code: 'unsupported' } });
  await mkdir(join(folder, 'Run.app'));
  await expect(checkOutput(join(folder, 'Run.app'))).rejects.toMatchObject({ failure: { code: 'unsupported' } });
});

it('the path reaches the program as one argument, whatever it holds', async () => {
  const path = await file('a $(touch b) "c" ; d.mp4');
  const program = join(folder, 'opener');
  const seen = join(folder, 'seen');
  await writeFile(program, `#!/bin/sh\nprintf '%s|' "$#" "$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`);
  await chmod(program, 0o755);
  await openOutput(path, () => [program, path]);
  await eventually(async () => expect(await readFile(seen, 'utf8')).toBe(`1|${path}|`));
});

it('a computer without an opener says so', async () => {
  const path = await file('a.mp4');
  for (const command of [null, [join(folder, 'missing'), path] as const])
    await expect(openOutput(path, () => command)).rejects.toMatchObject({ failure: { code: 'unsupported' } });
});
