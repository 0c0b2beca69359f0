/** Dragging a fade handle in a clip's top corner. */
import { clipEnd } from '../../../../core/document/query.ts';
import { snapToFrame } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { clamp, findClip } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';

/** Starts dragging the fade in or fade out of a clip. */
export function beginFade(world: World, clipId: string, which: 'fadeIn' | 'fadeOut', from: Pointer): Gesture {
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const place = findClip(now.sequence, clipId);
    if (place === null || place.track.locked) return emptyPreview;
    const { clip } = place;
    const hand = ticksAtX(pointer.xPx, now.scale) - grabTicks;
    const before = which === 'fadeIn' ? clip.fadeInTicks : clip.fadeOutTicks;
    const other = which === 'fadeIn' ? clip.fadeOutTicks : clip.fadeInTicks;
    const ticks = clamp(
      snapToFrame(before + (which === 'fadeIn' ? hand : -hand), now.sequence.rate),
      0,
      clip.durationTicks - other,
    );
    const properties = which === 'fadeIn' ? { fadeInTicks: ticks } : { fadeOutTicks: ticks };
    return {
      ...emptyPreview,
      heldClipIds: [clipId],
      tip: {
        ticks,
        deltaTicks: ticks - before,
        atTicks: which === 'fadeIn' ? clip.startTicks + ticks : clipEnd(clip) - ticks,
      },
      pending:
        ticks === before
          ? null
          : { name: 'setClipProperties', params: { sequenceId: now.sequence.id, clipIds: [clipId], properties } },
    };
  }
  return dragGesture({
    name: 'fadeHandle',
    cursor: 'ew-resize',
    start: { ...emptyPreview, heldClipIds: [clipId] },
    previewAt,
  });
}
