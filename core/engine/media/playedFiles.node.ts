/** The files that clips play: where a media item or a take lies, and its facts. */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import { mediaPathProblem } from '../../disk/mediaPath.node.ts';
import type { MediaItem } from '../../document/schema.ts';
import type { ProjectStore } from '../services.node.ts';
import type { FactsStore, KnownFile } from './factsStore.node.ts';
import type { MediaRecords } from './mediaRecords.ts';

/** Whether a media item's file can be tried at all. */
export async function isThere(item: Pick<MediaItem, 'path'>): Promise<boolean> {
  return mediaPathProblem(item.path) === null && (await exists(item.path));
}

/** Throws FailureError 'notFound' naming the file and the reason. `missing`: the sentence for a file that is gone. */
export async function requireThere(
  { name, path }: Pick<MediaItem, 'name' | 'path'>,
  missing: 'media.missing' | 'media.missingRelink' = 'media.missing',
): Promise<void> {
  const problem = mediaPathProblem(path);
  if (problem !== null) throw new FailureError('notFound', sentence('media.badPath', { name, path, problem }), path);
  if (!(await exists(path))) throw new FailureError('notFound', sentence(missing, { name, path }), path);
}

/** Finds the file behind a media item or a take, with its facts and content key. */
export class PlayedFiles {
  readonly records: MediaRecords;
  readonly facts: FactsStore;
  readonly #projects: Pick<ProjectStore, 'takePath'>;

  constructor(records: MediaRecords, facts: FactsStore, projects: Pick<ProjectStore, 'takePath'>) {
    this.records = records;
    this.facts = facts;
    this.#projects = projects;
  }

  /** Throws FailureError 'notFound' when it is missing, and as probing does. */
  async media(projectId: string, mediaId: string): Promise<KnownFile> {
    const item = this.records.item(projectId, mediaId);
    await requireThere(item, 'media.missingRelink');
    return this.facts.of(item.path);
  }

  /** Where a take's file lies, there or not. Throws FailureError for a link or a name that leads out of the project. */
  takePath(projectId: string, takeId: string): string {
    return this.#projects.takePath(projectId, this.records.take(projectId, takeId));
  }

  /** Throws FailureError 'notFound' when it is missing, and as probing does. */
  async take(projectId: string, takeId: string): Promise<KnownFile> {
    const path = this.takePath(projectId, takeId);
    if (await exists(path)) return this.facts.of(path);
    const { file } = this.records.take(projectId, takeId);
    throw new FailureError('notFound', sentence('media.takeMissing', { file }), path);
  }
}
