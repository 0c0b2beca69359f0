import type { Walk } from '../walk.ts';

/** Those named since the last verb are what this one is about; none, and it is about the same as the last. */
export function endClause(walk: Walk): void {
  if (walk.named.length > 0) walk.subjects = walk.named;
  walk.named = [];
}
