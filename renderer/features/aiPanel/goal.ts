/** What pressing the panel's button leads to, before anything is checked. */
import { findClip, type ClipPlace } from '../../../core/document/query.ts';
import { assertNever } from '../../../core/time/assertNever.ts';
import { ticksFromSeconds, type Ticks } from '../../../core/time/ticks.ts';
import type { Draft } from '../../services/aiDraft.ts';
import type { AiAction, EditorState } from '../../services/editor.ts';
import { soundtrackRange } from '../../services/placeGeneration.ts';
import { partOfStem, selectedStems } from '../../services/stemTakes.ts';
import { useStemTarget } from './soundtrack/stemTarget.ts';

/** A new clip, a gap, another take of a clip, a new soundtrack, or other takes of stems. */
export type Goal =
  | { readonly kind: 'newClip' }
  | { readonly kind: 'gap'; readonly trackId: string; readonly startTicks: number; readonly durationTicks: number }
  | { readonly kind: 'takeOf'; readonly place: ClipPlace }
  | { readonly kind: 'soundtrack' }
  | StemsGoal;

/** Stems that exist: another take of each, or their marked part regenerated. */
export interface StemsGoal {
  readonly kind: 'stems';
  readonly places: readonly ClipPlace[];
  readonly part: boolean;
}

/** null = a clip must be selected first. */
export function goalOf(state: EditorState, action: AiAction, draft: Draft): Goal | null {
  if (action === 'soundtrack') return stemsGoal(state) ?? { kind: 'soundtrack' };
  const place = selectedPicture(state);
  if (action === 'inpaint' || action === 'restyle') return place ? { kind: 'takeOf', place } : null;
  if (state.selection.gap) return { kind: 'gap', ...state.selection.gap };
  const isGenerated = place?.clip.reference.kind === 'generated' && place.clip.generation;
  return place && isGenerated && !draft.asNewClip ? { kind: 'takeOf', place } : { kind: 'newClip' };
}

function stemsGoal(state: EditorState): Goal | null {
  const { target } = useStemTarget.getState();
  const places = target === 'new' || !state.document ? [] : selectedStems(state);
  if (places.length === 0) return null;
  const marked = places.filter((place) => partOfStem(state.document!, place) !== null);
  return target === 'part' && marked.length > 0
    ? { kind: 'stems', places: marked, part: true }
    : { kind: 'stems', places, part: false };
}

/** Which stems a choice in the panel was made for. */
export const stemsKey = (goal: StemsGoal): string => goal.places.map((place) => place.clip.id).join(' ');

/** The first selected clip with a picture that an edit could be of. */
export function selectedPicture(state: EditorState): ClipPlace | null {
  if (!state.document) return null;
  for (const id of state.selection.clipIds) {
    const place = findClip(state.document, id);
    if (place && place.track.kind === 'video' && place.clip.reference.kind !== 'title') return place;
  }
  return null;
}

/** How long the result is; null while nothing says so. */
export function goalTicks(goal: Goal | null, draft: Pick<Draft, 'seconds'>): Ticks | null {
  switch (goal?.kind) {
    case 'newClip':
      return ticksFromSeconds(draft.seconds);
    case 'gap':
      return goal.durationTicks;
    case 'takeOf':
      return goal.place.clip.durationTicks;
    case 'stems':
      return goal.places[0]?.clip.durationTicks ?? null;
    case 'soundtrack':
      return soundtrackRange()?.durationTicks ?? null;
    case undefined:
      return null;
    default:
      return assertNever(goal);
  }
}
