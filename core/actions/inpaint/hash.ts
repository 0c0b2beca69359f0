import { flatFields } from '../flatFields.ts';
import type { InpaintRequest } from './schema.ts';

/** Another seed is another take of the same request. What is put into footage reads no pack, and no words. */
export function hashedInpaint({ seed: _seed, growPx, ...asked }: InpaintRequest): Record<string, unknown> {
  const put = asked.placement ? { packId: '', prompt: '' } : {};
  return { ...flatFields, ...asked, ...put, growPx: growPx || undefined };
}
