/**
 * Folders for work in progress: `<home>/scratch/<instance>/<name>`. Each is removed by its owner; what a dead
 * engine left is removed at the next start.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { leftByTheDead, newInstanceName } from './instanceFolder.node.ts';

export interface Scratch {
  /** A new, empty folder. */
  take(name: string): Promise<string>;
  close(): Promise<void>;
}

const ownNames: string[] = [];

/** A folder for temporary files of this process. Removes those that dead processes left behind. */
export async function createScratch(root: string): Promise<Scratch> {
  const name = newInstanceName();
  ownNames.push(name);
  for (const folder of await leftByTheDead(root, ownNames)) await rm(folder, { recursive: true, force: true });
  const own = join(root, name);
  await mkdir(own, { recursive: true });
  return {
    take: (purpose) => mkdtemp(join(own, `${purpose}-`)),
    async close() {
      await rm(own, { recursive: true, force: true });
      ownNames.splice(ownNames.indexOf(name), 1);
    },
  };
}
