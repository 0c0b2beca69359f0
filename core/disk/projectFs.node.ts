/** The file system as this folder uses it: one place to fail in tests (disk full), one that says why it failed. */
import fsPromises from 'node:fs/promises';
import { FailureError, type FailureCode } from '../contract/errors.ts';
import { anySentence, sentence, type SentenceParam } from '../contract/sentence.ts';
import type { sentences } from '../contract/sentences.ts';

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

/** What could not be done with a file: a name in `fileNot` of the sentences. */
export type FileWork = keyof typeof sentences.fileNot;

/** A file system's error as a FailureError that says what could not be done and why. */
export function fsFailure(error: unknown, path: string, doing: FileWork): FailureError {
  if (error instanceof FailureError) return error;
  const failed = (code: FailureCode, reason: SentenceParam) =>
    new FailureError(code, sentence('file.failed', { what: anySentence(`fileNot.${doing}`, { path }), reason }), path);
  const isReading = doing === 'opened' || doing === 'read';
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return failed('diskFull', sentence('fileReason.diskFull'));
    case 'EACCES':
    case 'EPERM':
      return failed(isReading ? 'notReadable' : 'notWritable', sentence('fileReason.noPermission'));
    case 'EROFS':
      return failed(isReading ? 'notReadable' : 'notWritable', sentence('fileReason.readOnly'));
    case 'ENOENT':
    case 'ENOTDIR':
      return failed('notFound', sentence('fileReason.missing'));
    case 'ENAMETOOLONG':
      return failed(isReading ? 'notReadable' : 'notWritable', sentence('fileReason.nameTooLong'));
    default:
      return failed('internal', error instanceof Error ? error.message : String(error));
  }
}

/** A refusal to write as a FailureError 'diskFull' or 'notWritable'; other errors as they are. */
export function writeFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FailureError('diskFull', sentence('file.diskFull', { path }), path);
    case 'EACCES':
    case 'EPERM':
      return notWritable(path, sentence('fileReason.noPermission'));
    case 'EROFS':
      return notWritable(path, sentence('fileReason.readOnly'));
    case 'EISDIR':
    case 'ENOTEMPTY':
      return notWritable(path, sentence('fileReason.folderInPlace'));
    case 'ENAMETOOLONG':
      return notWritable(path, sentence('fileReason.nameTooLong'));
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
    case 'EFBIG':
    case 'EINVAL':
      return notWritable(path, (error as Error).message.split(',')[0]!);
    default:
      return error;
  }
}

function notWritable(path: string, reason: SentenceParam): FailureError {
  return new FailureError('notWritable', sentence('file.notWritten', { path, reason }), path);
}

/** True when the path exists, whatever its kind. */
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
