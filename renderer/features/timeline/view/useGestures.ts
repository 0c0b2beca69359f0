/** Pointer events for the gesture machine, with pointer capture, Esc, and auto-scroll at the edges. */
import { useEffect, type RefObject } from 'react';
import { useEditor } from '../../../services/store.ts';
import { beginOnLanes, cursorAt } from '../gestures/begin.ts';
import type { Pointer, Step, World } from '../gestures/gesture.ts';
import { hitTest } from '../gestures/hitTest.ts';
import { createGestureMachine } from '../gestures/machine.ts';
import { beginOnRuler } from '../gestures/beginOnRuler.ts';
import { beginPan } from '../gestures/pan.ts';
import { createSnapper } from '../gestures/snap.ts';
import { selectForMenu } from './laneMenu.ts';
import { autoScrollSpeed, autoScrollStep } from './autoScroll.ts';
import { layoutLanes } from './laneLayout.ts';
import { ticksAtX, ticksFromPx } from './scale.ts';
import { useTimelineView } from './timelineView.ts';
import { currentWorld, performEffects } from './world.ts';

const machine = createGestureMachine({
  world: currentWorld,
  perform: performEffects,
  show(preview, gesture) {
    const view = useTimelineView.getState();
    const gestureName = gesture?.name ?? null;
    if (view.preview !== preview || view.gestureName !== gestureName)
      useTimelineView.setState({ preview, gestureName, bladeTicks: null });
    document.documentElement.style.cursor = gesture !== null && gesture.cursor !== 'default' ? gesture.cursor : '';
  },
});

/** Cancels the running gesture, which has the first claim on Esc. True when there was one. */
export function cancelGesture(): boolean {
  return machine.cancel();
}

function pointerOf(event: PointerEvent, element: HTMLElement, scrollPx: number): Pointer {
  const box = element.getBoundingClientRect();
  return {
    xPx: event.clientX - box.left,
    yPx: event.clientY - box.top + scrollPx,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
  };
}

/** Buttons inside a clip are buttons, not a grip. */
function onControl(event: PointerEvent): boolean {
  return event.button === 0 && event.target instanceof Element && event.target.closest('[data-control]') !== null;
}

/** Scrolls the lanes while a gesture holds something near their edge. */
function createAutoScroll(element: HTMLElement) {
  let frame = 0;
  let clientX = 0;
  let lastMs: number | null = null;
  const step = (nowMs: number) => {
    const frameMs = nowMs - (lastMs ?? nowMs);
    frame = 0;
    lastMs = null;
    if (machine.current()?.autoScroll !== true) return;
    const box = element.getBoundingClientRect();
    const xPx = clientX - box.left;
    if (autoScrollSpeed(xPx, box.width) === 0) return;
    const byPx = autoScrollStep(xPx, box.width, frameMs);
    const state = useEditor.getState();
    const scrollTicks = Math.max(0, state.scrollTicks + ticksFromPx(byPx, state.pixelsPerSecond));
    if (byPx < 0 && scrollTicks === state.scrollTicks) return;
    if (scrollTicks !== state.scrollTicks) {
      state.setSession({ scrollTicks });
      machine.repeat();
    }
    lastMs = nowMs;
    frame = requestAnimationFrame(step);
  };
  return {
    follow(pointerX: number): void {
      clientX = pointerX;
      if (frame === 0) frame = requestAnimationFrame(step);
    },
    stop(): void {
      cancelAnimationFrame(frame);
      frame = 0;
      lastMs = null;
    },
  };
}

