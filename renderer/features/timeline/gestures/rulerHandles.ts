/** Things that can be pulled in the ruler besides the playhead: markers, the in point and the out point. */
import type { Ticks } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import { selectClips } from './marquee.ts';
import { emptyPreview, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { frameTicks } from './limits.ts';
import { waitForDrag } from './pointing.ts';
import { dragGesture } from './simpleDrag.ts';
import { createSnapper } from './snap.ts';

/** A click selects the marker and goes there; a drag moves it. */
export function pointAtMarker(world: World, markerId: string, from: Pointer): Gesture {
  const snapper = createSnapper(
    {
      ...world,
      sequence: { ...world.sequence, markers: world.sequence.markers.filter((item) => item.id !== markerId) },
    },
    [],
  );
  const previewAt = (now: World, pointer: Pointer): Preview => {
    const marker = now.sequence.markers.find((item) => item.id === markerId);
    if (marker === undefined) return emptyPreview;
    const spot = snapper.edge(now, Math.max(0, ticksAtX(pointer.xPx, now.scale)));
    const pending =
      spot.ticks === marker.ticks
        ? null
        : ({
            name: 'setMarker',
            params: { sequenceId: now.sequence.id, markerId, properties: { ticks: spot.ticks } },
          } as const);
    return {
      ...emptyPreview,
      snap: spot.point,
      tip: { ticks: spot.ticks, deltaTicks: spot.ticks - marker.ticks },
      pending,
    };
  };
  return waitForDrag(from, {
    name: 'pointingMarker',
    drag: () => dragGesture({ name: 'moveMarker', cursor: 'ew-resize', start: emptyPreview, previewAt }),
    click(now) {
      const marker = now.sequence.markers.find((item) => item.id === markerId);
      if (marker === undefined) return [];
      return [
        {
          kind: 'session',
          patch: {
            selection: { ...selectClips(now.selection, []), markerId },
            playheadTicks: marker.ticks,
            playing: 0,
            viewerMode: 'timeline',
          },
        },
      ];
    },
  });
}

/** Starts dragging the in or out point in the ruler. */
export function beginInOut(world: World, which: 'in' | 'out'): Gesture {
  const snapper = createSnapper({ ...world, sequence: { ...world.sequence, inTicks: null, outTicks: null } }, []);
  const previewAt = (now: World, pointer: Pointer): Preview => {
    const spot = snapper.edge(now, Math.max(0, ticksAtX(pointer.xPx, now.scale)));
    const range = inOutAt(now, which, spot.ticks);
    return {
      ...emptyPreview,
      snap: spot.point,
      tip: { ticks: spot.ticks, deltaTicks: null },
      pending: { name: 'setInOut', params: { sequenceId: now.sequence.id, ...range } },
    };
  };
  return dragGesture({
    name: which === 'in' ? 'moveInPoint' : 'moveOutPoint',
    cursor: 'ew-resize',
    start: emptyPreview,
    previewAt,
  });
}

/** The other point is pushed along, a frame apart. */
function inOutAt(
  world: World,
  which: 'in' | 'out',
  ticks: Ticks,
): { readonly inTicks: Ticks | null; readonly outTicks: Ticks | null } {
  const { inTicks, outTicks } = world.sequence;
  const frame = frameTicks(world.sequence);
  if (which === 'in') return { inTicks: ticks, outTicks: outTicks === null ? null : Math.max(outTicks, ticks + frame) };
  return { inTicks: inTicks === null ? null : Math.max(0, Math.min(inTicks, ticks - frame)), outTicks: ticks };
}
