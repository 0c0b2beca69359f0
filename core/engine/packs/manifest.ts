/** A manifest's text, checked: what is wrong with it in one sentence. */
import {
  familyIdSchema,
  packManifestSchema,
  packManifestVersion,
  type FamilyId,
  type PackManifest,
  type VideoFamily,
} from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';

/**
 * `name` is what the user knows the pack by: its folder or .zip. Throws FailureError 'packInvalid' or 'newerVersion'.
 */
export function parseManifest(text: string, name: string): PackManifest {
  const refuse = (reason: string): never => {
    throw new FailureError('packInvalid', `The pack ${name} cannot be used: ${reason}.`, name);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('its manifest.json is not JSON');
  }
  if (typeof json !== 'object' || json === null) return refuse('its manifest.json is not an object');
  const loose = json as { manifestVersion?: unknown; families?: unknown };
  if (typeof loose.manifestVersion === 'number' && loose.manifestVersion > packManifestVersion) {
    throw new FailureError(
      'newerVersion',
      `The pack ${name} is made for a newer Framewright (manifest version ${loose.manifestVersion}, this one reads ${packManifestVersion}).`,
      name,
    );
  }
  const unknownFamily = (Array.isArray(loose.families) ? loose.families : [])
    .map((family) => (family as { family?: unknown } | null)?.family)
    .find((family) => !familyIdSchema.safeParse(family).success);
  if (unknownFamily !== undefined)
    return refuse(`it asks for the family '${String(unknownFamily)}', which this version does not have`);

  const parsed = packManifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    // `packPathSchema`'s own words for a path that climbs out
    if (issue?.message === 'names a path outside the pack')
      return refuse(`its manifest names a path outside the pack: '${String(valueAt(json, issue.path))}'`);
    return refuse(`its manifest.json is wrong at '${where}' (${issue?.message ?? 'unknown'})`);
  }
  const missing = graphPaths(parsed.data).find((path) => !parsed.data.files.some((file) => file.path === path));
  if (missing !== undefined) return refuse(`it uses ${missing}, which is not among its files`);
  return parsed.data;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], json);
}

function figurePaths({ painter, plane, cast, nearWords }: NonNullable<VideoFamily['figures']>): readonly string[] {
  return [painter, plane, cast, ...(nearWords === undefined ? [] : [nearWords])];
}

/** Every file the families of a manifest name. */
export function graphPaths({ families }: Pick<PackManifest, 'families'>): readonly string[] {
  return families.flatMap((family) => [
    ...Object.values(family.graphs).filter((path) => path !== undefined),
    ...(family.family === 'footage' ? [] : [family.tokenizer]),
    ...(family.family !== 'footage' && family.vocabulary ? [family.vocabulary] : []),
    ...(family.family === 'video' && family.figures ? figurePaths(family.figures) : []),
  ]);
}

/**
 * The manifest with only those files that the family needs: all but what other families alone name (weights beside a
 * graph are named by none).
 */
export function filesFor(manifest: PackManifest, familyId: FamilyId): PackManifest {
  const own = new Set(graphPaths({ families: manifest.families.filter((family) => family.family === familyId) }));
  const others = new Set(graphPaths({ families: manifest.families.filter((family) => family.family !== familyId) }));
  return { ...manifest, files: manifest.files.filter(({ path }) => own.has(path) || !others.has(path)) };
}
