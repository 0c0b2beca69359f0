/** Which media of a project are missing, announced when that changes (a drive pulled out, a file that came back). */
import type { MediaItem } from '../../document/schema.ts';
import type { Emit } from '../services.node.ts';
import { isThere } from './playedFiles.node.ts';

/** Announces which media of a project are missing, whenever that changes. */
export class MissingWatch {
  readonly #emit: Emit;
  /** Ids that were missing, joined, by project. */
  readonly #last = new Map<string, string>();

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Ids of the items that are missing now. The first look announces nothing: opening already says it. */
  async look(projectId: string, items: readonly MediaItem[]): Promise<readonly string[]> {
    const gone = await Promise.all(items.map(async (item) => ((await isThere(item)) ? null : item.id)));
    const missingMediaIds = gone.filter((id) => id !== null);
    const state = missingMediaIds.join(' ');
    if (this.#last.has(projectId) && this.#last.get(projectId) !== state)
      this.#emit('media.missingChanged', { projectId, missingMediaIds });
    this.#last.set(projectId, state);
    return missingMediaIds;
  }
}
