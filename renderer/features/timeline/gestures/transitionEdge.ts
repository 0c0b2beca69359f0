/** Dragging either edge of a crossfade, which grows and shrinks around its cut. */
import { maxTransitionTicks } from '../../../../core/document/sources.ts';
import { snapToFrame } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { clamp, findClip, frameTicks } from './limits.ts';
import { dragGesture } from './simpleDrag.ts';

/** Starts changing the length of a crossfade by one of its edges. */
export function beginTransitionEdge(
  world: World,
  trackId: string,
  transitionId: string,
  edge: 'in' | 'out',
  from: Pointer,
): Gesture {
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const track = now.sequence.tracks.find((item) => item.id === trackId);
    const transition = track?.transitions.find((item) => item.id === transitionId);
    if (track === undefined || transition === undefined || track.locked) return emptyPreview;
    const left = findClip(now.sequence, transition.fromClipId);
    const right = findClip(now.sequence, transition.toClipId);
    if (left === null || right === null) return emptyPreview;
    const pulled = (ticksAtX(pointer.xPx, now.scale) - grabTicks) * (edge === 'in' ? -1 : 1);
    const longest = maxTransitionTicks(left.clip, right.clip);
    const durationTicks = clamp(
      snapToFrame(transition.durationTicks + 2 * pulled, now.sequence.rate),
      2 * frameTicks(now.sequence),
      longest,
    );
    return {
      ...emptyPreview,
      tip: { ticks: durationTicks, deltaTicks: durationTicks - transition.durationTicks },
      pending:
        durationTicks === transition.durationTicks
          ? null
          : { name: 'setTransitionDuration', params: { sequenceId: now.sequence.id, transitionId, durationTicks } },
    };
  }
  return dragGesture({ name: 'transitionEdge', cursor: 'ew-resize', start: emptyPreview, previewAt });
}
