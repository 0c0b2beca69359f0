import { refusal, type Refusal } from '../refusal.ts';
import type { FillGapRequest } from './schema.ts';

/** A gap at the end of nothing cannot be filled. */
export function checkFillGap({ firstFrame, lastFrame }: FillGapRequest): Refusal | null {
  return firstFrame === null && lastFrame === null ? refusal('gapWithoutNeighbour') : null;
}
