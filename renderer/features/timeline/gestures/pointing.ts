/** The hand is down but has not moved yet: it becomes a drag past the threshold, else it was a click. */
import { emptyPreview, passedThreshold, type Effect, type Gesture, type Pointer, type World } from './gesture.ts';
import { beginMarquee, selectClips } from './marquee.ts';
import { beginMove } from './moveClips.ts';
import { withLinked } from './limits.ts';

interface Waiting {
  readonly name: string;
  readonly drag: (world: World) => Gesture;
  readonly click: (world: World, pointer: Pointer) => readonly Effect[];
}

/** Waits for the threshold, then hands on to the drag from where the hand went down. */
export function waitForDrag(from: Pointer, waiting: Waiting): Gesture {
  const self: Gesture = {
    name: waiting.name,
    cursor: 'default',
    autoScroll: false,
    preview: emptyPreview,
    move(world, pointer) {
      if (!passedThreshold(from, pointer)) return { gesture: self, effects: [] };
      return waiting.drag(world).move(world, pointer);
    },
    release: waiting.click,
  };
  return self;
}

/** A press on a clip. An unselected clip is selected immediately; on a selected one, the release decides. */
export function pointAtClip(
  world: World,
  clipId: string,
  from: Pointer,
): { readonly gesture: Gesture; readonly effects: readonly Effect[] } {
  const group = withLinked(world.sequence, [clipId], world.linkedSelection);
  const selected = world.selection.clipIds.includes(clipId);
  const now = selected
    ? world.selection.clipIds
    : from.shift
      ? [...new Set([...world.selection.clipIds, ...group])]
      : group;
  const effects: Effect[] = [{ kind: 'focus', clipId }];
  if (!selected) effects.push({ kind: 'session', patch: { selection: selectClips(world.selection, now) } });
  const gesture = waitForDrag(from, {
    name: 'pointingClip',
    // linked clips always move together, also where only one of them is selected
    drag: (later) => beginMove(later, clipId, withLinked(later.sequence, now, true), from),
    click(later) {
      if (!selected) return [];
      const left = from.shift ? later.selection.clipIds.filter((id) => !group.includes(id)) : group;
      return [{ kind: 'session', patch: { selection: selectClips(later.selection, left) } }];
    },
  });
  return { gesture, effects };
}

/** On an empty place: a drag is a marquee, a click selects the gap that is there or nothing. */
export function pointAtEmpty(gap: World['selection']['gap'], from: Pointer): Gesture {
  return waitForDrag(from, {
    name: 'pointingEmpty',
    drag: (world) => beginMarquee(world, from),
    click(world, pointer) {
      if (pointer.shift) return [];
      return [{ kind: 'session', patch: { selection: { ...selectClips(world.selection, []), gap } } }];
    },
  });
}

/** On a crossfade: a click selects it. Its body does not drag. */
export function pointAtTransition(transitionId: string, from: Pointer): Gesture {
  const gesture: Gesture = waitForDrag(from, {
    name: 'pointingTransition',
    drag: () => gesture,
    click: (world) => [
      { kind: 'session', patch: { selection: { ...selectClips(world.selection, []), transitionId } } },
    ],
  });
  return { ...gesture, move: () => ({ gesture, effects: [] }) };
}
