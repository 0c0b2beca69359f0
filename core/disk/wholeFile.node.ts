/** Large files made by a child process: written beside under a name of their own, renamed when whole. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { FailureError } from '../contract/errors.ts';

const marker = '.part-';
/** Whose process the number in a name is: on a shared drive another computer's numbers mean nothing here. */
const computer = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

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

/**
 * Asked before long work: is the folder there, and does it take a file? Throws FailureError 'notFound', 'notWritable'
 * or 'diskFull'.
 */
export async function requireWritableFolder(folder: string): Promise<void> {
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new FailureError('notFound', `The folder ${folder} is not there.`, folder);
  // what the permissions say is not what every file system does: tried, not asked
  const trial = join(folder, `${marker}${process.pid}-${computer}-${randomBytes(4).toString('hex')}`);
  try {
    await writeFile(trial, '', { flag: 'wx' });
  } catch (error) {
    const failure = writeFailure(error, folder);
    throw failure instanceof FailureError && failure.failure.code !== 'diskFull'
      ? new FailureError('notWritable', `The folder ${folder} cannot be written to.`, folder)
      : failure;
  } finally {
    await rm(trial, { force: true });
  }
}

/**
 * A name that nothing has yet, in the same folder (made if missing), so that the rename stays on one disk. What killed
 * processes left half-written there goes.
 */
export async function temporaryBeside(finalPath: string): Promise<string> {
  const folder = dirname(finalPath);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, folder);
  });
  await removeLeftovers(folder);
  const extension = extname(finalPath);
  return join(
    folder,
    `${marker}${process.pid}-${computer}-${randomBytes(4).toString('hex')}-${basename(finalPath, extension).slice(0, 80)}${extension}`,
  );
}

/**
 * Removes what a killed process left half-written in a folder. Files of living processes and of other computers stay.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names) {
    if (!name.startsWith(marker)) continue;
    const [pid, where] = name.slice(marker.length).split('-');
    if (where === computer && Number.isInteger(Number(pid)) && !isAlive(Number(pid)))
      await rm(join(folder, name), { recursive: true, force: true });
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
      return new FailureError(
        'notWritable',
        `${path} cannot be written: ${(error as Error).message.split(',')[0]}.`,
        path,
      );
    default:
      return error;
  }
}
