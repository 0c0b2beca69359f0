/** Journal records: what changed and how to undo it. They come from disk and from sockets, so a schema checks them. */
import { z } from 'zod';

/** A JSON patch as immer makes it. Paths count list items by index, so patches only fit the document they follow. */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

/**
 * One line of the journal. `kind`:
 * 'command' can be undone; 'undo' and 'redo' point at the command they reverse; 'record' changes the document outside
 * of history (a take arrived, a file was relinked).
 */
export interface JournalEntry {
  readonly seq: number;
  readonly kind: 'command' | 'undo' | 'redo' | 'record';
  /** Command id, e.g. 'splitClip': the history panel translates it. */
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** For undo and redo: seq of the command. */
  readonly target: number | null;
  readonly at: string;
}

/** Longest list a patch may reach into: a larger index would make a list of holes that takes minutes to walk. */
const longestList = 100_000;
/** The document nests about ten deep; a deeper value only serves to exhaust the stack. */
const deepestValue = 64;

/** `length` would resize a list, the others would reach a prototype: no document has fields of these names. */
const forbiddenKeys: ReadonlySet<string> = new Set(['length', ...Object.getOwnPropertyNames(Object.prototype)]);

/** Whether a parsed JSON value nests no deeper than `levels`. */
export function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => nestsWithin(item, levels - 1));
}

const pathKeySchema = z
  .string()
  .max(64)
  .refine((key) => !forbiddenKeys.has(key) && key !== 'prototype', 'no document has a field of this name');

/** Shape of one patch. Whether it fits a document shows when it is applied and the result is parsed. */
export const patchSchema: z.ZodType<Patch> = z.object({
  op: z.enum(['add', 'remove', 'replace']),
  path: z.array(z.union([pathKeySchema, z.number().int().nonnegative().max(longestList)])).max(32),
  value: z
    .unknown()
    .refine((value) => nestsWithin(value, deepestValue), 'the value nests too deep')
    .optional(),
});

const seqSchema = z.number().int().positive();

/** Shape of one journal entry, from a file or a window. */
export const journalEntrySchema: z.ZodType<JournalEntry> = z.object({
  seq: seqSchema,
  kind: z.enum(['command', 'undo', 'redo', 'record']),
  label: z.string().max(64),
  patches: z.array(patchSchema).max(longestList),
  inverse: z.array(patchSchema).max(longestList),
  target: seqSchema.nullable(),
  at: z.string().max(40),
});
