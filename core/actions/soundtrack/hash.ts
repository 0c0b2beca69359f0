import { flatFields, laterField } from '../flatFields.ts';
import type { SoundtrackRequest } from './schema.ts';

/** A take with a regenerated part is stale when the whole would be: the part itself does not count. */
export function hashedSoundtrack(request: SoundtrackRequest): Record<string, unknown> {
  const { seed: _seed, part: _part, loudnessLufs, ...asked } = request;
  return { ...flatFields, ...asked, loudnessLufs: laterField(loudnessLufs) };
}
