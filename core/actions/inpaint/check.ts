import { refusal, type Refusal } from '../refusal.ts';
import type { InpaintRequest } from './schema.ts';

/** Removing needs no words. */
export function checkInpaint({ prompt, edit }: InpaintRequest): Refusal | null {
  return prompt.trim() === '' && edit !== 'remove' ? refusal('editWithoutWords') : null;
}
