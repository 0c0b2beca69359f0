/** A project's media and takes by id, with files that were imported but not yet recorded by the window. */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { MediaItem, ProjectDocument, Take } from '../../document/schema.ts';

/** Finds a project's media and takes by id. */
export class MediaRecords {
  readonly #document: (projectId: string) => ProjectDocument;
  /** The cache job of a file may start before the document knows it. */
  readonly #imported = new Map<string, MediaItem>();

  /** `document` throws FailureError 'notFound' for a project that is not open. */
  constructor(document: (projectId: string) => ProjectDocument) {
    this.#document = document;
  }

  /** Throws FailureError 'notFound'. */
  item(projectId: string, mediaId: string): MediaItem {
    const { media } = this.#document(projectId);
    const item = Object.hasOwn(media, mediaId) ? media[mediaId] : this.#imported.get(mediaId);
    if (!item) throw new FailureError('notFound', sentence('media.noSuchMedia', { id: mediaId }));
    return item;
  }

  /** Throws FailureError 'notFound' for a project that is not open. */
  document(projectId: string): ProjectDocument {
    return this.#document(projectId);
  }

  items(projectId: string): readonly MediaItem[] {
    return Object.values(this.#document(projectId).media);
  }

  /** Throws FailureError 'notFound'. */
  take(projectId: string, takeId: string): Take {
    const { takes } = this.#document(projectId);
    const take = Object.hasOwn(takes, takeId) ? takes[takeId] : undefined;
    if (!take) throw new FailureError('notFound', sentence('media.noSuchTake', { id: takeId }));
    return take;
  }

  remember(item: MediaItem): void {
    this.#imported.set(item.id, item);
  }
}
