/** The hand tool and the middle button: the lanes follow the hand, in both directions. */
import { ticksFromPx } from '../view/scale.ts';
import { emptyPreview, type Effect, type Gesture, type Pointer, type World } from './gesture.ts';

/** Starts panning the lanes. */
export function beginPan(world: World, from: Pointer): Gesture {
  const startScroll = world.scale.scrollTicks;
  const at = (lastYPx: number): Gesture => ({
    name: 'pan',
    cursor: 'grabbing',
    autoScroll: false,
    preview: emptyPreview,
    move(now, pointer) {
      const scrollTicks = Math.max(0, startScroll - ticksFromPx(pointer.xPx - from.xPx, now.scale.pixelsPerSecond));
      const effects: Effect[] = [{ kind: 'session', patch: { scrollTicks } }];
      // yPx counts scrolled lanes, so after scrolling the same screen point has moved: compare on screen
      const byPx = lastYPx - pointer.yPx;
      if (byPx !== 0) effects.push({ kind: 'scrollLanes', byPx });
      return { gesture: at(pointer.yPx + byPx), effects };
    },
    release: () => [],
  });
  return at(from.yPx);
}
