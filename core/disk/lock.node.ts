/**
 * One engine per project: the file `lock` names the process that holds it. A lock whose process has ended (kill -9,
 * power cut) is taken over, and so is anything else found in its place. Process ids are reused: on Linux the start
 * time tells the holder from a later process with the same id.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { parseJsonOrNull } from './jsonFile.node.ts';
import { readPlainFile, RefusedFile, sizeLimits } from './plainFile.node.ts';
import { projectNameOf, type ProjectFolder } from './projectFolder.node.ts';
import { errorCode, type ProjectFs } from './projectFs.node.ts';

const lockSchema = z.object({
  pid: z.number().int().positive().max(0x7fffffff),
  host: z.string().max(255),
  startedAt: z.string().max(100).nullable(),
  token: z.string().max(64),
});
type LockContent = z.infer<typeof lockSchema>;

/** When a process began, in the kernel's ticks since boot, with the boot's own id; null where that cannot be had. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // field 22; the name in field 2 may hold spaces and brackets
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return null;
  }
}

function isAlive(lock: LockContent): boolean {
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return lock.startedAt === null || lock.startedAt === processStart(lock.pid);
}

/** A lock that is held; `release` leaves another's alone. */
export interface ProjectLock {
  release(): Promise<void>;
}

/** Throws FailureError 'locked' when another engine has the project, and what the file system throws. */
export async function acquireLock(fs: ProjectFs, folder: ProjectFolder): Promise<ProjectLock> {
  const path = folder.lock;
  const projectName = projectNameOf(folder.folder);
  const own: LockContent = {
    pid: process.pid,
    host: hostname(),
    startedAt: processStart(process.pid),
    token: randomBytes(8).toString('hex'),
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await fs.open(path, 'wx');
      try {
        await file.writeFile(JSON.stringify(own));
      } finally {
        await file.close();
      }
      return { release: () => release(fs, folder, own.token) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const held = await readLock(fs, folder);
    if (held && held.host !== own.host) {
      throw new FailureError(
        'locked',
        sentence('project.openElsewhere', { name: projectName, host: held.host, path }),
        path,
      );
    }
    if (held && isAlive(held))
      throw new FailureError('locked', sentence('project.openHere', { name: projectName, pid: held.pid }), path);
    // the holder has ended, or was killed while it wrote the lock
    await fs.rm(path, { force: true });
  }
  throw new FailureError('locked', sentence('project.beingOpened', { name: projectName }), path);
}

/** null when the lock cannot be read: it was cut off while being written, or is a link or a device. */
async function readLock(fs: ProjectFs, folder: ProjectFolder): Promise<LockContent | null> {
  try {
    const bytes = await readPlainFile(fs, folder.folder, folder.lock, sizeLimits.lock);
    return lockSchema.safeParse(parseJsonOrNull(bytes.toString('utf8'))).data ?? null;
  } catch (error) {
    if (error instanceof RefusedFile || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function release(fs: ProjectFs, folder: ProjectFolder, token: string): Promise<void> {
  const held = await readLock(fs, folder);
  if (held?.token === token) await fs.rm(folder.lock, { force: true });
}
