import { refusal, type Refusal } from '../refusal.ts';
import type { RestyleRequest } from './schema.ts';

/** Needs words, and a mask where only the masked part is to change. */
export function checkRestyle({ prompt, scope, mask }: RestyleRequest): Refusal | null {
  if (prompt.trim() === '') return refusal('styleWithoutWords');
  return scope === 'masked' && mask === null ? refusal('maskMissing') : null;
}
