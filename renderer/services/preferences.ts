/** What the window remembers between starts, in localStorage: nothing of it belongs to the document or to undo. */
import type { Language } from '../i18n/i18n.ts';
import { desktop } from './portTransport.ts';

const storageKey = 'framewright.preferences';

export interface Preferences {
  readonly theme: 'dark' | 'light';
  readonly language: Language;
  readonly safeAreas: boolean;
  readonly snapping: boolean;
  readonly linkedSelection: boolean;
  /** Action id -> its keys; an empty list takes the default away. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>;
  readonly layout: Layout;
}

/** px; the screen's size decides how much of it is obeyed. */
export interface Layout {
  readonly binWidth: number;
  readonly inspectorWidth: number;
  readonly timelineHeight: number;
  /** The inspector reaches down beside the timeline. */
  readonly tallInspector: boolean;
  readonly binOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly timelineOpen: boolean;
}

/** Layout of the panels at the first start; lengths in px. */
export const defaultLayout: Layout = {
  binWidth: 344,
  inspectorWidth: 336,
  timelineHeight: 368,
  tallInspector: true,
  binOpen: true,
  inspectorOpen: true,
  timelineOpen: true,
};

/** Preferences at the first start: theme and language follow the system. */
export function defaultPreferences(): Preferences {
  const system = desktop()?.languages ?? globalThis.navigator?.languages ?? [];
  const prefersLight = globalThis.matchMedia?.('(prefers-color-scheme: light)').matches ?? false;
  return {
    theme: prefersLight ? 'light' : 'dark',
    language: system[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    safeAreas: false,
    snapping: true,
    linkedSelection: true,
    shortcuts: {},
    layout: defaultLayout,
  };
}

/** What was stored, over the defaults. Something unreadable counts as nothing stored. */
export function loadPreferences(): Preferences {
  const defaults = defaultPreferences();
  const text = globalThis.localStorage?.getItem(storageKey);
  if (!text) return defaults;
  let stored: Partial<Preferences>;
  try {
    stored = JSON.parse(text) as Partial<Preferences>;
  } catch {
    return defaults;
  }
  return { ...defaults, ...stored, layout: { ...defaults.layout, ...stored.layout } };
}

let current: Preferences | null = null;
const listeners = new Set<() => void>();

/** The current preferences, read from storage once. */
export function preferences(): Preferences {
  return (current ??= loadPreferences());
}

/** Changes preferences, stores them and notifies the listeners. */
export function setPreferences(patch: Partial<Preferences>): void {
  current = { ...preferences(), ...patch };
  globalThis.localStorage?.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

/** Calls the listener after every change; returns the unsubscribe function. */
export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
