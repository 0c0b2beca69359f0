/**
 * What every edit leaves in order behind it: transitions whose cut is gone go, links that tie one clip only are undone.
 */
import { clipEnd } from '../../document/query.ts';
import type { Sequence, Track } from '../../document/schema.ts';
import { maxTransitionTicks } from '../../document/sources.ts';
import { peek } from './require.ts';

/** Drops transitions whose clips no longer touch and links that hold a single clip. */
export function tidySequence(sequence: Sequence): void {
  for (const track of sequence.tracks) tidyTransitions(track);
  tidyLinks(sequence);
}

function tidyTransitions(track: Track): void {
  if (track.transitions.length === 0) return;
  const places = new Map(track.clips.map((clip, index) => [clip.id, index]));
  const stale: string[] = [];
  for (const transition of track.transitions) {
    const index = places.get(transition.fromClipId);
    const from = index === undefined ? undefined : track.clips[index];
    const to = index === undefined ? undefined : track.clips[index + 1];
    if (!from || !to || to.id !== transition.toClipId || clipEnd(from) !== to.startTicks) {
      stale.push(transition.id);
      continue;
    }
    const longest = maxTransitionTicks(from, to);
    if (transition.durationTicks > longest) transition.durationTicks = longest;
  }
  if (stale.length > 0) track.transitions = track.transitions.filter((transition) => !stale.includes(transition.id));
}

function tidyLinks(sequence: Sequence): void {
  const groups = new Map<string, { track: number; clip: number; count: number }>();
  for (const [trackIndex, track] of peek(sequence).tracks.entries()) {
    for (const [clipIndex, clip] of track.clips.entries()) {
      if (clip.linkId === null) continue;
      const group = groups.get(clip.linkId);
      if (group) group.count++;
      else groups.set(clip.linkId, { track: trackIndex, clip: clipIndex, count: 1 });
    }
  }
  for (const group of groups.values()) {
    if (group.count === 1) sequence.tracks[group.track]!.clips[group.clip]!.linkId = null;
  }
}
