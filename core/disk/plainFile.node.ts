/**
 * Opening files below a project's folder. The folder may come from a stranger: links and junctions that lead out,
 * devices, pipes and files of absurd size are refused with a reason before anything is read or written through them.
 */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence, type Sentence } from '../contract/sentence.ts';
import { errorCode, type ProjectFs } from './projectFs.node.ts';

/** Largest sizes that are read, bytes. */
export const sizeLimits = {
  projectFile: 256 * 1024 * 1024,
  journal: 256 * 1024 * 1024,
  recipe: 32 * 1024 * 1024,
  takeRecord: 1024 * 1024,
  lock: 4096,
} as const;

/** Both paths absolute and without links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A file in a project's folder that must not be opened. `reason` continues a sentence that begins with 'it'. */
export class RefusedFile extends FailureError {
  readonly reason: Sentence;

  constructor(path: string, reason: Sentence) {
    super('damaged', sentence('file.refused', { path, reason }), path);
    this.reason = reason;
  }
}

/** Throws RefusedFile when a folder on the way to `path` leads out of `projectFolder`. */
export async function requireInside(fs: ProjectFs, projectFolder: string, path: string): Promise<void> {
  const parent = dirname(path);
  const [root, real] = await Promise.all([fs.realpath(projectFolder), fs.realpath(parent)]);
  if (!isInside(root, real)) throw new RefusedFile(parent, sentence('fileRefusal.leadsOut'));
}

/** Throws RefusedFile when `folder` exists and is a link or not a folder. */
export async function requirePlainFolder(fs: ProjectFs, folder: string): Promise<void> {
  const info = await lstatOrNull(fs, folder);
  if (info?.isSymbolicLink()) throw new RefusedFile(folder, sentence('fileRefusal.link'));
  if (info && !info.isDirectory()) throw new RefusedFile(folder, sentence('fileRefusal.notFolder'));
}

async function lstatOrNull(fs: ProjectFs, path: string): Promise<Awaited<ReturnType<ProjectFs['lstat']>> | null> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What is at `path`: 'absent', 'plain' (a regular file), or why it must not be opened. */
export async function kindOfFile(fs: ProjectFs, path: string): Promise<'absent' | 'plain' | { reason: Sentence }> {
  const info = await lstatOrNull(fs, path);
  if (!info) return 'absent';
  if (info.isSymbolicLink()) return { reason: sentence('fileRefusal.link') };
  if (info.isDirectory()) return { reason: sentence('fileRefusal.folder') };
  return info.isFile() ? 'plain' : { reason: sentence('fileRefusal.device') };
}

/**
 * Opens a regular file below a project's folder with `flags` of node:fs constants. Throws RefusedFile for
 * anything else, and what the file system throws (ENOENT).
 */
export async function openPlainFile(
  fs: ProjectFs,
  projectFolder: string,
  path: string,
  flags: number,
): Promise<FileHandle> {
  await requireInside(fs, projectFolder, path);
  const kind = await kindOfFile(fs, path);
  if (typeof kind === 'object') throw new RefusedFile(path, kind.reason);
  // a link or pipe put there since the check is not followed and does not block; Windows has neither flag
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  const handle = await fs.open(path, flags | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    throw errorCode(error) === 'ELOOP' ? new RefusedFile(path, sentence('fileRefusal.link')) : error;
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new RefusedFile(path, sentence('fileRefusal.device'));
}

/** All of a regular file. Throws as `openPlainFile`, and RefusedFile above `limitBytes`. */
export async function readPlainFile(
  fs: ProjectFs,
  projectFolder: string,
  path: string,
  limitBytes: number,
): Promise<Buffer> {
  const handle = await openPlainFile(fs, projectFolder, path, constants.O_RDONLY);
  try {
    const { size } = await handle.stat();
    if (size > limitBytes)
      throw new RefusedFile(
        path,
        sentence('fileRefusal.tooLarge', { size: megabytes(size), most: megabytes(limitBytes) }),
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Names of the regular files in a folder of the project; none when the folder is not there. */
export async function plainNamesIn(fs: ProjectFs, folder: string): Promise<string[]> {
  await requirePlainFolder(fs, folder);
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function megabytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
