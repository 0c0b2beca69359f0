/** Parses and checks the text of a manifest.json. */
import {
  familyIdSchema,
  packManifestSchema,
  packManifestVersion,
  type FamilyId,
  type PackManifest,
  type VideoFamily,
} from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/**
 * `name` is what the user knows the pack by: its folder or .zip. Throws FailureError 'packInvalid' or 'newerVersion'.
 */
export function parseManifest(text: string, name: string): PackManifest {
  const refuse = (reason: Sentence): never => {
    throw new FailureError('packInvalid', sentence('pack.unusable', { name, reason }), name);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse(sentence('packProblem.manifestNotJson'));
  }
  if (typeof json !== 'object' || json === null) return refuse(sentence('packProblem.manifestNotObject'));
  const loose = json as { manifestVersion?: unknown; families?: unknown };
  if (typeof loose.manifestVersion === 'number' && loose.manifestVersion > packManifestVersion) {
    throw new FailureError(
      'newerVersion',
      sentence('pack.newerVersion', { name, version: loose.manifestVersion, known: packManifestVersion }),
      name,
    );
  }
  const unknownFamily = (Array.isArray(loose.families) ? loose.families : [])
    .map((family) => (family as { family?: unknown } | null)?.family)
    .find((family) => !familyIdSchema.safeParse(family).success);
  if (unknownFamily !== undefined)
    return refuse(sentence('packProblem.unknownFamily', { family: String(unknownFamily) }));

  const parsed = packManifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    // `packPathSchema`'s own words for a path that climbs out
    if (issue?.message === 'names a path outside the pack')
      return refuse(sentence('packProblem.pathOutside', { path: String(valueAt(json, issue.path)) }));
    return refuse(sentence('packProblem.manifestWrong', { where, reason: issue?.message ?? 'unknown' }));
  }
  const missing = graphPaths(parsed.data).find((path) => !parsed.data.files.some((file) => file.path === path));
  if (missing !== undefined) return refuse(sentence('packProblem.unlistedFile', { path: missing }));
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
    ...('tokenizer' in family ? [family.tokenizer] : []),
    ...('vocabulary' in family && family.vocabulary ? [family.vocabulary] : []),
    ...(family.family === 'words' ? [family.tokens] : []),
    ...(family.family === 'video' && family.figures ? figurePaths(family.figures) : []),
  ]);
}

/**
 * The manifest with only the files one family needs: all except those that only other families name. External weights
 * are named by no family and stay.
 */
export function filesFor(manifest: PackManifest, familyId: FamilyId): PackManifest {
  const own = new Set(graphPaths({ families: manifest.families.filter((family) => family.family === familyId) }));
  const others = new Set(graphPaths({ families: manifest.families.filter((family) => family.family !== familyId) }));
  return { ...manifest, files: manifest.files.filter(({ path }) => own.has(path) || !others.has(path)) };
}
