/** What a window learns of a project that it opened, and the list of recent projects. */
import type { OpenedProject } from '../../contract/contract.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { fsFailure, type ProjectFs } from '../../disk/projectFs.node.ts';
import { findUnrecordedTakes, missingMedia, missingTakes } from '../../disk/takeFiles.node.ts';
import { activeSequence, sequenceDuration } from '../../document/query.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { Emit } from '../services.node.ts';
import type { StandingProject } from './openProject.node.ts';
import type { RecentProjects } from './recentProjects.node.ts';
import { thumbnailPath } from './thumbnail.node.ts';
import { sentenceOf } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';

/** `firstTime`: notices of recovery are shown once. */
export async function describeProject(
  fs: ProjectFs,
  project: StandingProject,
  firstTime: boolean,
): Promise<OpenedProject> {
  const { document, folder } = project;
  const [missingMediaIds, missingTakeIds, foundTakes] = await Promise.all([
    missingMedia(fs, document),
    missingTakes(fs, folder, document),
    findUnrecordedTakes(fs, folder, document),
  ]);
  return {
    projectId: document.id,
    folder: folder.folder,
    document,
    history: project.history,
    nextSeq: project.seq + 1,
    notices: firstTime ? project.notices : [],
    missingMediaIds,
    missingTakeIds,
    foundTakes,
  };
}

/**
 * Puts a project first in the recent list. A convenience: when the list cannot be written, a notice says so and nothing
 * stops. `missingCount` null keeps what the list says.
 */
export async function rememberProject(
  recent: RecentProjects,
  cache: CacheFolder,
  emit: Emit,
  { document, folder }: StandingProject,
  missingCount: number | null,
): Promise<void> {
  try {
    const before = (await recent.list()).find((other) => other.folder === folder.folder);
    await recent.put({
      folder: folder.folder,
      name: document.name,
      durationSeconds: secondsFromTicks(sequenceDuration(activeSequence(document))),
      editedAt: new Date().toISOString(),
      missingCount: missingCount ?? before?.missingCount ?? 0,
      thumbnail: await thumbnailPath(cache, folder, document),
    });
  } catch (error) {
    const { failure } = fsFailure(error, folder.folder, 'listed');
    const said = sentence('project.recentNotWritten', { reason: sentenceOf(failure) });
    emit('notice', { level: 'warning', sentence: said });
  }
}
