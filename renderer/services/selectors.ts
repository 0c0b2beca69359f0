/** Reads of the store that several features share. */
import { activeSequence, findClipIn, type ClipPlace } from '../../core/document/query.ts';
import type { GenerationFacts } from '../../core/document/generationState.ts';
import type { Sequence } from '../../core/document/schema.ts';
import type { EditorState } from './editor.ts';

/** null on the start screen. */
export function sequenceOf(state: EditorState): Sequence | null {
  return state.document ? activeSequence(state.document) : null;
}

/** The selected clips that still stand, in the order they were selected. */
export function selectedPlaces(state: EditorState): ClipPlace[] {
  const sequence = sequenceOf(state);
  if (!sequence) return [];
  return state.selection.clipIds.flatMap((id) => findClipIn(sequence, id) ?? []);
}

/** Whether AI controls are shown; true without a project. */
export function aiShown(state: EditorState): boolean {
  return state.document?.aiEnabled ?? true;
}

/**
 * What `generationState()` needs, out of the store. Not stable between calls: derive from it, do not subscribe to it.
 */
export function generationFacts(state: EditorState): GenerationFacts {
  return { jobs: Object.values(state.jobs), missingTakeIds: missingTakes(state), staleClips: state.staleClips };
}

/** Ids of takes whose files are missing. */
export function missingTakes(state: EditorState): string[] {
  return Object.values(state.takeAssets)
    .filter((assets) => assets.missing)
    .map((assets) => assets.takeId);
}

/** Whether a project is open and not read-only. */
export function canEdit(state: EditorState): boolean {
  return state.document !== null && !state.readOnly;
}
