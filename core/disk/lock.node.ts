/**
 * One engine a project: `lock` names the process that has it. A lock whose process is gone (kill -9, power cut) is
 * taken over. On Linux the process' start time tells a new process with an old number from the old one.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { FailureError } from '../contract/errors.ts';
import { errorCode, type ProjectFs } from './projectFs.node.ts';

const lockSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.string().nullable(),
  token: z.string(),
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

export interface ProjectLock {
  release(): Promise<void>;
}

/** Throws FailureError 'locked' when another engine has the project, and what the file system throws. */
export async function acquireLock(fs: ProjectFs, path: string, projectName: string): Promise<ProjectLock> {
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
      return { release: () => release(fs, path, own.token) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const held = await readLock(fs, path);
    if (held && held.host !== own.host) {
      throw new FailureError(
        'locked',
        `'${projectName}' is open on the computer '${held.host}'. If it is not, delete '${path}'.`,
        path,
      );
    }
    if (held && isAlive(held))
      throw new FailureError('locked', `'${projectName}' is open in another Framewright (process ${held.pid}).`, path);
    // the holder is dead, or was killed while it wrote the lock
    await fs.rm(path, { force: true });
  }
  throw new FailureError('locked', `'${projectName}' is being opened by another Framewright.`, path);
}

async function readLock(fs: ProjectFs, path: string): Promise<LockContent | null> {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(await fs.readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function release(fs: ProjectFs, path: string, token: string): Promise<void> {
  const held = await readLock(fs, path);
  if (held?.token === token) await fs.rm(path, { force: true });
}
