/** Looks up what a command names, or refuses with a sentence. */
import { clipEnd, findClipIn, linkedClips, withLinkedIds, type ClipPlace } from '../../document/query.ts';
import { parseWith } from '../../document/parse.ts';
import type { Clip, ProjectDocument, Sequence, Track } from '../../document/schema.ts';
import { ticksPerFrame, type Ticks } from '../../time/ticks.ts';
import { current, isDraft } from 'immer';
import type { z } from 'zod';
import type { Sentence } from '../../document/sentence.ts';
import { refuse } from '../refusal.ts';

/** The current state of a draft, for reading: walking a thousand clips of a draft would make a proxy of each. */
export function peek<T extends object>(value: T): T {
  return isDraft(value) ? (current(value as never) as T) : value;
}

/** The same place, in the draft. */
function inDraft(sequence: Sequence, place: ClipPlace): ClipPlace {
  const track = sequence.tracks[place.trackIndex]!;
  return { ...place, sequence, track, clip: track.clips[place.clipIndex]! };
}

/** The clip and the clips linked to it, in the draft. */
export function linkedPlaces(sequence: Sequence, clip: Clip): ClipPlace[] {
  return linkedClips(peek(sequence), peek(clip)).map((place) => inDraft(sequence, place));
}

/** The clips named and every clip linked to one of them. */
export function linkedIds(sequence: Sequence, clipIds: readonly string[]): string[] {
  return withLinkedIds(peek(sequence), clipIds);
}

/** The sequence with this id. Refuses 'sequenceNotFound'. */
export function requireSequence(document: ProjectDocument, sequenceId: string): Sequence {
  return document.sequences[sequenceId] ?? refuse('sequenceNotFound');
}

/** The track with this id. Refuses 'trackNotFound'. */
export function requireTrack(sequence: Sequence, trackId: string): Track {
  return sequence.tracks.find((track) => track.id === trackId) ?? refuse('trackNotFound');
}

/** Refuses 'trackLocked' for a locked track. */
export function requireUnlocked(track: Track): void {
  if (track.locked) refuse('trackLocked', { track: track.name });
}

/** The clip with this id and its place, locked or not. Refuses 'clipNotFound'. */
export function requireClip(sequence: Sequence, clipId: string): ClipPlace {
  const place = findClipIn(peek(sequence), clipId) ?? refuse('clipNotFound');
  return inDraft(sequence, place);
}

/** The clip's place, on a track that may be changed. */
export function requireOpenClip(sequence: Sequence, clipId: string): ClipPlace {
  const place = requireClip(sequence, clipId);
  requireUnlocked(place.track);
  return place;
}

/** The places of clips on unlocked tracks, in the order in which they were named. Refuses an empty list. */
export function requireOpenClips(sequence: Sequence, clipIds: readonly string[]): ClipPlace[] {
  if (clipIds.length === 0) refuse('nothingSelected');
  const places = new Map<string, ClipPlace>();
  const wanted = new Set(clipIds);
  for (const [trackIndex, track] of peek(sequence).tracks.entries()) {
    for (const [clipIndex, clip] of track.clips.entries()) {
      if (!wanted.has(clip.id)) continue;
      requireUnlocked(track);
      places.set(clip.id, inDraft(sequence, { sequence, track, clip, trackIndex, clipIndex }));
    }
  }
  return [...wanted].map((clipId) => places.get(clipId) ?? refuse('clipNotFound'));
}

/** Refuses 'badTicks' for a time that is not a whole number. */
export function requireTicks(ticks: number): void {
  if (!Number.isSafeInteger(ticks)) refuse('badTicks', { ticks });
}

/** A value from a dialog or a file: checked by the same schema that checks the document. */
export function requireShape<T>(schema: z.ZodType<T>, value: unknown, what: Sentence): T {
  const parsed = parseWith(schema, value);
  return parsed.ok ? parsed.value : refuse('badValue', { what, reason: parsed.reason });
}

/** Shortest clip: one frame. */
export function minimumTicks(sequence: Sequence): Ticks {
  return ticksPerFrame(sequence.rate);
}

/** Free room around a clip on its track: end of the clip before, start of the one after (Infinity when none). */
export function roomAround(track: Track, clipIndex: number): { fromTicks: Ticks; toTicks: number } {
  const before = track.clips[clipIndex - 1];
  const after = track.clips[clipIndex + 1];
  return { fromTicks: before ? clipEnd(before) : 0, toTicks: after ? after.startTicks : Infinity };
}

/** Whether a track of this kind can hold the clip. */
export function requireFitsTrack(document: ProjectDocument, track: Track, clip: Clip): void {
  const reference = clip.reference;
  if (reference.kind === 'title' || reference.kind === 'solid') {
    if (track.kind === 'audio') refuse('pictureOnSound', { clip: clip.name, track: track.name });
    return;
  }
  if (reference.kind === 'generated') {
    const request = clip.generation?.request;
    const sound = request?.action === 'soundtrack' || (request?.action === 'extend' && request.way === 'roomTone');
    if (clip.generation && sound !== (track.kind === 'audio'))
      refuse('wrongTrackKind', { clip: clip.name, track: track.name });
    return;
  }
  const media = document.media[reference.mediaId];
  if (!media) refuse('fileNotInProject', { clip: clip.name });
  else if (track.kind === 'audio' && !media.audio) refuse('noSound', { media: media.name, track: track.name });
  else if (track.kind === 'video' && !media.video) refuse('noPicture', { media: media.name, track: track.name });
}

/** The number nearest to `value` within `low` and `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
