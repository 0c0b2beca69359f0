import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { safeFileName, uploadPathIn } from './uploadPath.node.ts';

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'framewright-upload-'));
});
afterEach(() => rm(project, { recursive: true }));

const nameOf = (given: string) => {
  const { stem, ending } = safeFileName(given);
  return stem + ending;
};

describe('the name of a dropped file', () => {
  it('stays as it is where every file system takes it', () => {
    for (const name of ['clip.mp4', 'Urlaub 2026 (1).mov', '海边.mp4', 'no-ending', 'two.dots.wav'])
      expect(nameOf(name)).toBe(name);
  });
  it('never begins with a dot: it would be hidden, or a partial file', () => {
    for (const [given, kept] of [
      ['.bashrc', 'bashrc'],
      ['...', 'file'],
      ['. .hidden.mp4', 'hidden.mp4'],
      [' ..a', 'a'],
      ['', 'file'],
      ['.part-1-abc-x.mp4', 'part-1-abc-x.mp4'],
    ] as const)
      expect(nameOf(given), given).toBe(kept);
  });
  it('never names a folder', () => {
    for (const [given, kept] of [
      ['../../etc/passwd', 'passwd'],
      ['..\\..\\windows\\system.ini', 'system.ini'],
      ['/etc/shadow', 'shadow'],
      ['a/..', 'file'],
      ['C:evil.exe', 'C_evil.exe'],
    ] as const)
      expect(nameOf(given), given).toBe(kept);
  });
  it('holds nothing that Windows refuses', () => {
    expect(nameOf('a<b>|c?*".mp4')).toBe('a_b__c___.mp4');
    expect(nameOf('line\r\nbreak\0.mp4')).toBe('line__break_.mp4');
    expect(nameOf('trailing. . ')).toBe('trailing');
    for (const name of ['con', 'NUL.mp4', 'lpt1.tar.gz']) expect(nameOf(name)).toBe(`file ${name}`);
  });
});

describe('the path of a dropped file', () => {
  it('fits into 255 bytes, whatever its characters take and however many copies there are', async () => {
    for (const character of ['a', 'é', '海', '🎬'])
      for (const tail of ['.mp4', ' 2.mp4', ' 3.mp4']) {
        const path = await uploadPathIn(project, `${character.repeat(400)}.mp4`);
        await writeFile(path, '');
        expect(basename(path).endsWith(`${character}${tail}`)).toBe(true);
      }
    const longest = `${'a'.repeat(251)}.mp4`;
    expect(basename(await uploadPathIn(await mkdtemp(join(project, 'other')), longest))).toBe(longest);
  });
  it('is free, in the project’s media folder', async () => {
    expect(await uploadPathIn(project, '../../a.mp4')).toBe(join(project, 'media/a.mp4'));
    await writeFile(join(project, 'media/a.mp4'), '');
    await symlink('/nowhere', join(project, 'media/a 2.mp4'));
    expect(basename(await uploadPathIn(project, 'a.mp4'))).toBe('a 3.mp4');
  });
  it('is refused where the media folder is a link that leads out', async () => {
    const outside = await mkdtemp(join(dirname(project), 'framewright-outside-'));
    await symlink(outside, join(project, 'media'));
    await expect(uploadPathIn(project, 'a.mp4')).rejects.toMatchObject({ failure: { code: 'badRequest' } });
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });
  it('may be in a project that is itself reached by a link', async () => {
    const link = `${project}-link`;
    await mkdir(join(project, 'media'));
    await symlink(project, link);
    expect(await uploadPathIn(link, 'a.mp4')).toBe(join(link, 'media/a.mp4'));
    await rm(link);
  });
});
