/**
 * Brings old documents up to the current version, one step per version. A document of a newer version is refused and
 * left untouched. Steps work on plain JSON, since old shapes no longer have types.
 */
import { documentVersion, type ProjectDocument } from './schema.ts';
import { documentProblems } from './invariants.ts';
import type { Sentence } from './sentence.ts';
import { upgradeDocumentKeys } from './oldKeys.ts';
import { parseDocument } from './parse.ts';
import { requestsByAction } from './requestsByAction.ts';

type Json = Record<string, unknown>;
export type Migration = (document: Json) => Json;

/** `migrations[n]` turns version n into n + 1. Version 1 is the first. */
export const migrations: Readonly<Record<number, Migration>> = {
  // takes may be patches from here on: a reader of version 1 would show one as a whole film
  1: (document) => ({ ...document, schemaVersion: 2 }),
  2: requestsByAction,
  // masks may follow, requests may smooth or name a method on footage: a reader of version 3 would call them damage
  3: (document) => ({ ...document, schemaVersion: 4 }),
};

export type ReadDocument =
  | {
      readonly ok: true;
      readonly document: ProjectDocument;
      readonly migratedFrom: number | null;
      readonly problems: readonly Sentence[];
    }
  | { readonly ok: false; readonly code: 'newerVersion' | 'damaged'; readonly reason: string };

/**
 * Turns the JSON of a document of any known version into the current version's shape. Parts that did not change are
 * the same objects. Throws for a version without a step.
 */
export function migrateJson(
  document: Json,
  steps: Readonly<Record<number, Migration>> = migrations,
  currentVersion: number = documentVersion,
): Json {
  let current = document;
  for (let step = Number(document['schemaVersion']); step < currentVersion; step++) {
    const migrate = steps[step];
    if (!migrate) throw new Error(`project version ${step} is unknown`);
    current = migrate(current);
  }
  return upgradeDocumentKeys(current);
}

/**
 * Reads parsed JSON of any known version. `reason` continues a sentence that names the file. `problems` are rules that
 * the document breaks and yet can be worked with: better opened with a notice than refused.
 */
export function readDocument(
  value: unknown,
  steps = migrations,
  currentVersion: number = documentVersion,
): ReadDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, code: 'damaged', reason: 'it does not hold a project' };
  const version = (value as Json)['schemaVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return { ok: false, code: 'damaged', reason: 'it has no schema version' };
  }
  if (version > currentVersion) {
    return {
      ok: false,
      code: 'newerVersion',
      reason: `it was saved by a newer Framewright (project version ${version}, this one reads up to ${currentVersion})`,
    };
  }
  for (let step = version; step < currentVersion; step++)
    if (!steps[step]) return { ok: false, code: 'damaged', reason: `project version ${step} is unknown` };
  const parsed = parseDocument(migrateJson(value as Json, steps, currentVersion));
  if (!parsed.ok) return { ok: false, code: 'damaged', reason: parsed.reason };
  return {
    ok: true,
    document: parsed.value,
    migratedFrom: version === currentVersion ? null : version,
    problems: documentProblems(parsed.value),
  };
}
