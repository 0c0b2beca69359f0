/** Large files made by a child process: written beside under a name of their own, renamed when whole. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';

const marker = '.part-';

/**
 * Runs `make` with a temporary path in the final file's folder (same extension), then renames. Whatever goes wrong,
 * nothing is left under either name. Throws FailureError 'notWritable' or 'diskFull' where the folder is at fault.
 */
export async function makeWholeFile(finalPath: string, make: (temporaryPath: string) => Promise<void>): Promise<void> {
  const temporary = await temporaryBeside(finalPath);
  try {
    await make(temporary);
    await rename(temporary, finalPath).catch((error: unknown) => {
      throw writeFailure(error, finalPath);
    });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** A name that nothing has yet, in the same folder (made if missing), so that the rename stays on one disk. */
export async function temporaryBeside(finalPath: string): Promise<string> {
  const folder = dirname(finalPath);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, folder);
  });
  const extension = extname(finalPath);
  return join(folder, `${marker}${process.pid}-${randomBytes(4).toString('hex')}-${basename(finalPath, extension).slice(0, 80)}${extension}`);
}

/** Removes what a killed process left half-written in a folder. Files of living processes stay. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names) {
    const pid = name.startsWith(marker) ? Number(name.slice(marker.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A file system's refusal as a sentence; other errors as they are. */
export function writeFailure(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FailureError('diskFull', `The disk is full: ${path} could not be written.`, path);
    case 'EACCES':
    case 'EPERM':
      return new FailureError('notWritable', `${path} cannot be written: permission denied.`, path);
    case 'EROFS':
      return new FailureError('notWritable', `${path} cannot be written: the disk is read-only.`, path);
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOENT':
    case 'ENAMETOOLONG':
      return new FailureError('notWritable', `${path} cannot be written: ${(error as Error).message.split(',')[0]}.`, path);
    default:
      return error;
  }
}
