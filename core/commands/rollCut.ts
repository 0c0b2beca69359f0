import { abut, type ClipPlace } from '../document/query.ts';
import type { Sequence } from '../document/schema.ts';
import { clipHandles } from '../document/sources.ts';
import type { Command } from './commands.ts';
import { fitFades, moveEnd, moveStart } from './shared/edges.ts';
import {
  clamp,
  linkedPlaces,
  minimumTicks,
  requireOpenClip,
  requireSequence,
  requireTicks,
  requireUnlocked,
} from './shared/require.ts';
import { snapTowards } from './shared/snap.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/**
 * Moves a cut: the left clip's out and the right clip's in together. Where their linked clips meet at the same tick,
 * that cut rolls too.
 */
export const rollCut: Command<'rollCut'> = (draft, { sequenceId, leftClipId, rightClipId, toTicks }) => {
  requireTicks(toTicks);
  const sequence = requireSequence(draft, sequenceId);
  const left = requireOpenClip(sequence, leftClipId);
  const right = requireOpenClip(sequence, rightClipId);
  if (left.track.id !== right.track.id || !abut(left.clip, right.clip))
    refuse('notTouching', { left: left.clip.name, right: right.clip.name });
  const cutTicks = right.clip.startTicks;
  const cuts = linkedCuts(sequence, left, right);
  let low = -Infinity;
  let high = Infinity;
  const frame = minimumTicks(sequence);
  for (const cut of cuts) {
    requireUnlocked(cut.left.track);
    low = Math.max(low, frame - cut.left.clip.durationTicks, -clipHandles(draft, cut.right.clip).headTicks);
    high = Math.min(high, cut.right.clip.durationTicks - frame, clipHandles(draft, cut.left.clip).tailTicks);
  }
  const wanted = toTicks - cutTicks;
  const allowed = clamp(wanted, Math.min(0, low), Math.max(0, high));
  const delta = allowed === wanted ? wanted : snapTowards(sequence, cutTicks, allowed);
  for (const cut of cuts) {
    moveEnd(cut.left.clip, delta);
    moveStart(cut.right.clip, delta);
    fitFades(cut.left.clip);
    fitFades(cut.right.clip);
  }
  tidySequence(sequence);
};

function linkedCuts(sequence: Sequence, left: ClipPlace, right: ClipPlace): { left: ClipPlace; right: ClipPlace }[] {
  const lefts = linkedPlaces(sequence, left.clip);
  return linkedPlaces(sequence, right.clip).flatMap((other) => {
    const partner = lefts.find(
      (place) =>
        place.track.id === other.track.id &&
        abut(place.clip, other.clip) &&
        other.clip.startTicks === right.clip.startTicks,
    );
    return partner ? [{ left: partner, right: other }] : [];
  });
}
