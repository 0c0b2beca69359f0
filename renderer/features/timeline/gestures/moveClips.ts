/** Moving clips: any number, in time and across tracks of their kind. Alt or Ctrl makes room instead of covering. */
import type { Clip, Track } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import { laneAt } from '../view/laneLayout.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, runEffect, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { endOf, findClip } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';
import { createSnapper } from './snap.ts';

interface Held {
  readonly clip: Clip;
  readonly kind: Track['kind'];
  /** Index among the tracks of its kind. */
  readonly rank: number;
}

/** Clips on locked tracks stay where they are. */
export function beginMove(world: World, anchorClipId: string, clipIds: readonly string[], from: Pointer): Gesture {
  const held: Held[] = [];
  for (const clipId of clipIds) {
    const place = findClip(world.sequence, clipId);
    if (place === null || place.track.locked) continue;
    const rank = tracksOf(world, place.track.kind).findIndex((track) => track.id === place.track.id);
    held.push({ clip: place.clip, kind: place.track.kind, rank });
  }
  const anchor = held.find((item) => item.clip.id === anchorClipId) ?? held[0] ?? null;
  const ids = held.map((item) => item.clip.id);
  const snapper = createSnapper(world, ids);
  const grabTicks = ticksAtX(from.xPx, world.scale);
  const edges = held.flatMap((item) => [item.clip.startTicks, endOf(item.clip)]);
  const earliest = Math.min(...held.map((item) => item.clip.startTicks));

  function previewAt(now: World, pointer: Pointer): Preview {
    if (anchor === null) return emptyPreview;
    const wanted = ticksAtX(pointer.xPx, now.scale) - grabTicks;
    // the anchor's start first: without a point near, it is the one that lands on a frame
    const ordered = [anchor.clip.startTicks, endOf(anchor.clip), ...edges];
    const snapped = snapper.delta(now, ordered, wanted);
    const deltaTicks = Math.max(-earliest, snapped.deltaTicks);
    const shift = trackShift(now, pointer, anchor, held);
    const moved = deltaTicks !== 0 || shift !== 0;
    return {
      ...emptyPreview,
      heldClipIds: ids,
      snap: deltaTicks === snapped.deltaTicks ? snapped.point : null,
      tip: { ticks: anchor.clip.startTicks + deltaTicks, deltaTicks },
      pending: moved
        ? {
            name: 'moveClips',
            params: {
              sequenceId: now.sequence.id,
              mode: pointer.alt || pointer.ctrl ? 'insert' : 'overwrite',
              moves: held.map((item) => moveOf(now, item, anchor.kind, shift, deltaTicks)),
            },
          }
        : null,
    };
  }

  return dragGesture({ name: 'moveClips', cursor: 'grabbing', start: emptyPreview, previewAt });
}

function tracksOf(world: World, kind: Track['kind']): readonly Track[] {
  return world.sequence.tracks.filter((track) => track.kind === kind);
}

/** How many tracks of the anchor's kind the hand went; 0 where a clip would fall off or onto a locked track. */
function trackShift(world: World, pointer: Pointer, anchor: Held, held: readonly Held[]): number {
  const tracks = tracksOf(world, anchor.kind);
  const lane = laneAt(world.lanes, pointer.yPx);
  const target = lane === null ? -1 : tracks.findIndex((track) => track.id === lane.track.id);
  if (target < 0) return 0;
  const shift = target - anchor.rank;
  const fits = held.every((item) => item.kind !== anchor.kind || tracks[item.rank + shift]?.locked === false);
  return fits ? shift : 0;
}

function moveOf(
  world: World,
  item: Held,
  kind: Track['kind'],
  shift: number,
  deltaTicks: Ticks,
): { clipId: string; trackId: string; startTicks: Ticks } {
  const rank = item.kind === kind ? item.rank + shift : item.rank;
  const track = tracksOf(world, item.kind)[rank];
  return { clipId: item.clip.id, trackId: track?.id ?? '', startTicks: item.clip.startTicks + deltaTicks };
}

/**
 * Nudging by keyboard is the same move, without a hand. Answers nothing where all are locked or it would pass the
 * start.
 */
export function nudgeEffect(world: World, clipIds: readonly string[], deltaTicks: Ticks) {
  const places = clipIds
    .map((id) => findClip(world.sequence, id))
    .filter((place) => place !== null && !place.track.locked);
  if (places.length === 0) return null;
  const earliest = Math.min(...places.map((place) => place!.clip.startTicks));
  const by = Math.max(-earliest, deltaTicks);
  if (by === 0) return null;
  const moves = places.map((place) => ({
    clipId: place!.clip.id,
    trackId: place!.track.id,
    startTicks: place!.clip.startTicks + by,
  }));
  return runEffect('moveClips', { sequenceId: world.sequence.id, moves, mode: 'overwrite' });
}
