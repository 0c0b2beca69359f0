import { flatFields, laterField } from '../flatFields.ts';
import type { GenerateRequest } from './schema.ts';

/** Another seed is another take of the same request. */
export function hashedGenerate({ seed: _seed, upscale, ...asked }: GenerateRequest): Record<string, unknown> {
  return { ...flatFields, ...asked, upscale: laterField(upscale) };
}
