/**
 * The patches between two versions of a document, in immer's form. Immer's own are by array index: a clip put in front
 * of a thousand rewrites a thousand clips, in the journal too. Lists of records with ids are compared by id here, so
 * that a patch says what happened: removed, added, or this field of that record.
 * Both versions must share what did not change (immer's do): equal references are not looked into.
 */
import type { Patch } from '../../document/journal.ts';

type Path = readonly (string | number)[];
type Json = Record<string, unknown>;

/** Patches that turn `before` into `after`, both plain JSON values. */
export function diff(before: unknown, after: unknown): Patch[] {
  const patches: Patch[] = [];
  compare(before, after, [], patches);
  return patches;
}

function compare(before: unknown, after: unknown, path: Path, patches: Patch[]): void {
  if (Object.is(before, after)) return;
  if (isRecords(before) && isRecords(after)) compareRecords(before, after, path, patches);
  else if (isPlain(before) && isPlain(after)) comparePlain(before, after, path, patches);
  else if (!equal(before, after)) patches.push({ op: 'replace', path, value: after });
}

function comparePlain(before: Json, after: Json, path: Path, patches: Patch[]): void {
  for (const key of Object.keys(before)) {
    if (!(key in after)) patches.push({ op: 'remove', path: [...path, key] });
  }
  for (const key of Object.keys(after)) {
    const value = after[key];
    // before building a path: most fields of most records are what they were
    if (key in before && Object.is(before[key], value)) continue;
    if (key in before) compare(before[key], value, [...path, key], patches);
    else patches.push({ op: 'add', path: [...path, key], value });
  }
}

/** Removals from the back, then additions from the front, then what changed inside, at its final place. */
function compareRecords(
  before: readonly Identified[],
  after: readonly Identified[],
  path: Path,
  patches: Patch[],
): void {
  const kept = keptInOrder(before, after);
  for (let index = before.length - 1; index >= 0; index--) {
    if (!kept.has(before[index]!.id)) patches.push({ op: 'remove', path: [...path, index] });
  }
  for (const [index, record] of after.entries()) {
    if (!kept.has(record.id)) patches.push({ op: 'add', path: [...path, index], value: record });
  }
  for (const [index, record] of after.entries()) {
    const old = kept.get(record.id);
    if (old && old !== record)
      comparePlain(old as unknown as Json, record as unknown as Json, [...path, index], patches);
  }
}

interface Identified {
  readonly id: string;
}

/** Records of both lists that need not be moved: the longest run (by id) that keeps its order in both. */
function keptInOrder(before: readonly Identified[], after: readonly Identified[]): Map<string, Identified> {
  const places = new Map(after.map((record, index) => [record.id, index]));
  // longest increasing subsequence of the places, patience sorting
  const tails: number[] = [];
  const previous = Array.from<number>({ length: before.length }).fill(-1);
  const place = before.map((record) => places.get(record.id) ?? -1);
  for (const [index, at] of place.entries()) {
    if (at < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place[tails[middle]!]! < at) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  }
  const kept = new Map<string, Identified>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index]!)
    kept.set(before[index]!.id, before[index]!);
  return kept;
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecords(value: unknown): value is Identified[] {
  return Array.isArray(value) && value.every((item) => isPlain(item) && typeof item['id'] === 'string');
}

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
}
