/** A cache of things fetched by URL that components can wait for. A failure is kept as such: what is not there is drawn as a plain body. */
import { useEffect, useState } from 'react';

type Entry<T> = { readonly state: 'loading'; readonly waiting: Set<() => void> } | { readonly state: 'ready'; readonly value: T } | { readonly state: 'failed' };

export interface LoadedCache<T> {
  use(url: string | null): T | null;
}

/** `limit`: entries kept; the one that was used the longest ago is dropped first. */
export function createLoadedCache<T>(load: (url: string) => Promise<T>, limit: number): LoadedCache<T> {
  const entries = new Map<string, Entry<T>>();

  function ask(url: string, onReady: () => void): () => void {
    let entry = entries.get(url);
    if (entry === undefined) {
      const waiting = new Set<() => void>();
      entry = { state: 'loading', waiting };
      entries.set(url, entry);
      const settle = (next: Entry<T>) => {
        entries.set(url, next);
        for (const wake of waiting) wake();
      };
      load(url).then((value) => settle({ state: 'ready', value }), () => settle({ state: 'failed' }));
      while (entries.size > limit) entries.delete(entries.keys().next().value!);
    }
    if (entry.state !== 'loading') return () => undefined;
    const { waiting } = entry;
    waiting.add(onReady);
    return () => waiting.delete(onReady);
  }

  function valueOf(url: string | null): T | null {
    if (url === null) return null;
    const entry = entries.get(url);
    if (entry?.state !== 'ready') return null;
    entries.delete(url);
    entries.set(url, entry);
    return entry.value;
  }

  return {
    use(url) {
      const [, redraw] = useState(0);
      useEffect(() => (url === null ? undefined : ask(url, () => redraw((n) => n + 1))), [url]);
      return valueOf(url);
    },
  };
}
