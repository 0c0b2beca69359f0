import { refusal, type Refusal } from '../refusal.ts';
import type { InpaintRequest } from './schema.ts';

/** Removing needs no words, nor does a picture that is put into footage. */
export function checkInpaint({ prompt, edit, placement, references }: InpaintRequest): Refusal | null {
  if (placement && references.length === 0) return refusal('pictureMissing');
  return prompt.trim() === '' && edit !== 'remove' && !placement ? refusal('editWithoutWords') : null;
}
