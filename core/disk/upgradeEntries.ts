/**
 * Upgrades journal entries of an older document version. Their patches fit documents of that version only, so they are
 * applied to the document as it was saved, forwards and backwards. Each entry is then replaced by the difference
 * between the documents before and after it, both in the current version.
 */
import { applyPatches, enablePatches, type Patch as ImmerPatch } from 'immer';
import { diff } from '../commands/shared/diff.ts';
import type { JournalEntry, Patch } from '../document/journal.ts';

enablePatches();

type Json = Record<string, unknown>;

/** A document of an older version, as plain JSON. */
export interface OlderDocument {
  /** As it was saved, in its own version. */
  readonly json: Json;
  /** Number of the last entry in it. */
  readonly seq: number;
}

/**
 * `entries` in order of their seq. Those that cannot be reached (a hole in the numbers, patches that do not fit) are
 * left out before the document and stay as they are after it: replaying reports them as lost.
 */
export function upgradeEntries(
  from: OlderDocument,
  entries: readonly JournalEntry[],
  migrate: (document: Json) => Json,
): JournalEntry[] {
  const upgraded = (entry: JournalEntry, before: Json, after: Json): JournalEntry => {
    const [old, now] = [migrate(before), migrate(after)];
    return { ...entry, patches: diff(old, now), inverse: diff(now, old) };
  };

  const past: JournalEntry[] = [];
  let { json, seq } = from;
  for (const entry of entries.filter((each) => each.seq <= from.seq).toReversed()) {
    const before = entry.seq === seq ? applied(json, entry.inverse) : null;
    if (!before) break;
    past.push(upgraded(entry, before, json));
    json = before;
    seq = entry.seq - 1;
  }

  ({ json, seq } = from);
  let follows = true;
  const future = entries
    .filter((each) => each.seq > from.seq)
    .map((entry) => {
      const after = follows && entry.seq === seq + 1 ? applied(json, entry.patches) : null;
      follows = after !== null;
      if (!after) return entry;
      const made = upgraded(entry, json, after);
      json = after;
      seq = entry.seq;
      return made;
    });
  return [...past.toReversed(), ...future];
}

/** null where the patches do not fit. */
function applied(json: Json, patches: readonly Patch[]): Json | null {
  try {
    return applyPatches(json, patches as ImmerPatch[]);
  } catch {
    return null;
  }
}
