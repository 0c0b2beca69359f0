/**
 * One folder (or file) an engine instance, named after its process. The editor and the command line may run at the same
 * time with one home: each writes under its own name, and the next to start takes over what dead ones left.
 */
import { stat, readdir, mkdir } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';

const namePattern = /^((\d+)-[0-9a-z]+)(\.taken\d+)?(\.json)?$/;

/** A name for this process's own files: it begins with the process id, by which others see whether it still runs. */
export function newInstanceName(): string {
  return `${process.pid}-${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
}

function isAlive(pid: number): boolean {
  // our own number on another's file: a number used again, its first owner is dead
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Entries of `folder` whose engine has ended. `ownNames` are this process' own. */
export async function leftByTheDead(folder: string, ownNames: readonly string[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const bootMs = Date.now() - uptime() * 1000;
  const left: string[] = [];
  for (const entry of await readdir(folder)) {
    const match = namePattern.exec(entry);
    if (!match || ownNames.includes(match[1] ?? '')) continue;
    const path = join(folder, entry);
    const written = await stat(path).then(
      (found) => found.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (!isAlive(Number(match[2])) || written < bootMs) left.push(path);
  }
  return left;
}
