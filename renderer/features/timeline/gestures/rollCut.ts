/** Rolling: the cut between two clips that touch moves, one gives what the other takes. */
import type { Ticks } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type ClipEdge, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { clamp, endOf, findClip, frameTicks, sourceReach, type ClipPlace } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';
import { createSnapper, keepPoint } from './snap.ts';

/** The pair of clips at an edge when they touch; null otherwise. */
export function cutAtEdge(
  world: World,
  clipId: string,
  edge: ClipEdge,
): { readonly left: ClipPlace; readonly right: ClipPlace } | null {
  const place = findClip(world.sequence, clipId);
  if (place === null) return null;
  const otherIndex = edge === 'in' ? place.index - 1 : place.index + 1;
  const other = place.track.clips[otherIndex];
  if (other === undefined) return null;
  const otherPlace = { clip: other, track: place.track, index: otherIndex };
  const [left, right] = edge === 'in' ? [otherPlace, place] : [place, otherPlace];
  return endOf(left.clip) === right.clip.startTicks ? { left, right } : null;
}

/** Starts rolling the cut between two adjacent clips. */
export function beginRoll(world: World, leftClipId: string, rightClipId: string, from: Pointer): Gesture {
  const snapper = createSnapper(world, [leftClipId, rightClipId]);
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const left = findClip(now.sequence, leftClipId);
    const right = findClip(now.sequence, rightClipId);
    if (left === null || right === null || left.track.locked) return emptyPreview;
    const cutTicks = right.clip.startTicks;
    const asked = snapper.edge(now, cutTicks + ticksAtX(pointer.xPx, now.scale) - grabTicks);
    const reach = rollReach(now, left, right);
    const toTicks = clamp(asked.ticks, reach.fromTicks, reach.toTicks);
    return {
      ...emptyPreview,
      heldClipIds: [leftClipId, rightClipId],
      edge: { clipId: rightClipId, edge: 'in' },
      snap: keepPoint(asked.point, toTicks, now.scale.pixelsPerSecond),
      tip: { ticks: toTicks, deltaTicks: toTicks - cutTicks },
      pending:
        toTicks === cutTicks
          ? null
          : { name: 'rollCut', params: { sequenceId: now.sequence.id, leftClipId, rightClipId, toTicks } },
    };
  }

  return dragGesture({
    name: 'rollCut',
    cursor: 'col-resize',
    start: { ...emptyPreview, heldClipIds: [leftClipId, rightClipId] },
    previewAt,
  });
}

function rollReach(
  world: World,
  left: ClipPlace,
  right: ClipPlace,
): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const frame = frameTicks(world.sequence);
  return {
    fromTicks: Math.max(left.clip.startTicks + frame, sourceReach(world.document, right.clip).fromTicks),
    toTicks: Math.min(endOf(right.clip) - frame, sourceReach(world.document, left.clip).toTicks),
  };
}
