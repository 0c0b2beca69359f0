import { clipEnd } from '../document/query.ts';
import type { Sequence, Track } from '../document/schema.ts';
import { rangesOverlap } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { clearRange, insertClip, openGap, plainClip, takeOut } from './shared/place.ts';
import {
  linkedIds,
  requireFitsTrack,
  requireOpenClips,
  requireSequence,
  requireTicks,
  requireTrack,
  requireUnlocked,
} from './shared/require.ts';
import { refuse } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/** Moves clips to other places and tracks. A crossfade between two of them goes along. */
export const moveClips: Command<'moveClips'> = (draft, { sequenceId, moves, mode }) => {
  const sequence = requireSequence(draft, sequenceId);
  const ids = moves.map((move) => move.clipId);
  if (new Set(ids).size !== ids.length) refuse('namedTwice');
  const places = requireOpenClips(sequence, ids);
  if (linkedIds(sequence, ids).length > ids.length) {
    refuse('linkedMissing');
  }
  const moved = moves.map((move, index) => {
    requireTicks(move.startTicks);
    const { track: from, clip } = places[index]!;
    if (move.startTicks < 0) refuse('clipBeforeStart', { clip: clip.name });
    const to = requireTrack(sequence, move.trackId);
    requireUnlocked(to);
    if (to.kind !== from.kind) refuse('wrongTrackKind', { clip: clip.name, track: to.name });
    if (to.id !== from.id) requireFitsTrack(draft, to, clip);
    return { from, to, clip: { ...plainClip(clip), startTicks: move.startTicks } };
  });
  for (const [index, one] of moved.entries()) {
    const other = moved.find(
      (candidate, place) => place > index && candidate.to.id === one.to.id && rangesOverlap(candidate.clip, one.clip),
    );
    if (other) refuse('overlap', { clip: one.clip.name, other: other.clip.name });
  }
  carryTransitions(sequence, moved);
  const movedIds = new Set(ids);
  for (const track of sequence.tracks) takeOut(track, movedIds);
  if (mode === 'insert') {
    const startTicks = Math.min(...moved.map(({ clip }) => clip.startTicks));
    const endTicks = Math.max(...moved.map(({ clip }) => clipEnd(clip)));
    openGap(sequence, new Set(moved.map(({ to }) => to.id)), startTicks, endTicks - startTicks);
  }
  for (const { to, clip } of moved) {
    if (mode === 'overwrite') clearRange(to, clip.startTicks, clipEnd(clip));
    insertClip(to, clip);
  }
  tidySequence(sequence);
};

/** Transitions live on tracks: one whose two clips go to the same other track changes track with them. */
function carryTransitions(
  sequence: Sequence,
  moved: readonly { from: Track; to: Track; clip: { id: string } }[],
): void {
  const target = new Map(moved.map(({ to, clip }) => [clip.id, to]));
  for (const track of sequence.tracks) {
    const leaving = track.transitions.filter((transition) => {
      const to = target.get(transition.fromClipId);
      return to !== undefined && to.id !== track.id && target.get(transition.toClipId)?.id === to.id;
    });
    if (leaving.length === 0) continue;
    const ids = new Set(leaving.map((transition) => transition.id));
    for (const transition of leaving) target.get(transition.fromClipId)!.transitions.push({ ...transition });
    track.transitions = track.transitions.filter((transition) => !ids.has(transition.id));
  }
}
