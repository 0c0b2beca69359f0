/** Which gesture a pressed button begins, by tool, place and modifier keys. The one table of it. */
import { assertNever } from '../../../../core/time/assertNever.ts';
import { beginBlade } from './blade.ts';
import { beginFade } from './fadeHandle.ts';
import type { Pointer, Step, World } from './gesture.ts';
import { hitTest, type Hit } from './hitTest.ts';
import { selectClips } from './marquee.ts';
import { beginPan } from './pan.ts';
import { pointAtClip, pointAtEmpty, pointAtTransition, waitForDrag } from './pointing.ts';
import { beginRoll, cutAtEdge } from './rollCut.ts';
import { beginSlide } from './slideClip.ts';
import { beginSlip } from './slipClip.ts';
import { beginTransitionEdge } from './transitionEdge.ts';
import { beginTrim } from './trimEdge.ts';

/** `button`: 0 left, 1 middle. Answers null where nothing begins. */
export function beginOnLanes(world: World, button: number, pointer: Pointer): Step | null {
  if (button === 1 || (button === 0 && world.tool === 'hand'))
    return { gesture: beginPan(world, pointer), effects: [] };
  if (button !== 0) return null;
  const hit = hitTest(world, pointer);
  switch (hit.kind) {
    case 'clip':
      return beginOnClip(world, hit, pointer);
    case 'transition':
      if (hit.part === 'body') return { gesture: pointAtTransition(hit.transition.id, pointer), effects: [] };
      return {
        gesture: beginTransitionEdge(world, hit.track.id, hit.transition.id, hit.part, pointer),
        effects: [
          {
            kind: 'session',
            patch: { selection: { ...selectClips(world.selection, []), transitionId: hit.transition.id } },
          },
        ],
      };
    case 'gap':
      return { gesture: pointAtEmpty(hit.gap, pointer), effects: [] };
    case 'lane':
    case 'outside':
      return { gesture: pointAtEmpty(null, pointer), effects: [] };
    default:
      return assertNever(hit);
  }
}

/**
 * On a clip, with the select tool: edge = trim (Shift ripples, Ctrl rolls the cut), body = move, Ctrl+Alt = slip,
 * Shift+Alt = slide. With the ripple tool: edge = ripple trim (Ctrl rolls), body = slip, Alt = slide.
 */
function beginOnClip(world: World, hit: Extract<Hit, { kind: 'clip' }>, pointer: Pointer): Step {
  const { clip, part } = hit;
  if (world.tool === 'blade') return { gesture: beginBlade(world, clip.id, pointer), effects: [] };
  const pointed = pointAtClip(world, clip.id, pointer);
  if (hit.track.locked)
    return {
      gesture: waitForDrag(pointer, {
        name: 'pointingLocked',
        drag: () => pointAtEmpty(null, pointer),
        click: () => [],
      }),
      effects: pointed.effects,
    };
  if (part === 'fadeIn' || part === 'fadeOut')
    return { gesture: beginFade(world, clip.id, part, pointer), effects: pointed.effects };
  if (part === 'in' || part === 'out') {
    const cut = pointer.ctrl ? cutAtEdge(world, clip.id, part) : null;
    if (cut !== null)
      return { gesture: beginRoll(world, cut.left.clip.id, cut.right.clip.id, pointer), effects: pointed.effects };
    const ripple = world.tool === 'ripple' || pointer.shift;
    return { gesture: beginTrim(world, clip.id, part, ripple, pointer), effects: pointed.effects };
  }
  const slide = world.tool === 'ripple' ? pointer.alt : pointer.alt && pointer.shift;
  const slip = world.tool === 'ripple' ? !pointer.alt : pointer.alt && pointer.ctrl;
  if (slide || slip) {
    const drag = (now: World) => (slide ? beginSlide(now, clip.id, pointer) : beginSlip(now, clip.id, pointer));
    return {
      gesture: waitForDrag(pointer, { name: 'pointingClip', drag, click: pointed.gesture.release }),
      effects: pointed.effects,
    };
  }
  return pointed;
}

/** What the pointer looks like before a button is pressed. */
export function cursorAt(world: World, pointer: Pointer): string {
  if (world.tool === 'hand') return 'grab';
  const hit = hitTest(world, pointer);
  if (hit.kind === 'clip') {
    if (world.tool === 'blade') return 'crosshair';
    if (hit.track.locked) return 'not-allowed';
    if (hit.part !== 'body')
      return pointer.ctrl &&
        (hit.part === 'in' || hit.part === 'out') &&
        cutAtEdge(world, hit.clip.id, hit.part) !== null
        ? 'col-resize'
        : 'ew-resize';
    return world.tool === 'ripple' ? 'ew-resize' : 'default';
  }
  return hit.kind === 'transition' && hit.part !== 'body' ? 'ew-resize' : 'default';
}
