import { flatFields } from '../flatFields.ts';
import type { InpaintRequest } from './schema.ts';

/** Another seed is another take of the same request. */
export function hashedInpaint({ seed: _seed, growPx, ...asked }: InpaintRequest): Record<string, unknown> {
  return { ...flatFields, ...asked, growPx: growPx || undefined };
}
