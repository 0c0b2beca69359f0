import type { Sequence } from '../document/schema.ts';
import { clipEnd, clipsInRange } from '../document/query.ts';
import type { Ticks } from '../time/ticks.ts';
import type { Command } from './commands.ts';
import { takeOut } from './shared/place.ts';
import { requireOpenClips, requireSequence } from './shared/require.ts';
import { ripple } from './shared/ripple.ts';
import { tidySequence } from './shared/tidy.ts';

interface Hole {
  readonly trackId: string;
  readonly startTicks: Ticks;
  readonly endTicks: Ticks;
}

/** Takes clips off their tracks (their takes stay in the project). With ripple, what follows closes up. */
export const removeClips: Command<'removeClips'> = (draft, { sequenceId, clipIds, ripple: rippling }) => {
  const sequence = requireSequence(draft, sequenceId);
  const groups = new Map<string, Hole[]>();
  for (const { track, clip } of requireOpenClips(sequence, clipIds)) {
    const key = clip.linkId === null ? `clip ${clip.id}` : `link ${clip.linkId}`;
    groups.set(key, [
      ...(groups.get(key) ?? []),
      { trackId: track.id, startTicks: clip.startTicks, endTicks: clipEnd(clip) },
    ]);
  }
  const named = new Set(clipIds);
  for (const track of sequence.tracks) takeOut(track, named);
  if (rippling) {
    // from the last hole to the first: closing one does not move those before it
    const holes = [...groups.values()].toSorted((a, b) => latestStart(b) - latestStart(a));
    for (const group of holes) closeHoles(sequence, group);
  }
  tidySequence(sequence);
};

function latestStart(holes: readonly Hole[]): Ticks {
  return Math.max(...holes.map((hole) => hole.startTicks));
}

/**
 * Linked clips leave holes of different lengths (an L-cut): all close by the shortest, so that what follows stays in
 * sync.
 */
function closeHoles(sequence: Sequence, holes: readonly Hole[]): void {
  const open = holes.filter((hole) => {
    const track = sequence.tracks.find((candidate) => candidate.id === hole.trackId)!;
    // closed already, by what moved along with another hole
    return (
      clipsInRange(track, { startTicks: hole.startTicks, durationTicks: hole.endTicks - hole.startTicks }).length === 0
    );
  });
  if (open.length === 0) return;
  const lengthTicks = Math.min(...open.map((hole) => hole.endTicks - hole.startTicks));
  ripple(
    sequence,
    open.map((hole) => ({ trackId: hole.trackId, fromTicks: hole.endTicks })),
    -lengthTicks,
  );
}
