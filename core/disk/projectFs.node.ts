/** The file system as the project store uses it: one place to fail in tests (disk full), one to say why it failed. */
import fsPromises from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { FailureError } from '../contract/errors.ts';

export type ProjectFs = Pick<
  typeof fsPromises,
  'open' | 'rename' | 'readFile' | 'mkdir' | 'readdir' | 'rm' | 'copyFile' | 'access' | 'stat' | 'realpath' | 'link'
>;

export const nodeFs: ProjectFs = fsPromises;

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

/** A file system's error as a sentence. `doing` is what could not be done: 'saved', 'opened'. */
export function fsFailure(error: unknown, path: string, doing: string): FailureError {
  if (error instanceof FailureError) return error;
  const code = errorCode(error);
  const start = `'${path}' could not be ${doing}`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FailureError('diskFull', `${start}: the disk is full.`, path);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const reading = doing === 'opened' || doing === 'read';
    return new FailureError(
      reading ? 'notReadable' : 'notWritable',
      `${start}: ${code === 'EROFS' ? 'the disk is read-only' : 'permission denied'}.`,
      path,
    );
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FailureError('notFound', `${start}: it is not there.`, path);
  return new FailureError('internal', `${start}: ${error instanceof Error ? error.message : String(error)}.`, path);
}

/** Makes a rename last through a power cut. Windows cannot open folders; its file systems journal names themselves. */
export async function syncFolder(fs: ProjectFs, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whole or not at all, and on the disk when it answers: temporary file, fsync, rename, fsync of the folder. */
export async function writeDurable(fs: ProjectFs, path: string, data: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await fs.open(temporary, 'w');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(fs, dirname(path));
}

export async function exists(fs: ProjectFs, path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}

/** Names in a folder; none when the folder is not there. */
export async function namesIn(fs: ProjectFs, folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
