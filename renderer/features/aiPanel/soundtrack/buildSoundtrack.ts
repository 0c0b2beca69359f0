import type { SoundtrackRequest } from '../../../../core/actions/soundtrack/schema.ts';
import type { ClipPlace } from '../../../../core/document/query.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import { stems, type Draft } from '../../../services/aiDraft.ts';
import { hitsIn, wholeNow } from '../../../services/generation.ts';
import { soundtrackRange } from '../../../services/placeGeneration.ts';
import { partOfStem } from '../../../services/stemTakes.ts';
import type { Builder, Common } from '../build.ts';
import { stemsKey, type StemsGoal } from '../goal.ts';
import { loudnessOf } from './loudness.ts';

/** The first stem of a new soundtrack, or another take of the first selected stem: the others follow from it. */
export const buildSoundtrack: Builder = ({ state, document, draft, goal, common }) => {
  if (goal.kind === 'stems') return stemRequest(document, goal, goal.places[0]!, common, draft) ?? 'clip';
  const range = soundtrackRange();
  const sequence = document.sequences[document.activeSequenceId]!;
  const stem = stems.find((each) => draft.stems[each]);
  if (!range) return 'length';
  if (!stem) return 'stems';
  return {
    action: 'soundtrack',
    ...common,
    durationTicks: range.durationTicks,
    stem,
    source: null,
    sequenceRange: { sequenceId: sequence.id, ...range },
    hitTicks: hitsIn(sequence, range),
    tempoBpm: draft.tempoBpm,
    loudnessLufs: loudnessOf(state, draft),
  };
};

/**
 * What one of the stems is asked for; null for a clip that is not a stem. Words apply to the part alone; without any
 * the stem keeps its own.
 */
export function stemRequest(
  document: ProjectDocument,
  goal: StemsGoal,
  place: ClipPlace,
  common: Common,
  draft: Pick<Draft, 'takeLoudness'>,
): SoundtrackRequest | null {
  const asked = place.clip.generation?.request;
  if (asked?.action !== 'soundtrack') return null;
  const { prompt, ...rest } = common;
  const whole = wholeNow(document, asked);
  const part = goal.part ? partOfStem(document, place) : null;
  const take = part ? document.takes[part.takeId] : undefined;
  if (part && take) return { ...whole, ...rest, durationTicks: take.durationTicks, part: { ...part, prompt } };
  const chosen = draft.takeLoudness?.clipIds === stemsKey(goal) ? { loudnessLufs: draft.takeLoudness.lufs } : {};
  return { ...whole, ...rest, ...chosen, ...(prompt === '' ? {} : { prompt }) };
}
