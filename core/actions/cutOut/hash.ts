import type { CutOutRequest } from './schema.ts';

/** Nothing is drawn at random, no words are read, and no pack is needed. */
export function hashedCutOut({ action, source, mask }: CutOutRequest): Record<string, unknown> {
  return { action, source, mask };
}
