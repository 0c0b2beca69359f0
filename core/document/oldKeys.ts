/**
 * Keys of earlier versions: imports from OpenTimelineIO keyed missing files by their URL ('otio:file:///…'), which no
 * longer counts as a content key. Snapshots and journal entries both hold them, so both are brought up to date as they
 * are read. Works on plain JSON of any shape.
 */
import type { JournalEntry, Patch } from './journal.ts';
import { contentKeyOfName } from './names.ts';

const oldKey = /^otio:/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function upgradeItem(item: unknown): unknown {
  if (!isRecord(item) || typeof item['contentKey'] !== 'string' || !oldKey.test(item['contentKey'])) return item;
  return { ...item, contentKey: contentKeyOfName(item['contentKey']) };
}

function upgradeItems(media: unknown): unknown {
  if (!isRecord(media)) return media;
  return Object.fromEntries(Object.entries(media).map(([id, item]) => [id, upgradeItem(item)]));
}

/** A snapshot's document, not yet parsed. */
export function upgradeDocumentKeys(document: Record<string, unknown>): Record<string, unknown> {
  return isRecord(document['media']) ? { ...document, media: upgradeItems(document['media']) } : document;
}

function upgradePatch(patch: Patch): Patch {
  const { path, value } = patch;
  if (path[0] !== 'media' || value === undefined) return patch;
  if (path.length === 1) return { ...patch, value: upgradeItems(value) };
  if (path.length === 2) return { ...patch, value: upgradeItem(value) };
  const isKey = path.length === 3 && path[2] === 'contentKey' && typeof value === 'string' && oldKey.test(value);
  return isKey ? { ...patch, value: contentKeyOfName(value) } : patch;
}

/** A journal entry of an older version with the current names of fields in its patches. */
export function upgradeEntryKeys(entry: JournalEntry): JournalEntry {
  return {
    ...entry,
    patches: entry.patches.map(upgradePatch),
    inverse: entry.inverse.map(upgradePatch),
  };
}
