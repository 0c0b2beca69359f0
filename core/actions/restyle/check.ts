import { refusal, type Refusal } from '../refusal.ts';
import { readLooks } from './readLooks.ts';
import type { RestyleRequest } from './schema.ts';

/**
 * Needs words or, for footage, a picture to learn from, and a mask where only the masked part is to change. Looks are
 * chosen by words of their list.
 */
export function checkRestyle({ prompt, scope, mask, strength, references = [] }: RestyleRequest): Refusal | null {
  const isLearned = isLookStrength(strength) && references.length > 0;
  if (prompt.trim() === '' && !isLearned) return refusal('styleWithoutWords');
  if (scope === 'masked' && mask === null) return refusal('maskMissing');
  if (prompt.trim() === '') return null;
  return isLookStrength(strength) ? checkLooks(prompt) : null;
}

function isLookStrength(strength: number | null | undefined): strength is number {
  return strength !== null && strength !== undefined;
}

function checkLooks(prompt: string): Refusal | null {
  const { looks, clash } = readLooks(prompt);
  if (clash) return refusal('looksClash', {}, { first: `look.${clash[0]}`, second: `look.${clash[1]}` });
  return looks.length > 0 ? null : refusal('lookUnknown', { words: prompt.trim() }, { looks: 'look.all' });
}
