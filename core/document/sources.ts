/**
 * What a clip shows: its active source, how its time maps onto the source's, and how much of the source lies beyond
 * its edges (handles). Clip time: ticks of the sequence since the clip's start. Source time: ticks of the file.
 */
import type { Rate, Ticks } from '../time/ticks.ts';
import { abut } from './query.ts';
import type { Clip, MediaItem, MediaReference, ProjectDocument, Sequence, Take, Track, Transition } from './schema.ts';

export type ActiveSource =
  | { readonly kind: 'media'; readonly media: MediaItem }
  | { readonly kind: 'take'; readonly take: Take }
  | { readonly kind: 'title'; readonly title: Extract<MediaReference, { kind: 'title' }> }
  | { readonly kind: 'solid'; readonly color: string }
  /** Nothing to show: a generated clip before its first take, or a record that the document does not hold. */
  | { readonly kind: 'pending' };

/** What a clip shows now: its active take where it has one, else its reference. */
export function activeSource(document: ProjectDocument, clip: Clip): ActiveSource {
  const takeId = clip.generation?.activeTakeId ?? null;
  const take = takeId === null ? undefined : document.takes[takeId];
  if (take) return { kind: 'take', take };
  const reference = clip.reference;
  switch (reference.kind) {
    case 'media': {
      const media = document.media[reference.mediaId];
      return media ? { kind: 'media', media } : { kind: 'pending' };
    }
    case 'title':
      return { kind: 'title', title: reference };
    case 'solid':
      return { kind: 'solid', color: reference.color };
    case 'generated':
      return { kind: 'pending' };
  }
}

/** ticks * num / den, rounded; exact where the plain product would pass 2^53. */
export function scaleTicks(ticks: Ticks, rate: Rate): Ticks {
  const whole = Math.floor(ticks / rate.den);
  return whole * rate.num + Math.round(((ticks - whole * rate.den) * rate.num) / rate.den);
}

/** Source ticks that pass while `clipTicks` of the sequence do. */
export function toSourceTicks(clip: Clip, clipTicks: Ticks): Ticks {
  return scaleTicks(clipTicks, clip.speed);
}

/** Ticks of the sequence that `sourceTicks` of the source last at the clip's speed. */
export function toClipTicks(clip: Clip, sourceTicks: Ticks): Ticks {
  return scaleTicks(sourceTicks, { num: clip.speed.den, den: clip.speed.num });
}

/** The range of source time a clip uses. */
export function clipSourceRange(clip: Clip): { startTicks: Ticks; durationTicks: Ticks } {
  return { startTicks: clip.sourceInTicks, durationTicks: toSourceTicks(clip, clip.durationTicks) };
}

/**
 * Source tick that clip tick `clipTicks` shows; may be outside the clip (transitions) and outside the source (hold
 * there). Reversed, the range's last frame comes first: `frameTicks`, one frame of the sequence, is taken off, as
 * core/render does for what is drawn; the default of one tick finds the same frame at normal speed.
 */
export function sourceTicksAt(clip: Clip, clipTicks: Ticks, frameTicks: Ticks = 1): Ticks {
  if (!clip.reversed) return clip.sourceInTicks + toSourceTicks(clip, clipTicks);
  return clip.sourceInTicks + toSourceTicks(clip, clip.durationTicks - clipTicks - frameTicks);
}

/**
 * Tick of the active file's own time. The same as source time, except for takes made from a range of a source
 * (inpaint, restyle): their file begins at `sourceStartTicks`.
 */
export function fileTicksAt(source: ActiveSource, clip: Clip, clipTicks: Ticks, frameTicks: Ticks = 1): Ticks {
  const ticks = sourceTicksAt(clip, clipTicks, frameTicks);
  return source.kind === 'take' ? ticks - source.take.sourceStartTicks : ticks;
}

/** Source time there is, or null where there is no end to it: stills, titles, colours, clips not made yet. */
export function availableRange(document: ProjectDocument, clip: Clip): { startTicks: Ticks; endTicks: Ticks } | null {
  const source = activeSource(document, clip);
  if (source.kind === 'media') {
    if (source.media.kind === 'image' || source.media.durationTicks === 0) return null;
    return { startTicks: 0, endTicks: source.media.durationTicks };
  }
  if (source.kind === 'take') {
    if (source.take.kind === 'image' || source.take.durationTicks === 0) return null;
    return {
      startTicks: source.take.sourceStartTicks,
      endTicks: source.take.sourceStartTicks + source.take.durationTicks,
    };
  }
  return null;
}

/** Material beyond the clip's edges, in ticks of the sequence, never negative; Infinity where there is no end to it. */
export function clipHandles(document: ProjectDocument, clip: Clip): { headTicks: number; tailTicks: number } {
  const available = availableRange(document, clip);
  if (!available) return { headTicks: Infinity, tailTicks: Infinity };
  const used = clipSourceRange(clip);
  const floorToClip = (sourceTicks: Ticks) =>
    Math.max(0, Math.floor((Math.max(0, sourceTicks) * clip.speed.den) / clip.speed.num));
  const before = floorToClip(used.startTicks - available.startTicks);
  const after = floorToClip(available.endTicks - (used.startTicks + used.durationTicks));
  return clip.reversed ? { headTicks: after, tailTicks: before } : { headTicks: before, tailTicks: after };
}

/** A crossfade's reach on the timeline: half before the cut, half after (an odd tick goes to the second half). */
export function transitionRange(
  track: Track,
  transition: Transition,
): { from: Clip; to: Clip; startTicks: Ticks; cutTicks: Ticks; endTicks: Ticks } | null {
  const from = track.clips.find((clip) => clip.id === transition.fromClipId);
  const to = track.clips.find((clip) => clip.id === transition.toClipId);
  if (!from || !to || !abut(from, to)) return null;
  const startTicks = to.startTicks - Math.floor(transition.durationTicks / 2);
  return { from, to, startTicks, cutTicks: to.startTicks, endTicks: startTicks + transition.durationTicks };
}

/** Longest crossfade two clips allow: neither may fade over more than its own half, so that both its ends can fade. */
export function maxTransitionTicks(left: Clip, right: Clip): Ticks {
  return Math.min(left.durationTicks, right.durationTicks);
}

/**
 * What a crossfade of this length lacks beyond the edges, in ticks of the sequence: there the last (first) frame is
 * held. Both 0 = all of it moves. The editor announces the rest.
 */
export function missingHandles(
  document: ProjectDocument,
  left: Clip,
  right: Clip,
  durationTicks: Ticks,
): { fromTicks: Ticks; toTicks: Ticks } {
  const before = Math.floor(durationTicks / 2);
  return {
    fromTicks: Math.max(0, durationTicks - before - clipHandles(document, left).tailTicks),
    toTicks: Math.max(0, before - clipHandles(document, right).headTicks),
  };
}

/** Every crossfade of pictures in a sequence that holds a frame, for one notice before an export. Sound holds none. */
export function heldTransitions(
  document: ProjectDocument,
  sequence: Sequence,
): { transition: Transition; fromTicks: Ticks; toTicks: Ticks }[] {
  const pictures = sequence.tracks.filter((track) => track.kind === 'video');
  return pictures.flatMap((track) =>
    track.transitions.flatMap((transition) => {
      const range = transitionRange(track, transition);
      if (!range) return [];
      const missing = missingHandles(document, range.from, range.to, transition.durationTicks);
      return missing.fromTicks > 0 || missing.toTicks > 0 ? [{ transition, ...missing }] : [];
    }),
  );
}
