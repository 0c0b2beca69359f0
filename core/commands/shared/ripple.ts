/**
 * Ripple: what follows moves along. The sound of a shot that follows stands on another track, so the set of clips that
 * moves grows until it is closed: with a clip go its linked clips, and with a clip go all later ones of its track.
 */
import { clipEnd } from '../../document/query.ts';
import type { Sequence, Track } from '../../document/schema.ts';
import type { Ticks } from '../../time/ticks.ts';
import { refuse } from '../refusal.ts';
import { peek, requireUnlocked } from './require.ts';

export interface RippleSeed {
  readonly trackId: string;
  /** Clips of the track that start here or later move. */
  readonly fromTicks: Ticks;
}

interface Reach {
  /** Per track index: index of the first clip that moves; clips.length = none. */
  readonly firstMoving: number[];
}

/** The closed set, as the first moving clip of every track. `held` (clips being trimmed) never move. */
function reachOf(sequence: Sequence, seeds: readonly RippleSeed[], held: ReadonlySet<string>): Reach {
  const tracks = sequence.tracks;
  const places = new Map<string, { track: number; clip: number }[]>();
  for (const [trackIndex, track] of tracks.entries()) {
    for (const [clipIndex, clip] of track.clips.entries()) {
      if (clip.linkId === null || held.has(clip.id)) continue;
      const group = places.get(clip.linkId);
      if (group) group.push({ track: trackIndex, clip: clipIndex });
      else places.set(clip.linkId, [{ track: trackIndex, clip: clipIndex }]);
    }
  }
  const firstMoving = tracks.map((track) => track.clips.length);
  const queue: { track: number; clip: number }[] = [];
  for (const seed of seeds) {
    const trackIndex = tracks.findIndex((track) => track.id === seed.trackId);
    const clips = tracks[trackIndex]?.clips ?? [];
    const clipIndex = clips.findIndex((clip) => clip.startTicks >= seed.fromTicks && !held.has(clip.id));
    if (clipIndex >= 0) queue.push({ track: trackIndex, clip: clipIndex });
  }
  for (let next = queue.pop(); next; next = queue.pop()) {
    const known = firstMoving[next.track]!;
    if (next.clip >= known) continue;
    firstMoving[next.track] = next.clip;
    const clips = tracks[next.track]!.clips;
    for (let index = next.clip; index < known; index++) {
      const linkId = clips[index]!.linkId;
      if (linkId !== null) queue.push(...(places.get(linkId) ?? []));
    }
  }
  return { firstMoving };
}

/**
 * Moves everything from the seeds on by `deltaTicks`. Refused when a locked track would have to follow, or when a clip
 * that stays is in the way.
 */
export function ripple(
  sequence: Sequence,
  seeds: readonly RippleSeed[],
  deltaTicks: Ticks,
  held: ReadonlySet<string> = new Set(),
): void {
  if (deltaTicks === 0) return;
  const { firstMoving } = reachOf(peek(sequence), seeds, held);
  for (const [trackIndex, track] of sequence.tracks.entries()) {
    const first = firstMoving[trackIndex]!;
    if (first >= track.clips.length) continue;
    requireUnlocked(track);
    const before = track.clips[first - 1];
    const start = track.clips[first]!.startTicks + deltaTicks;
    const heldAmong = held.size > 0 && track.clips.some((clip, index) => index >= first && held.has(clip.id));
    if (start < 0 || heldAmong || (before && clipEnd(before) > start)) {
      refuse('rippleBlocked', { track: track.name });
    }
    shiftFrom(track, first, deltaTicks);
  }
}

/**
 * Moves a track's clips from an index on, all at once: drafts of these clips taken before are no longer the track's.
 */
export function shiftFrom(track: Track, first: number, deltaTicks: Ticks): void {
  // frozen, so that immer does not search a thousand clips for drafts (4 ms instead of 24)
  const moved = peek(track)
    .clips.slice(first)
    .map((clip) => Object.freeze({ ...clip, startTicks: clip.startTicks + deltaTicks }));
  track.clips.splice(first, moved.length, ...moved);
}
