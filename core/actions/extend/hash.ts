import { flatFields } from '../flatFields.ts';
import type { ExtendRequest } from './schema.ts';

/** Another seed is another take of the same request. */
export function hashedExtend({ seed: _seed, ...asked }: ExtendRequest): Record<string, unknown> {
  return { ...flatFields, ...asked };
}
