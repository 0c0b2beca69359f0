import { refusal, type Refusal } from '../refusal.ts';
import type { GenerateRequest } from './schema.ts';

/** Needs words or a picture. */
export function checkGenerate({ prompt, firstFrame, lastFrame, references }: GenerateRequest): Refusal | null {
  const hasPicture = firstFrame !== null || lastFrame !== null || references.length > 0;
  return prompt.trim() === '' && !hasPicture ? refusal('nothingAsked') : null;
}
