/** Remembers on disk which pack files were read whole and had the right hash. */
import { z } from 'zod';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import type { HashMemory } from './checkFiles.node.ts';

const memorySchema = z.array(z.string());

/** `path` is a JSON file; a missing or damaged one means that nothing is known yet. */
export function createHashMemory(path: string): HashMemory {
  let known: Promise<Set<string>> | null = null;
  const load = (): Promise<Set<string>> => {
    known ??= readJsonOrNull(path).then((json) => new Set(memorySchema.safeParse(json).data ?? []));
    return known;
  };
  return {
    knows: async (key) => (await load()).has(key),
    async learn(key) {
      const keys = await load();
      keys.add(key);
      await writeJsonFile(path, [...keys]);
    },
  };
}
