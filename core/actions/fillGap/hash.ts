import { flatFields } from '../flatFields.ts';
import type { FillGapRequest } from './schema.ts';

/** Another seed is another take of the same request. */
export function hashedFillGap({ seed: _seed, ...asked }: FillGapRequest): Record<string, unknown> {
  return { ...flatFields, ...asked };
}
