/** Limits of edges: ends of the source, neighbouring clips, at least one frame. In ticks of the sequence. */
import { withLinkedIds } from '../../../../core/document/query.ts';
import type { Clip, ProjectDocument, Sequence, Track } from '../../../../core/document/schema.ts';
import { clipHandles } from '../../../../core/document/sources.ts';
import { ticksPerFrame, type Ticks } from '../../../../core/time/ticks.ts';

export interface ClipPlace {
  readonly clip: Clip;
  readonly track: Track;
  readonly index: number;
}

/** The clip with this id, its track and its index there; null when the sequence has none. */
export function findClip(sequence: Sequence, clipId: string): ClipPlace | null {
  for (const track of sequence.tracks) {
    const index = track.clips.findIndex((clip) => clip.id === clipId);
    if (index >= 0) return { clip: track.clips[index]!, track, index };
  }
  return null;
}

/** First tick after the clip. */
export function endOf(clip: Pick<Clip, 'startTicks' | 'durationTicks'>): Ticks {
  return clip.startTicks + clip.durationTicks;
}

/** Earliest start and latest end that the source allows; infinite where it has none. */
export function sourceReach(
  document: ProjectDocument,
  clip: Clip,
): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const handles = clipHandles(document, clip);
  return { fromTicks: clip.startTicks - handles.headTicks, toTicks: endOf(clip) + handles.tailTicks };
}

/** Free room around a clip on its track: end of the one before, start of the one after. */
export function neighbourReach(place: ClipPlace): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const before = place.track.clips[place.index - 1];
  const after = place.track.clips[place.index + 1];
  return {
    fromTicks: before === undefined ? 0 : endOf(before),
    toTicks: after === undefined ? Infinity : after.startTicks,
  };
}

/** `value` kept between `low` and `high`; `low` wins when they cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Length of one frame of the sequence. */
export function frameTicks(sequence: Sequence): Ticks {
  return ticksPerFrame(sequence.rate);
}

/** The clips named, and with linked selection the ones tied to them. */
export function withLinked(
  sequence: Sequence,
  clipIds: readonly string[],
  linkedSelection: boolean,
): readonly string[] {
  return linkedSelection && clipIds.length > 0 ? withLinkedIds(sequence, clipIds) : clipIds;
}
