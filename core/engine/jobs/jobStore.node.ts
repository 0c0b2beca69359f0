/** The queue on disk: `<home>/queue/<instance>.json`, rewritten whole on every change of state (not of progress). */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../contract/jobs.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { jobSchema } from './jobSchema.ts';
import { leftByTheDead, newInstanceName } from '../instanceFolder.node.ts';

const keepFinishedMs = 14 * 24 * 3600 * 1000;
const ownNames: string[] = [];

/** The queue's file of this engine. */
export interface JobStore {
  /** Jobs that engines have left which no longer run. */
  readonly found: readonly Job[];
  /** Resolves once this or a later state is on disk. */
  save(jobs: readonly Job[]): Promise<void>;
  /** After the last save: the file may be taken over, also by this process. */
  release(): void;
}

/** Opens this process's own queue file, and takes over unfinished jobs of processes that have ended. */
export async function openJobStore(folder: string): Promise<JobStore> {
  const name = newInstanceName();
  ownNames.push(name);
  const path = join(folder, `${name}.json`);
  const found: Job[] = [];
  const taken: string[] = [];
  for (const left of await leftByTheDead(folder, ownNames)) {
    if (!left.endsWith('.json')) continue;
    // renamed first: of two engines starting at once only one gets it; should this one die now, the next finds the new
    // name
    const mine = join(folder, `${name}.taken${taken.length}.json`);
    try {
      await rename(left, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    taken.push(mine);
    const content = await readJsonOrNull(mine);
    if (Array.isArray(content)) found.push(...content.flatMap((job) => jobSchema.safeParse(job).data ?? []));
  }

  let newest: readonly Job[] = [];
  /** The write that has not begun: it will hold the newest state, for every caller since. */
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();
  const save = (jobs: readonly Job[]): Promise<void> => {
    newest = jobs;
    next ??= last = last
      .catch(() => undefined)
      .then(() => {
        next = null;
        return writeJsonFile(path, newest);
      });
    return next;
  };

  const oldest = Date.now() - keepFinishedMs;
  const kept = found.filter((job) => job.finishedAt === null || Date.parse(job.finishedAt) > oldest);
  if (taken.length > 0) {
    await save(kept);
    for (const file of taken) await rm(file, { force: true });
  }
  return {
    found: kept,
    save,
    release: () => void ownNames.splice(ownNames.indexOf(name), 1),
  };
}
