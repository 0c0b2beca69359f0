/**
 * Whether keyboard or pointer focused an element. `:focus-visible` cannot tell: Chromium sets it on a clicked button
 * at the first key press, and then Space would press that button again.
 */

type Origin = 'keyboard' | 'pointer';

const walkingKeys = new Set(['Tab', 'F6', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
const origins = new WeakMap<Element, Origin>();
/** A key that moves the focus is down. */
let walking = false;
let pointerDown = false;

/** Whether the keyboard brought the focus to this element, now or, where a script gave the focus back, before. */
export function focusedByKeyboard(element: Element): boolean {
  return origins.get(element) === 'keyboard';
}

function onKeyDown(event: KeyboardEvent): void {
  walking = walkingKeys.has(event.key);
}

function onKeyUp(): void {
  walking = false;
}

function onPointerDown(event: Event): void {
  walking = false;
  pointerDown = true;
  // a click on what has the focus already
  for (const element of event.composedPath())
    if (element instanceof Element && origins.has(element)) origins.set(element, 'pointer');
}

function onPointerUp(): void {
  pointerDown = false;
}

/** A script that moves the focus (a closed dialog gives it back) leaves the element's origin as it was. */
function onFocusIn(event: FocusEvent): void {
  if (!(event.target instanceof Element)) return;
  if (pointerDown) origins.set(event.target, 'pointer');
  else if (walking) origins.set(event.target, 'keyboard');
}

/** Returns the function that stops watching. */
export function watchFocusOrigin(): () => void {
  const listeners = [
    ['keydown', onKeyDown],
    ['keyup', onKeyUp],
    ['pointerdown', onPointerDown],
    ['pointerup', onPointerUp],
    ['pointercancel', onPointerUp],
    ['focusin', onFocusIn],
  ] as const;
  for (const [type, listener] of listeners) window.addEventListener(type, listener as EventListener, true);
  return () => {
    for (const [type, listener] of listeners) window.removeEventListener(type, listener as EventListener, true);
  };
}
