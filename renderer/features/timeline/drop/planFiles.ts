/**
 * Files from the desktop are not known before they are imported: only their place is shown, at the length of a still.
 */
import { defaultStillTicks } from '../../../../core/document/create.ts';
import { laneAt } from '../view/laneLayout.ts';
import { ticksAtX } from '../view/scale.ts';
import type { Pointer, World } from '../gestures/gesture.ts';
import { createSnapper } from '../gestures/snap.ts';
import type { DropPlan } from './dropPlan.ts';

/** Where files from the desktop would land; null outside the lanes. */
export function planFiles(world: World, pointer: Pointer, name: string): DropPlan | null {
  const lane = laneAt(world.lanes, pointer.yPx);
  if (lane === null) return null;
  const spot = createSnapper(world, []).edge(world, Math.max(0, ticksAtX(pointer.xPx, world.scale)));
  return {
    preview: {
      trackId: lane.track.id,
      startTicks: Math.max(0, spot.ticks),
      durationTicks: defaultStillTicks,
      name,
      kind: 'files',
      snapTicks: spot.point?.ticks ?? null,
      insert: pointer.alt || pointer.ctrl,
      refused: lane.track.locked ? 'locked' : null,
    },
    command: null,
  };
}
