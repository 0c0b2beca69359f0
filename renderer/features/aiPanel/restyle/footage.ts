import type { ProjectDocument } from '../../../../core/document/schema.ts';
import { originOf } from '../../../../core/render/origin.ts';
import { sourceOfClip } from '../../../services/placeGeneration.ts';
import type { Draft } from '../../../services/aiDraft.ts';
import type { AiAction } from '../../../services/editor.ts';
import type { Goal } from '../goal.ts';

/** How an edit of footage is made without a pack. */
export type FootageWay = 'look' | 'removal' | 'addition' | 'join';

/** Whether an edit is of footage: looks and removals are made at its own size then, and no pack runs. */
export function isOnFootage(document: ProjectDocument | null, goal: Goal | null): boolean {
  if (!document || goal?.kind !== 'takeOf') return false;
  const source = sourceOfClip(document, goal.place.clip);
  return source !== null && originOf(source, document) === 'footage';
}

/** The way that an action on the goal is made, as it is set in the panel; null where a pack makes it. */
export function footageWayOf(
  document: ProjectDocument | null,
  goal: Goal | null,
  action: AiAction,
  edit: Draft['edit'],
): FootageWay | null {
  const way = action === 'restyle' ? 'look' : action !== 'inpaint' ? null : edit === 'remove' ? 'removal' : 'addition';
  return way !== null && isOnFootage(document, goal) ? way : null;
}
