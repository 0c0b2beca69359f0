/**
 * A cache of things fetched by URL, drawn once they are there. A failure is kept as such: what is not there is drawn as
 * a plain body.
 */
import { useSyncExternalStore } from 'react';

type Entry<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly atMs: number };

export interface LoadedCache<T> {
  /** Begins to fetch what is not there and not asked for yet. */
  ask(url: string): void;
  /** What is there already; asks for nothing. */
  peek(url: string): T | null;
  /** Changes whenever something has arrived. */
  useVersion(): number;
}

/**
 * A restarting engine cannot answer for a moment: a failed file is requested again when it is needed after this time.
 */
const retryMs = 5000;

/** `limit`: entries kept; the one that was used the longest ago is dropped first. */
export function createLoadedCache<T>(load: (url: string) => Promise<T>, limit: number): LoadedCache<T> {
  const entries = new Map<string, Entry<T>>();
  const watching = new Set<() => void>();
  let version = 0;

  let waking = false;

  /** What arrives together is drawn together: once a frame, not once a file. */
  function settle(url: string, entry: Entry<T>): void {
    entries.set(url, entry);
    if (waking) return;
    waking = true;
    requestAnimationFrame(() => {
      waking = false;
      version += 1;
      for (const wake of watching) wake();
    });
  }

  const subscribe = (wake: () => void) => {
    watching.add(wake);
    return () => {
      watching.delete(wake);
    };
  };

  return {
    ask(url) {
      const known = entries.get(url);
      if (known !== undefined && !(known.state === 'failed' && performance.now() - known.atMs > retryMs)) return;
      entries.set(url, { state: 'loading' });
      load(url).then(
        (value) => settle(url, { state: 'ready', value }),
        () => settle(url, { state: 'failed', atMs: performance.now() }),
      );
      while (entries.size > limit) entries.delete(entries.keys().next().value!);
    },
    peek(url) {
      const entry = entries.get(url);
      if (entry?.state !== 'ready') return null;
      entries.delete(url);
      entries.set(url, entry);
      return entry.value;
    },
    useVersion: () => useSyncExternalStore(subscribe, () => version),
  };
}
