/** A rectangle over the lanes selects every clip it touches. Shift adds to what was selected. */
import { clipsInRange } from '../../../../core/document/query.ts';
import type { Selection } from '../../../services/editor.ts';
import { ticksAtX } from '../view/scale.ts';
import { emptyPreview, type Effect, type Gesture, type Pointer, type Preview, type World } from './gesture.ts';
import { withLinked } from './limits.ts';

/** Starts a marquee selection. */
export function beginMarquee(world: World, from: Pointer): Gesture {
  const startTicks = ticksAtX(from.xPx, world.scale);
  const before = from.shift ? world.selection.clipIds : [];

  function boxAt(now: World, pointer: Pointer): NonNullable<Preview['marquee']> {
    const ticks = ticksAtX(pointer.xPx, now.scale);
    return {
      fromTicks: Math.min(startTicks, ticks),
      toTicks: Math.max(startTicks, ticks),
      topPx: Math.min(from.yPx, pointer.yPx),
      bottomPx: Math.max(from.yPx, pointer.yPx),
    };
  }

  function select(now: World, pointer: Pointer): Effect {
    const box = boxAt(now, pointer);
    const touched = now.lanes
      .filter((lane) => lane.topPx < box.bottomPx && lane.topPx + lane.heightPx > box.topPx && !lane.track.locked)
      .flatMap((lane) =>
        clipsInRange(lane.track, { startTicks: box.fromTicks, durationTicks: box.toTicks - box.fromTicks }),
      )
      .map((clip) => clip.id);
    const clipIds = [...new Set([...before, ...withLinked(now.sequence, touched, now.linkedSelection)])];
    return { kind: 'session', patch: { selection: selectClips(now.selection, clipIds) } };
  }

  const at = (preview: Preview): Gesture => ({
    name: 'marquee',
    cursor: 'default',
    autoScroll: true,
    preview,
    move: (now, pointer) => ({
      gesture: at({ ...emptyPreview, marquee: boxAt(now, pointer) }),
      effects: [select(now, pointer)],
    }),
    release: (now, pointer) => [select(now, pointer)],
  });
  return at(emptyPreview);
}

/** A selection of clips and nothing else of the timeline; what is selected in the bin stays. */
export function selectClips(selection: Selection, clipIds: readonly string[]): Selection {
  return { ...selection, clipIds, gap: null, transitionId: null, markerId: null };
}
