/**
 * Names in a document that become names on disk. A project may come from a stranger: each is checked when it is parsed,
 * and its type says so afterwards.
 */
import { z } from 'zod';

/** Names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Whether every file system takes this as the name of one file: no separators, no leading or trailing dot. */
export function isPlainFileName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/.test(name) && !name.endsWith('.') && !deviceName.test(name);
}

/**
 * Ids of records: 1 to 64 letters, digits, '_' and '-'. They are keys of plain objects and begin file names, so names
 * that objects inherit and names of devices are refused.
 */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id (1 to 64 letters, digits, - and _)')
  .refine((id) => !(id in {}) && !deviceName.test(id), 'an id that cannot be used');

/** 64 hex digits that name a file by its content: see `contentKeyOf` in core/disk. */
export const contentKeySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a content key (64 hex digits)')
  .brand<'ContentKey'>();
export type ContentKey = z.infer<typeof contentKeySchema>;

/** Name of a file in a project's takes/. */
export const takeFileSchema = z
  .string()
  .refine(isPlainFileName, 'not the name of a file in the takes folder')
  .brand<'TakeFile'>();
export type TakeFile = z.infer<typeof takeFileSchema>;

/**
 * A key for a file that has not been read yet, from its name or address: the same name gives the same key. Not a
 * cryptographic hash: nothing is stored under such a key, it only has to differ from other files' keys.
 */
export function contentKeyOfName(name: string): ContentKey {
  let key = '';
  for (let part = 0; part < 8; part++) {
    // FNV-1a with its own start for each part, then the finaliser of MurmurHash3
    let hash = 0x811c9dc5 ^ Math.imul(part + 1, 0x9e3779b1);
    for (let index = 0; index < name.length; index++)
      hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193 + 2 * part);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    key += ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }
  return contentKeySchema.parse(key);
}

/** A take's file name from a literal; throws ZodError for a name that is not allowed. */
export function takeFileOf(name: string): TakeFile {
  return takeFileSchema.parse(name);
}
