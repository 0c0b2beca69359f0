import { refusal, type Refusal } from '../refusal.ts';
import type { EnhanceRequest } from './schema.ts';

/** Something has to be asked for. */
export function checkEnhance({ scale, denoise, deflicker, deblock }: EnhanceRequest): Refusal | null {
  return scale > 1 || denoise > 0 || deflicker || deblock ? null : refusal('nothingToEnhance');
}