/** Feeds an element's pointer events to the gesture machine; returns the clean-up function. */
function carry(
  element: HTMLElement,
  scrollPx: () => number,
  begin: (world: World, event: PointerEvent, pointer: Pointer) => Step | null,
): () => void {
  const autoScroll = createAutoScroll(element);

  const onDown = (event: PointerEvent) => {
    if (onControl(event)) return;
    const pointer = pointerOf(event, element, scrollPx());
    const started = machine.begin((world) => begin(world, event, pointer), pointer);
    if (!started) return;
    element.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  };
  const onMove = (event: PointerEvent) => {
    if (machine.current() === null || !element.hasPointerCapture(event.pointerId)) return;
    machine.move(pointerOf(event, element, scrollPx()));
    autoScroll.follow(event.clientX);
  };
  const onUp = (event: PointerEvent) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    autoScroll.stop();
    element.releasePointerCapture(event.pointerId);
    machine.release(pointerOf(event, element, scrollPx()));
  };
  const onLost = () => {
    autoScroll.stop();
    machine.cancel();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && machine.cancel()) {
      autoScroll.stop();
      event.stopPropagation();
      event.preventDefault();
    }
  };
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onLost);
  window.addEventListener('blur', onLost);
  window.addEventListener('keydown', onKey, true);
  return () => {
    autoScroll.stop();
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onLost);
    window.removeEventListener('blur', onLost);
    window.removeEventListener('keydown', onKey, true);
  };
}

/** For a read-only project: all tracks count as locked, so clips can be selected but not edited. */
function lookingOnly(world: World): World {
  const locked = world.sequence.tracks.map((track) => ({ ...track, locked: true }));
  const sequence = { ...world.sequence, tracks: locked };
  return { ...world, sequence, lanes: layoutLanes(sequence), tool: world.tool === 'hand' ? 'hand' : 'select' };
}

/** Runs pointer gestures and hover feedback on the lanes. */
export function useLaneGestures(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const scrollPx = () => useTimelineView.getState().laneScrollPx;
    const stop = carry(element, scrollPx, (world, event, pointer) =>
      beginOnLanes(useEditor.getState().readOnly ? lookingOnly(world) : world, event.button, pointer),
    );
    const onHover = (event: PointerEvent) => {
      if (machine.current() === null) hover(element, pointerOf(event, element, scrollPx()));
    };
    // before the menu opens and reads the selection
    const onMenu = (event: PointerEvent) => {
      if (event.button === 2) selectForMenu(pointerOf(event, element, scrollPx()));
    };
    element.addEventListener('pointerdown', onMenu);
    const onLeave = () => useTimelineView.setState({ hoveredGap: null, bladeTicks: null });
    element.addEventListener('pointermove', onHover);
    element.addEventListener('pointerleave', onLeave);
    return () => {
      stop();
      element.removeEventListener('pointerdown', onMenu);
      element.removeEventListener('pointermove', onHover);
      element.removeEventListener('pointerleave', onLeave);
    };
  }, [ref]);
}

/** Before anything is pressed: the cursor, the gap's offer, and where the blade would cut. */
function hover(element: HTMLElement, pointer: Pointer): void {
  const world = currentWorld();
  if (world === null) return;
  const cursor = cursorAt(world, pointer);
  if (element.style.cursor !== cursor) element.style.cursor = cursor;
  const hit = hitTest(world, pointer);
  const view = useTimelineView.getState();
  const gap = hit.kind === 'gap' ? { trackId: hit.gap.trackId, startTicks: hit.gap.startTicks } : null;
  const bladeTicks =
    world.tool === 'blade' && hit.kind === 'clip'
      ? createSnapper(world, []).edge(world, ticksAtX(pointer.xPx, world.scale)).ticks
      : null;
  if (
    view.hoveredGap?.trackId !== gap?.trackId ||
    view.hoveredGap?.startTicks !== gap?.startTicks ||
    view.bladeTicks !== bladeTicks
  ) {
    useTimelineView.setState({ hoveredGap: gap, bladeTicks });
  }
}

/** Runs pointer gestures on the ruler. */
export function useRulerGestures(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return carry(
      element,
      () => 0,
      (world, event, pointer) => {
        if (event.button === 1) return { gesture: beginPan(world, pointer), effects: [] };
        if (event.button !== 0) return null;
        const markerId =
          event.target instanceof Element
            ? (event.target.closest('[data-marker]')?.getAttribute('data-marker') ?? null)
            : null;
        return beginOnRuler(world, markerId, pointer, useEditor.getState().readOnly);
      },
    );
  }, [ref]);
}
