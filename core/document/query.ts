/**
 * Questions about a document: where things are. Pure reads; also fit for immer drafts. Times in ticks of the sequence.
 */
import { containsTick, endTicks, type TickRange, type Ticks } from '../time/ticks.ts';
import type { Clip, Marker, ProjectDocument, Sequence, Track, Transition } from './schema.ts';

export interface ClipPlace {
  readonly sequence: Sequence;
  readonly track: Track;
  readonly clip: Clip;
  readonly trackIndex: number;
  readonly clipIndex: number;
}

/** The sequence with this id, or null. */
export function findSequence(document: ProjectDocument, sequenceId: string): Sequence | null {
  return document.sequences[sequenceId] ?? null;
}

/** The sequence the editor shows; throws when the document is broken. */
export function activeSequence(document: ProjectDocument): Sequence {
  const sequence = document.sequences[document.activeSequenceId];
  if (!sequence) throw new Error(`The project has no sequence '${document.activeSequenceId}'.`);
  return sequence;
}

/** The track with this id, or null. */
export function findTrack(sequence: Sequence, trackId: string): Track | null {
  return sequence.tracks.find((track) => track.id === trackId) ?? null;
}

/** The clip with this id and its place in the sequence, or null. */
export function findClipIn(sequence: Sequence, clipId: string): ClipPlace | null {
  for (const [trackIndex, track] of sequence.tracks.entries()) {
    const clipIndex = track.clips.findIndex((clip) => clip.id === clipId);
    if (clipIndex >= 0) return { sequence, track, clip: track.clips[clipIndex]!, trackIndex, clipIndex };
  }
  return null;
}

/** Looks in every sequence. */
export function findClip(document: ProjectDocument, clipId: string): ClipPlace | null {
  for (const sequence of Object.values(document.sequences)) {
    const place = findClipIn(sequence, clipId);
    if (place) return place;
  }
  return null;
}

/** Every clip of the sequence, track by track. */
export function allClips(sequence: Sequence): Clip[] {
  return sequence.tracks.flatMap((track) => track.clips);
}

/** First tick after the clip. */
export function clipEnd(clip: Clip): Ticks {
  return clip.startTicks + clip.durationTicks;
}

/** First tick after everything on the timeline; 0 when it is empty. */
export function sequenceDuration(sequence: Sequence): Ticks {
  return sequence.tracks.reduce((longest, track) => Math.max(longest, trackEnd(track)), 0);
}

/** First tick after the track's last clip; 0 when the track is empty. */
export function trackEnd(track: Track): Ticks {
  const last = track.clips.at(-1);
  return last ? clipEnd(last) : 0;
}

/** Index of the first clip that ends after `ticks` (binary search: clips are sorted); `clips.length` when none does. */
export function firstClipEndingAfter(clips: readonly Clip[], ticks: Ticks): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clipEnd(clips[middle]!) > ticks) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The clip that covers a tick, or null where the track has a gap. */
export function clipAtTick(track: Track, ticks: Ticks): Clip | null {
  const clip = track.clips[firstClipEndingAfter(track.clips, ticks)];
  return clip && containsTick(clip, ticks) ? clip : null;
}

/** One a track at most, in the order of the tracks. */
export function clipsAtTick(sequence: Sequence, ticks: Ticks): ClipPlace[] {
  return sequence.tracks.flatMap((track, trackIndex) => {
    const clipIndex = firstClipEndingAfter(track.clips, ticks);
    const clip = track.clips[clipIndex];
    return clip && containsTick(clip, ticks) ? [{ sequence, track, clip, trackIndex, clipIndex }] : [];
  });
}

/** Clips that share at least one tick with the range, in order. */
export function clipsInRange(track: Track, range: TickRange): Clip[] {
  const found: Clip[] = [];
  for (let index = firstClipEndingAfter(track.clips, range.startTicks); index < track.clips.length; index++) {
    const clip = track.clips[index]!;
    if (clip.startTicks >= endTicks(range)) break;
    found.push(clip);
  }
  return found;
}

/** Gaps before and between clips. What follows the last clip is no gap: nothing can be closed there. */
export function gapsOfTrack(track: Track): TickRange[] {
  const gaps: TickRange[] = [];
  let at = 0;
  for (const clip of track.clips) {
    if (clip.startTicks > at) gaps.push({ startTicks: at, durationTicks: clip.startTicks - at });
    at = clipEnd(clip);
  }
  return gaps;
}

/** The gap between clips that covers a tick, or null. */
export function gapAt(track: Track, ticks: Ticks): TickRange | null {
  return gapsOfTrack(track).find((gap) => containsTick(gap, ticks)) ?? null;
}

/** The clips beside a gap (or beside a place between clips). */
export function neighboursOf(track: Track, ticks: Ticks): { before: Clip | null; after: Clip | null } {
  return {
    before: track.clips.findLast((clip) => clipEnd(clip) <= ticks) ?? null,
    after: track.clips.find((clip) => clip.startTicks >= ticks) ?? null,
  };
}

/** The clip itself and all that share its link. */
export function linkedClips(sequence: Sequence, clip: Clip): ClipPlace[] {
  return sequence.tracks.flatMap((track, trackIndex) =>
    track.clips.flatMap((other, clipIndex) =>
      other.id === clip.id || (clip.linkId !== null && other.linkId === clip.linkId)
        ? [{ sequence, track, clip: other, trackIndex, clipIndex }]
        : [],
    ),
  );
}

/** Ids of the named clips and everything linked to them: what a selection acts on. */
export function withLinkedIds(sequence: Sequence, clipIds: readonly string[]): string[] {
  const named = new Set(clipIds);
  const clips = allClips(sequence);
  const links = new Set(clips.filter((clip) => named.has(clip.id) && clip.linkId !== null).map((clip) => clip.linkId));
  return clips.filter((clip) => named.has(clip.id) || links.has(clip.linkId)).map((clip) => clip.id);
}

/** True when `right` starts exactly where `left` ends. */
export function abut(left: Clip, right: Clip): boolean {
  return clipEnd(left) === right.startTicks;
}

/** Every cut of a track where two clips touch. */
export function abuttingCuts(
  track: Track,
): { left: Clip; right: Clip; atTicks: Ticks; transition: Transition | null }[] {
  return track.clips.flatMap((right, index) => {
    const left = track.clips[index - 1];
    if (!left || !abut(left, right)) return [];
    return [{ left, right, atTicks: right.startTicks, transition: transitionBetween(track, left.id, right.id) }];
  });
}

/** The transition from one clip to another, or null. */
export function transitionBetween(track: Track, fromClipId: string, toClipId: string): Transition | null {
  return (
    track.transitions.find((transition) => transition.fromClipId === fromClipId && transition.toClipId === toClipId) ??
    null
  );
}

/** The sequence's markers by time. */
export function markersInOrder(sequence: Sequence): Marker[] {
  return sequence.markers.toSorted((a, b) => a.ticks - b.ticks);
}
