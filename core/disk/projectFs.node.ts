/** The file system as this folder uses it: one place to fail in tests (disk full), one that says why it failed. */
import fsPromises from 'node:fs/promises';
import { FailureError } from '../contract/errors.ts';

/** What of node:fs/promises projects are read and written with. */
export type ProjectFs = Pick<
  typeof fsPromises,
  'open' | 'rename' | 'mkdir' | 'readdir' | 'rm' | 'copyFile' | 'access' | 'stat' | 'lstat' | 'realpath'
>;

/** The real file system. */
export const nodeFs: ProjectFs = fsPromises;

/** Node's code of a file system error ('ENOENT'), or undefined. */
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

/** A refusal to write as a FailureError 'diskFull' or 'notWritable'; other errors as they are. */
export function writeFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
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

/** True when something lies at the path, whatever it is. */
export async function exists(fs: Pick<ProjectFs, 'access'>, path: string): Promise<boolean> {
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
