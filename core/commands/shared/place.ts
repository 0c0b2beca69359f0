/** Placing clips on tracks: overwrites other clips, or pushes them later. */
import { current, isDraft } from 'immer';
import { clipEnd, clipsInRange, firstClipEndingAfter } from '../../document/query.ts';
import type { Clip, Sequence, Track } from '../../document/schema.ts';
import type { Ticks } from '../../time/ticks.ts';
import { fitFades, moveEnd, moveStart, splitOff } from './edges.ts';
import { refuse } from '../refusal.ts';
import { shiftFrom } from './ripple.ts';

/** Plain copy of what may be a draft. */
export function plainClip(clip: Clip): Clip {
  return structuredClone(isDraft(clip) ? current(clip) : clip);
}

/** Keeps the track sorted. Does not look for overlaps. */
export function insertClip(track: Track, clip: Clip): void {
  let index = firstClipEndingAfter(track.clips, clip.startTicks);
  while (index < track.clips.length && track.clips[index]!.startTicks < clip.startTicks) index++;
  track.clips.splice(index, 0, clip);
}

/** Removes clips from a track and leaves their place empty. */
export function takeOut(track: Track, clipIds: ReadonlySet<string>): void {
  if (track.clips.some((clip) => clipIds.has(clip.id)))
    track.clips = track.clips.filter((clip) => !clipIds.has(clip.id));
}

/** Splits a clip of a track in place; the rest comes right after it. Transitions out of the clip go to the rest. */
export function splitOnTrack(track: Track, clip: Clip, atTicks: Ticks): Clip {
  const right = splitOff(clip, plainClip(clip), atTicks);
  track.clips.splice(track.clips.findIndex((other) => other.id === clip.id) + 1, 0, right);
  for (const transition of track.transitions) if (transition.fromClipId === clip.id) transition.fromClipId = right.id;
  return right;
}

/** Frees a range of a track: clips inside it are removed, clips that reach into it are cut. */
export function clearRange(track: Track, startTicks: Ticks, endTicks: Ticks): void {
  const covered = new Set<string>();
  for (const clip of clipsInRange(track, { startTicks, durationTicks: endTicks - startTicks })) {
    const from = clip.startTicks;
    const to = clipEnd(clip);
    if (from >= startTicks && to <= endTicks) {
      covered.add(clip.id);
    } else if (from < startTicks && to > endTicks) {
      const right = splitOnTrack(track, clip, endTicks);
      moveEnd(clip, startTicks - right.startTicks);
      fitFades(clip);
    } else if (from < startTicks) {
      moveEnd(clip, startTicks - to);
      fitFades(clip);
    } else {
      moveStart(clip, endTicks - from);
      fitFades(clip);
    }
  }
  takeOut(track, covered);
}

/**
 * Opens `lengthTicks` at a tick: clips of all unlocked tracks that start there or later go later. Clips that are in the
 * way are split, on the target tracks and where they are linked to one that is split; elsewhere (a music bed) they
 * stay.
 */
export function openGap(
  sequence: Sequence,
  targetTrackIds: ReadonlySet<string>,
  atTicks: Ticks,
  lengthTicks: Ticks,
): void {
  const splitLinks = new Set<string>();
  const inTheWay = (track: Track) => {
    const clip = track.clips[firstClipEndingAfter(track.clips, atTicks)];
    return clip && clip.startTicks < atTicks ? clip : null;
  };
  for (const track of sequence.tracks) {
    const clip = inTheWay(track);
    if (clip && targetTrackIds.has(track.id) && clip.linkId !== null) splitLinks.add(clip.linkId);
  }
  for (const track of sequence.tracks) {
    const clip = inTheWay(track);
    const linked = clip !== null && clip.linkId !== null && splitLinks.has(clip.linkId);
    if (track.locked) {
      if (linked) refuse('linkedLocked', { track: track.name });
      continue;
    }
    if (clip && (linked || targetTrackIds.has(track.id))) {
      splitOnTrack(track, clip, atTicks);
    }
    const first = track.clips.findIndex((later) => later.startTicks >= atTicks);
    if (first >= 0) shiftFrom(track, first, lengthTicks);
  }
}
