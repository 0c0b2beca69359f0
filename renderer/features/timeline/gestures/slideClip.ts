/** Sliding: the clip moves between its neighbours, which give and take what it needs. */
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { clamp, endOf, findClip, frameTicks, sourceReach } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';
import { createSnapper } from './snap.ts';

/** Starts sliding a clip between its neighbours. */
export function beginSlide(world: World, clipId: string, from: Pointer): Gesture {
  const snapper = createSnapper(world, [clipId]);
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const place = findClip(now.sequence, clipId);
    if (place === null || place.track.locked) return emptyPreview;
    const { clip, track, index } = place;
    const asked = snapper.delta(now, [clip.startTicks, endOf(clip)], ticksAtX(pointer.xPx, now.scale) - grabTicks);
    const frame = frameTicks(now.sequence);
    const before = track.clips[index - 1];
    const after = track.clips[index + 1];
    const touchesBefore = before !== undefined && endOf(before) === clip.startTicks;
    const touchesAfter = after !== undefined && after.startTicks === endOf(clip);
    // a neighbour that touches gives down to one frame and takes as far as its source goes; one that does not is a wall
    const low = Math.max(
      before === undefined
        ? -clip.startTicks
        : touchesBefore
          ? before.startTicks + frame - clip.startTicks
          : endOf(before) - clip.startTicks,
      touchesAfter ? sourceReach(now.document, after).fromTicks - after.startTicks : -Infinity,
    );
    const high = Math.min(
      after === undefined
        ? Infinity
        : touchesAfter
          ? endOf(after) - frame - endOf(clip)
          : after.startTicks - endOf(clip),
      touchesBefore ? sourceReach(now.document, before).toTicks - endOf(before) : Infinity,
    );
    const deltaTicks = clamp(asked.deltaTicks, low, high);
    return {
      ...emptyPreview,
      heldClipIds: [clipId],
      snap: deltaTicks === asked.deltaTicks ? asked.point : null,
      tip: { ticks: clip.startTicks + deltaTicks, deltaTicks },
      pending:
        deltaTicks === 0 ? null : { name: 'slideClip', params: { sequenceId: now.sequence.id, clipId, deltaTicks } },
    };
  }
  return dragGesture({
    name: 'slideClip',
    cursor: 'ew-resize',
    start: { ...emptyPreview, heldClipIds: [clipId] },
    previewAt,
  });
}
