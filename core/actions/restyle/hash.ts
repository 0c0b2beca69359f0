import { flatFields, laterField } from '../flatFields.ts';
import type { RestyleRequest } from './schema.ts';

/** Another seed is another take of the same request. A look reads no pack. */
export function hashedRestyle({
  seed: _seed,
  strength,
  references,
  keepFaces,
  ...asked
}: RestyleRequest): Record<string, unknown> {
  const look = laterField(strength);
  return {
    ...flatFields,
    ...asked,
    references: references ?? flatFields.references,
    keepFaces: keepFaces || undefined,
    strength: look,
    ...(look === undefined ? {} : { packId: '' }),
  };
}
