/** What the open projects and this machine's cache hold that no output may replace. */
import { join } from 'node:path';
import type { ProjectDocument } from '../document/schema.ts';
import { mediaPathProblem } from './mediaPath.node.ts';
import { guardOutputs, type Kept, type OutputGuard } from './outputGuard.node.ts';
import { projectFolder } from './projectFolder.node.ts';
import { namesIn, nodeFs } from './projectFs.node.ts';

/** A project as a guard needs it. */
export interface GuardedProject {
  readonly document: Pick<ProjectDocument, 'media'>;
  readonly folder: string;
}

/** Keeps all media of these projects, used in a clip or not, their takes and own folders, and the cache. */
export async function guardProjects(projects: readonly GuardedProject[], cacheFolder: string): Promise<OutputGuard> {
  const kept = await Promise.all(projects.map(keptOf));
  return guardOutputs([...kept.flat(), { path: cacheFolder, as: 'cache' }]);
}

async function keptOf({ document, folder }: GuardedProject): Promise<Kept[]> {
  const { takes, media, backups } = projectFolder(folder);
  // one by one as well: each may have a second name elsewhere
  const takeNames = await namesIn(nodeFs, takes).catch(() => []);
  return [
    ...Object.values(document.media)
      .filter(({ path }) => mediaPathProblem(path) === null)
      .map(({ path }): Kept => ({ path, as: 'source' })),
    ...[takes, ...takeNames.map((name) => join(takes, name))].map((path): Kept => ({ path, as: 'take' })),
    ...[media, backups].map((path): Kept => ({ path, as: 'projectFile' })),
  ];
}
