/** The layout of `Name.fwproj/`. Older versions kept a cache/ there too: it is no longer read. */
import { basename, join } from 'node:path';
import { fittingName } from '../document/nameLength.ts';

/** Ending of a project folder's name. */
export const projectSuffix = '.fwproj';

/** Absolute paths of a project's parts. */
export interface ProjectFolder {
  readonly folder: string;
  readonly projectFile: string;
  readonly journal: string;
  /** The journal before the current one: history reaches back into it, and so do recoveries from a backup. */
  readonly journalBefore: string;
  readonly backups: string;
  readonly takes: string;
  /** Files that were dropped into the window. */
  readonly media: string;
  readonly lock: string;
}

/** Paths of the files in a project folder; nothing is read or created. */
export function projectFolder(folder: string): ProjectFolder {
  return {
    folder,
    projectFile: join(folder, 'project.json'),
    journal: join(folder, 'journal.ndjson'),
    journalBefore: join(folder, 'journal.1.ndjson'),
    backups: join(folder, 'backups'),
    takes: join(folder, 'takes'),
    media: join(folder, 'media'),
    lock: join(folder, 'lock'),
  };
}

/**
 * A project's name as a folder's: without what Windows, macOS or Linux refuse in one, cut to the bytes that fit. From
 * the second copy on its number stands before the ending.
 */
export function folderNameFor(name: string, copy = 1): string {
  const safe = name
    // oxlint-disable-next-line no-control-regex
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f]/g, '-')
    .replace(/\p{Surrogate}/gu, '-')
    .replace(/[.\s]+$/, '')
    .trim();
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe);
  const stem = safe === '' || reserved ? `Project ${safe}`.trim() : safe;
  return fittingName(stem, copy === 1 ? projectSuffix : ` ${copy}${projectSuffix}`);
}

/** 'Tides' for '/films/Tides.fwproj'. */
export function projectNameOf(folder: string): string {
  return basename(folder, projectSuffix);
}
