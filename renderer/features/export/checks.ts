/**
 * What is worth knowing before an export: found in the document and the store, pure. Times in ticks of the sequence.
 */
import { generationState, type GenerationFacts } from '../../../core/document/generationState.ts';
import { clipEnd, sequenceDuration } from '../../../core/document/query.ts';
import type { Clip, ProjectDocument, Sequence } from '../../../core/document/schema.ts';
import { heldTransitions } from '../../../core/document/sources.ts';
import { intersectRanges, type TickRange } from '../../../core/time/ticks.ts';

export type Issue =
  | { readonly kind: 'stale' | 'making' | 'nothing'; readonly clips: readonly Clip[] }
  | { readonly kind: 'gap'; readonly gaps: readonly TickRange[]; readonly trackId: string }
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  | { readonly kind: 'held'; readonly count: number }
  | { readonly kind: 'inPlace'; readonly files: number; readonly takes: number };

export interface CheckFacts extends GenerationFacts {
  readonly missingMediaIds: readonly string[];
}

/** The range to export in ticks of the sequence; missing In and Out points mean its start and end. */
export function exportRange(sequence: Sequence, which: 'whole' | 'inOut'): TickRange {
  const end = sequenceDuration(sequence);
  if (which === 'whole') return { startTicks: 0, durationTicks: end };
  const startTicks = sequence.inTicks ?? 0;
  return { startTicks, durationTicks: Math.max(0, (sequence.outTicks ?? end) - startTicks) };
}

/** Worst first; 'inPlace' alone when no file is missing. */
export function findIssues(
  document: ProjectDocument,
  sequence: Sequence,
  range: TickRange,
  facts: CheckFacts,
): Issue[] {
  const seen = sequence.tracks.filter((track) => !(track.kind === 'video' ? track.hidden : track.muted));
  const clips = seen
    .flatMap((track) => track.clips)
    .filter((clip) => clip.enabled && intersectRanges(clip, range) !== null);
  const inState = (...states: readonly string[]) =>
    clips.filter((clip) => states.includes(generationState(clip, facts) ?? ''));
  const issues: Issue[] = [];

  const used = new Set(clips.flatMap((clip) => (clip.reference.kind === 'media' ? [clip.reference.mediaId] : [])));
  const missing = facts.missingMediaIds.filter((id) => used.has(id));
  if (missing.length > 0) issues.push({ kind: 'missing', names: missing.map((id) => document.media[id]?.name ?? id) });

  const nothing = inState('draft', 'failed', 'missing').filter(
    (clip) => clip.generation?.activeTakeId == null || facts.missingTakeIds.includes(clip.generation.activeTakeId),
  );
  if (nothing.length > 0) issues.push({ kind: 'nothing', clips: nothing });
  const stale = inState('stale');
  if (stale.length > 0) issues.push({ kind: 'stale', clips: stale });
  const making = inState('queued', 'generating');
  if (making.length > 0) issues.push({ kind: 'making', clips: making });

  const gaps = blackRanges(sequence, range);
  const picture =
    sequence.tracks.find((track) => track.role === 'picture') ??
    sequence.tracks.find((track) => track.kind === 'video');
  if (gaps.length > 0 && picture) issues.push({ kind: 'gap', gaps, trackId: picture.id });
  const inRange = new Set(clips.map((clip) => clip.id));
  const held = heldTransitions(document, sequence).filter(
    ({ transition }) => inRange.has(transition.fromClipId) && inRange.has(transition.toClipId),
  ).length;
  if (held > 0) issues.push({ kind: 'held', count: held });
  if (missing.length === 0) {
    const takes = new Set(clips.flatMap((clip) => clip.generation?.activeTakeId ?? []));
    issues.push({ kind: 'inPlace', files: used.size, takes: takes.size });
  }
  return issues;
}

/** Where no video track shows anything. Words alone do not count: they stand over black. */
export function blackRanges(sequence: Sequence, range: TickRange): TickRange[] {
  const end = range.startTicks + range.durationTicks;
  const shown = sequence.tracks
    .filter((track) => track.kind === 'video' && !track.hidden)
    .flatMap((track) => track.clips.filter((clip) => clip.enabled && clip.reference.kind !== 'title'))
    .toSorted((a, b) => a.startTicks - b.startTicks);
  // a project of sound alone has no picture to miss
  if (shown.length === 0) return [];
  const gaps: TickRange[] = [];
  let at = range.startTicks;
  for (const clip of shown) {
    if (clip.startTicks >= end) break;
    if (clip.startTicks > at) gaps.push({ startTicks: at, durationTicks: clip.startTicks - at });
    at = Math.max(at, clipEnd(clip));
  }
  if (at < end) gaps.push({ startTicks: at, durationTicks: end - at });
  return gaps;
}
