import { refusal, type Refusal } from '../refusal.ts';
import type { CutOutRequest } from './schema.ts';

/** Something has to say what is cut out. */
export function checkCutOut({ mask }: CutOutRequest): Refusal | null {
  return mask === null ? refusal('maskMissing') : null;
}
