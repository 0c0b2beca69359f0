/** Slipping: the clip stays, the material under it follows the hand. */
import { snapToFrame } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { clamp, endOf, findClip, sourceReach } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';

/** Starts slipping the source under a clip. */
export function beginSlip(world: World, clipId: string, from: Pointer): Gesture {
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const place = findClip(now.sequence, clipId);
    if (place === null || place.track.locked) return emptyPreview;
    const source = sourceReach(now.document, place.clip);
    if (!Number.isFinite(source.toTicks)) return emptyPreview;
    // a hand going right draws earlier material in, so the in point goes back
    const hand = snapToFrame(ticksAtX(pointer.xPx, now.scale) - grabTicks, now.sequence.rate);
    const deltaTicks = clamp(-hand, source.fromTicks - place.clip.startTicks, source.toTicks - endOf(place.clip));
    return {
      ...emptyPreview,
      heldClipIds: [clipId],
      tip: { ticks: place.clip.startTicks, deltaTicks },
      pending:
        deltaTicks === 0 ? null : { name: 'slipClip', params: { sequenceId: now.sequence.id, clipId, deltaTicks } },
    };
  }
  return dragGesture({
    name: 'slipClip',
    cursor: 'ew-resize',
    start: { ...emptyPreview, heldClipIds: [clipId] },
    previewAt,
  });
}
