import type { EnhanceRequest } from './schema.ts';

/** Nothing is drawn at random, and no words are read. */
export function hashedEnhance(request: EnhanceRequest): Record<string, unknown> {
  const { action, source, scale, compressed, denoise, deflicker, deblock, packId } = request;
  const asked = { action, source, scale, compressed: scale > 1 && compressed, denoise, deflicker, packId };
  return deblock ? { ...asked, deblock } : asked;
}
