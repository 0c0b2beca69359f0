import { flatFields } from '../flatFields.ts';
import type { RestyleRequest } from './schema.ts';

/** Another seed is another take of the same request. */
export function hashedRestyle({ seed: _seed, ...asked }: RestyleRequest): Record<string, unknown> {
  return { ...flatFields, ...asked };
}
