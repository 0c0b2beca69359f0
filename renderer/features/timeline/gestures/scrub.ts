/**
 * Dragging in the ruler moves the playhead. It snaps to cuts and markers while Shift is held, so that scrubbing stays
 * smooth.
 */
import { snapToFrame } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Effect, type Gesture, type Pointer, type World } from './gesture.ts';
import { createSnapper } from './snap.ts';

/** Starts scrubbing the playhead. */
export function beginScrub(world: World): Gesture {
  const snapper = createSnapper(world, [], false);
  const seek = (
    now: World,
    pointer: Pointer,
  ): { readonly effect: Effect; readonly snap: ReturnType<typeof snapper.edge>['point'] } => {
    const wanted = Math.max(0, ticksAtX(pointer.xPx, now.scale));
    const spot = pointer.shift
      ? snapper.edge({ ...now, snapping: true }, wanted)
      : { ticks: snapToFrame(wanted, now.sequence.rate), point: null };
    return {
      effect: { kind: 'session', patch: { playheadTicks: spot.ticks, playing: 0, viewerMode: 'timeline' } },
      snap: spot.point,
    };
  };
  const at = (snap: ReturnType<typeof snapper.edge>['point']): Gesture => ({
    name: 'scrub',
    cursor: 'default',
    autoScroll: true,
    preview: { ...emptyPreview, snap },
    move(now, pointer) {
      const sought = seek(now, pointer);
      return { gesture: at(sought.snap), effects: [sought.effect] };
    },
    release: (now, pointer) => [seek(now, pointer).effect],
  });
  return at(null);
}
