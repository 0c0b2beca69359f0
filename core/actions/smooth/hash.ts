import type { SmoothRequest } from './schema.ts';

/** Nothing is drawn at random, and no words are read. */
export function hashedSmooth({ action, source, rate, packId }: SmoothRequest): Record<string, unknown> {
  return { action, source, rate, packId };
}
