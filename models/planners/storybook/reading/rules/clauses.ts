import type { Walk } from '../walk.ts';

/** Ends a clause: a verb is about the figures named since the last verb, or if there are none, about the same ones. */
export function endClause(walk: Walk): void {
  if (walk.named.length > 0) walk.subjects = walk.named;
  walk.named = [];
}
