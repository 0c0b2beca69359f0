/** F6 walks the regions: elements with `data-region`, in the order of the page. Focus goes where it last was inside. */

const last = new WeakMap<Element, HTMLElement>();
const focusable = 'button:not(:disabled), input, textarea, select, [tabindex]:not([tabindex="-1"]), a[href]';

/** Remembers where the focus was in each region. Called once; answers the function that stops it. */
export function rememberFocus(): () => void {
  const onFocus = (event: FocusEvent) => {
    const element = event.target as HTMLElement;
    const region = element.closest?.('[data-region]');
    if (region && element !== region) last.set(region, element);
  };
  document.addEventListener('focusin', onFocus);
  return () => document.removeEventListener('focusin', onFocus);
}

/** Gives a region the keys, without a ring: the pointer brought the focus here. */
export function focusRegion(name: string): void {
  document.querySelector<HTMLElement>(`[data-region="${name}"]`)?.focus({ focusVisible: false } as FocusOptions);
}

/** Moves the focus to the next (1) or previous (-1) region. */
export function walkRegions(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.getClientRects().length > 0,
  );
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length] ?? regions[0]!;
  const before = last.get(next);
  const target =
    before && next.contains(before)
      ? before
      : (next.querySelector<HTMLElement>('[data-region-focus]') ?? next.querySelector<HTMLElement>(focusable) ?? next);
  // the ring must show: the key that brought the focus here was a key
  target.focus({ focusVisible: true } as FocusOptions);
}
