/** What a clip shows that was made, and what is on its way. */
import type { Clip, ProjectDocument, Take } from '../../core/document/schema.ts';
import type { EditorState } from './editor.ts';
import { isActive } from './jobs.ts';

/** The take that a clip shows; null where it shows what was filmed, or nothing yet. */
export function shownTake(document: ProjectDocument, clip: Clip): Take | null {
  const id = clip.generation?.activeTakeId;
  return (id && document.takes[id]) || null;
}

/** A take of the clip waits or is being made. */
export function isBeingMade({ jobs }: Pick<EditorState, 'jobs'>, clipId: string): boolean {
  return Object.values(jobs).some(
    (job) => job.spec.kind === 'generation' && job.spec.clipId === clipId && isActive(job),
  );
}

/** Down from a take through all that `action` made: what the lowest was made of; null = what was filmed. */
export function takeBelow(document: ProjectDocument, shown: Take | null, action: Take['action']): Take | null {
  const seen = new Set<Take>();
  let take = shown;
  // the document may be anybody's: takes that are made of each other end where they close
  while (take?.action === action && !seen.has(take)) {
    seen.add(take);
    take = (take.parentTakeId && document.takes[take.parentTakeId]) || null;
  }
  return take?.action === action ? null : take;
}
