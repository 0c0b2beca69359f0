import { vi } from 'vitest';

/**
 * Waits until `check` no longer throws and answers what it answers. Looks every 10 ms. Gives up after 60 s: far longer
 * than anything takes on a busy machine, and waiting costs nothing once it has happened.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 60_000, interval: 10 });
}
