/**
 * What makes a take stale: the hash of the request, its inputs and its pack. The seed is not in it: another seed is
 * another take of the same.
 */
import { createHash } from 'node:crypto';
import type { PackManifest } from '../../../models/families/pack.ts';
import type { FootageMethod } from '../footage/methods.ts';
import { actionOf } from '../../actions/actions.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import { isMusic } from '../../actions/soundtrack/isMusic.ts';

type PackIdentity = Pick<PackManifest, 'id' | 'version' | 'files'>;

/** What a pack says of itself, its card and its pictures, changes no take: its models do. */
function modelsOf({ id, version, files }: PackIdentity): unknown {
  return {
    id,
    version,
    files: files.filter(({ path }) => !/\.(md|jpg|png)$/.test(path)).map(({ path, sha256 }) => ({ path, sha256 })),
  };
}

/**
 * sha256 (hex). `inputKeys`: contents of the inputs in the request's order. `by`: the pack, or the method on footage,
 * which reads no pack's models. `soundFont`: sha256 of the SoundFont that
 * the user chose, null without a choice (musicHash.node.ts); it counts for music alone.
 */
export function hashRequest(
  request: GenerationRequest,
  inputKeys: readonly string[],
  by: PackIdentity | FootageMethod | null,
  soundFont: string | null = null,
): string {
  return createHash('sha256')
    .update(
      canonical({
        request: actionOf(request).hashed(request),
        inputKeys,
        ...(by && !('files' in by) ? { method: by } : { pack: by && modelsOf(by) }),
        instruments: isMusic(request) && soundFont !== null ? soundFont : undefined,
      }),
    )
    .digest('hex');
}

/** JSON with sorted keys: the same content gives the same text, however it was put together. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
