import type { EnhanceRequest } from './schema.ts';

/** Nothing is drawn at random, and no words are read. */
export function hashedEnhance(request: EnhanceRequest): Record<string, unknown> {
  const { action, source, scale, compressed, denoise, deflicker, packId } = request;
  return { action, source, scale, compressed: scale > 1 && compressed, denoise, deflicker, packId };
}
