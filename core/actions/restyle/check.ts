import { refusal, type Refusal } from '../refusal.ts';
import type { RestyleRequest } from './schema.ts';

export function checkRestyle({ prompt, scope, mask }: RestyleRequest): Refusal | null {
  if (prompt.trim() === '') return refusal('styleWithoutWords');
  return scope === 'masked' && mask === null ? refusal('maskMissing') : null;
}
