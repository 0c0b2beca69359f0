/** Where dropped files are put. Their names come from a browser: anything may stand in them. */
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';

/** Bytes of UTF-8. File systems take 255; a copy's number and the name of a partial file still fit. */
const longestNameBytes = 180;
const longestExtension = 16;

/** `text` without the characters that would make it longer than `bytes` in UTF-8; no character is cut in half. */
function withinBytes(text: string, bytes: number): string {
  let kept = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/**
 * A file name that every file system takes, as close to the given one as possible: no folders, no leading dots, no
 * control characters, none of the names that Windows reserves.
 */
export function safeFileName(given: string): { readonly stem: string; readonly ending: string } {
  const clean = (given.split(/[/\\]/).at(-1) ?? '')
    // oxlint-disable-next-line no-control-regex
    .replace(/[<>:"|?*\u0000-\u001f\u007f]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const extension = extname(clean);
  const stem = withinBytes(clean.slice(0, clean.length - extension.length), longestNameBytes).trimEnd();
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem.split('.')[0] ?? '');
  return {
    stem: stem === '' ? 'file' : reserved ? `file ${stem}` : stem,
    ending: extension.slice(0, longestExtension),
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
    const path = join(folder, `${copy === 1 ? stem : `${stem} ${copy}`}${ending}`);
    // a link that leads nowhere takes the name as well
    if (!(await lstat(path).catch(() => null))) return path;
  }
}
