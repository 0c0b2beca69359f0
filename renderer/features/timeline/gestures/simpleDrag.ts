/**
 * The common shape of gestures that hold one command and run it on release; each file beside this one says only what
 * its command is.
 */
import type { Gesture, Pointer, Preview, World } from './gesture.ts';

export interface DragParts {
  readonly name: string;
  readonly cursor: string;
  readonly start: Preview;
  readonly previewAt: (world: World, pointer: Pointer) => Preview;
}

/** Builds a gesture that previews one command while it is dragged and runs it on release. */
export function dragGesture(parts: DragParts): Gesture {
  const at = (preview: Preview): Gesture => ({
    name: parts.name,
    cursor: parts.cursor,
    autoScroll: true,
    preview,
    move: (world, pointer) => ({ gesture: at(parts.previewAt(world, pointer)), effects: [] }),
    release(world, pointer) {
      const command = parts.previewAt(world, pointer).pending;
      return command === null ? [] : [{ kind: 'run', command }];
    },
  });
  return at(parts.start);
}
