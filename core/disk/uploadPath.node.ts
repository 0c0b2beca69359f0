/** Where dropped files are put. Their names come from a browser and may hold anything. */
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { fittingName, withinBytes } from '../document/nameLength.ts';

const longestEndingBytes = 16;

/**
 * A file name that every file system takes, as close to the given one as possible: no folders, no leading dots, no
 * control characters, none of the names that Windows reserves.
 */
export function safeFileName(given: string): { readonly stem: string; readonly ending: string } {
  const clean = (given.split(/[/\\]/).at(-1) ?? '')
    // oxlint-disable-next-line no-control-regex
    .replace(/[<>:"|?*\u0000-\u001f\u007f]/g, '_')
    .replace(/\p{Surrogate}/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const extension = extname(clean);
  const stem = clean.slice(0, clean.length - extension.length).trimEnd();
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem.split('.')[0] ?? '');
  return {
    stem: stem === '' ? 'file' : reserved ? `file ${stem}` : stem,
    ending: withinBytes(extension, longestEndingBytes),
  };
}

/**
 * An unused path in the project's own `media/` folder. Throws FailureError 'badRequest' when that folder is a link out
 * of the project.
 */
export async function uploadPathIn(projectFolder: string, fileName: string): Promise<string> {
  const folder = join(projectFolder, 'media');
  await mkdir(folder, { recursive: true });
  if (!(await realpath(folder)).startsWith((await realpath(projectFolder)) + sep))
    throw new FailureError('badRequest', sentence('project.folderLinksOut', { path: folder }), folder);
  const { stem, ending } = safeFileName(fileName);
  for (let copy = 1; ; copy++) {
    const path = join(folder, fittingName(stem, copy === 1 ? ending : ` ${copy}${ending}`));
    // a link that leads nowhere takes the name as well
    if (!(await lstat(path).catch(() => null))) return path;
  }
}
