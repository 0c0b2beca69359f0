/**
 * Carries one gesture from press to release. It holds no document: it asks for the world at each step and hands effects
 * out.
 */
import {
  emptyPreview,
  type Effect,
  type Gesture,
  type Pointer,
  type Preview,
  type Step,
  type World,
} from './gesture.ts';

export interface MachinePorts {
  readonly world: () => World | null;
  readonly perform: (effects: readonly Effect[]) => void;
  /** After each step; `gesture` null when the hand is up. */
  readonly show: (preview: Preview, gesture: Gesture | null) => void;
}

export interface GestureMachine {
  readonly current: () => Gesture | null;
  begin(start: (world: World) => Step | null, pointer: Pointer): boolean;
  move(pointer: Pointer): void;
  /** The same point again, after the lanes scrolled under it. */
  repeat(): void;
  release(pointer: Pointer): void;
  /** Esc, a lost pointer, another window: nothing is done. True when there was a gesture. */
  cancel(): boolean;
}

/** Creates a machine that runs at most one gesture at a time. */
export function createGestureMachine(ports: MachinePorts): GestureMachine {
  let gesture: Gesture | null = null;
  let last: Pointer | null = null;

  function end(): void {
    gesture = null;
    last = null;
    ports.show(emptyPreview, null);
  }

  function take(step: Step): void {
    gesture = step.gesture;
    if (step.effects.length > 0) ports.perform(step.effects);
    ports.show(gesture.preview, gesture);
  }

  return {
    current: () => gesture,
    begin(start, pointer) {
      const world = ports.world();
      if (world === null || gesture !== null) return false;
      const step = start(world);
      if (step === null) return false;
      last = pointer;
      take(step);
      return true;
    },
    move(pointer) {
      const world = ports.world();
      if (gesture === null || world === null) return;
      last = pointer;
      take(gesture.move(world, pointer));
    },
    repeat() {
      const world = ports.world();
      if (gesture === null || world === null || last === null) return;
      take(gesture.move(world, last));
    },
    release(pointer) {
      const world = ports.world();
      if (gesture === null || world === null) return;
      const effects = gesture.release(world, pointer);
      // end the gesture first, so that the effects are drawn without a preview over them
      end();
      if (effects.length > 0) ports.perform(effects);
    },
    cancel() {
      if (gesture === null) return false;
      end();
      return true;
    },
  };
}
