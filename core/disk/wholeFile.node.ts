/**
 * The one way to write a file: under a temporary name in the same folder, synced, renamed, the folder synced. A file is
 * whole or not there, and lasts through a power cut once the call returns. The temporary file is always created, and a
 * rename replaces a link instead of following it: nothing is ever written through a link.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { byteLength, withinBytes } from '../document/nameLength.ts';
import { renamedFailure } from './renamedFailure.node.ts';
import { errorCode, nodeFs, writeFailure, type ProjectFs } from './projectFs.node.ts';

const marker = '.part-';
/** Process numbers of another computer mean nothing here: the name says which computer's they are. */
const computer = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

function ownPrefix(): string {
  return `${marker}${process.pid}-${computer}-${randomBytes(4).toString('hex')}`;
}

/** Bytes of a file's own name that its temporary name repeats: short enough for every file system. */
const repeatedBytes = 60;
const longestEndingBytes = 16;

/** Ends like the final name, as far as that ending is a file type. */
function temporaryName(finalPath: string): string {
  const extension = extname(finalPath);
  const ending = byteLength(extension) <= longestEndingBytes ? extension : '';
  const repeated = withinBytes(basename(finalPath, extension), repeatedBytes);
  return join(dirname(finalPath), `${ownPrefix()}-${repeated}${ending}`);
}

/** Removes what failed work left. Never throws: why the work failed matters more. */
export async function removeLeft(path: string, fs: Pick<ProjectFs, 'rm'> = nodeFs): Promise<void> {
  await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Makes a rename last. Windows cannot open folders; its file systems journal names themselves. */
export async function syncFolder(fs: ProjectFs, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes `data` whole, or leaves the old file as it was. The folder must exist. Throws what the file system throws
 * (ENOSPC, EACCES).
 */
export async function writeWholeFile(path: string, data: string | Uint8Array, fs: ProjectFs = nodeFs): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await fs.open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await removeLeft(temporary, fs);
    throw error;
  }
  await syncFolder(fs, dirname(path));
}

/**
 * For large files that a child process makes: runs `make` with a temporary path in the final file's folder (made if
 * missing, same extension), then syncs, asks `beforeRename` and renames. Whatever goes wrong, nothing is left under
 * either name, and the failure names the final file. Throws FailureError 'notWritable' or 'diskFull' where the folder
 * is at fault, and what `make` and `beforeRename` throw.
 */
export async function makeWholeFile(
  finalPath: string,
  make: (temporaryPath: string) => Promise<void>,
  beforeRename: () => Promise<void> = async () => undefined,
): Promise<void> {
  await requireNameThatFits(finalPath);
  const temporary = await temporaryBeside(finalPath);
  try {
    await make(temporary);
    await syncFile(temporary);
    await beforeRename();
    await nodeFs.rename(temporary, finalPath);
    await syncFolder(nodeFs, dirname(finalPath));
  } catch (error) {
    await removeLeft(temporary);
    throw namingFinal(error, temporary, finalPath);
  }
}

/** Throws FailureError 'notWritable' before any work where the disk takes no such name. */
async function requireNameThatFits(path: string): Promise<void> {
  await nodeFs.lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENAMETOOLONG') throw writeFailure(error, path);
  });
}

/** A failure about the temporary file as one about the file that the user knows. */
export function namingFinal(error: unknown, temporary: string, finalPath: string): unknown {
  if (error instanceof FailureError) return renamedFailure(error, temporary, finalPath);
  const { path, dest } = (error ?? {}) as { path?: string; dest?: string };
  // a write through an open file says neither
  const isOurs = path === temporary || dest === temporary || (path === undefined && dest === undefined);
  return isOurs ? writeFailure(error, finalPath) : error;
}

/** Puts a closed file's content on the disk. Throws what the file system throws. */
export async function syncFile(path: string, fs: ProjectFs = nodeFs): Promise<void> {
  // Windows syncs only what is open for writing; elsewhere a read-only file can be synced too
  const handle = await fs.open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Asked before long work: does the folder exist, and does it take a file? Throws FailureError 'notFound',
 * 'notWritable' or 'diskFull'.
 */
export async function requireWritableFolder(folder: string): Promise<void> {
  if (!(await nodeFs.stat(folder).catch(() => null))?.isDirectory())
    throw new FailureError('notFound', sentence('file.folderMissing', { path: folder }), folder);
  // permissions do not tell for every file system: try it
  const trial = join(folder, ownPrefix());
  try {
    await (await nodeFs.open(trial, 'wx')).close();
  } catch (error) {
    const failure = writeFailure(error, folder);
    throw failure instanceof FailureError && failure.failure.code !== 'diskFull'
      ? new FailureError('notWritable', sentence('file.folderNotWritable', { path: folder }), folder)
      : failure;
  } finally {
    await removeLeft(trial);
  }
}

/**
 * An unused name in the same folder (made if missing), so that the rename stays on one disk. Removes what killed
 * processes left half-written there.
 */
export async function temporaryBeside(finalPath: string): Promise<string> {
  const folder = dirname(finalPath);
  await nodeFs.mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, folder);
  });
  await removeLeftovers(folder);
  return temporaryName(finalPath);
}

/**
 * Removes what a killed process left half-written in a folder. Files of living processes and of other computers stay.
 */
export async function removeLeftovers(folder: string, fs: ProjectFs = nodeFs): Promise<void> {
  const names = await fs.readdir(folder).catch(() => [] as string[]);
  for (const name of names) {
    if (!name.startsWith(marker)) continue;
    const [pid, where] = name.slice(marker.length).split('-');
    if (where === computer && Number.isInteger(Number(pid)) && !isAlive(Number(pid)))
      await fs.rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
