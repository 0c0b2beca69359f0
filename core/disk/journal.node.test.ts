import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalEntry } from '../document/journal.ts';
import { JournalWriter, readJournal } from './journal.node.ts';
import { projectFolder } from './projectFolder.node.ts';
import { nodeFs, type ProjectFs } from './projectFs.node.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const entry: JournalEntry = {
  seq: 1,
  kind: 'command',
  label: 'renameProject',
  patches: [{ op: 'replace', path: ['name'], value: 'A' }],
  inverse: [{ op: 'replace', path: ['name'], value: 'B' }],
  target: null,
  at: '2026-11-30T00:00:00.000Z',
};

/** The file system, with every call on the journal's handle written down once it has ended. */
function watched(calls: string[], failing: 'datasync' | null = null): ProjectFs {
  return {
    ...nodeFs,
    open: async (...args: Parameters<typeof open>) => {
      const handle = await open(...args);
      for (const name of ['writeFile', 'datasync', 'sync', 'truncate'] as const) {
        const call = (handle[name] as (...values: unknown[]) => Promise<unknown>).bind(handle);
        Object.assign(handle, {
          [name]: async (...values: unknown[]) => {
            if (name === failing) throw Object.assign(new Error('I/O error'), { code: 'EIO' });
            const answer = await call(...values);
            calls.push(name);
            return answer;
          },
        });
      }
      return handle;
    },
  };
}

it('an entry is on the disk before the append answers: written, then synced', async () => {
  const calls: string[] = [];
  const journal = await JournalWriter.open(watched(calls), projectFolder(folder), 0);
  calls.length = 0;
  await journal.append([entry]);
  expect(calls).toEqual(['writeFile', 'datasync']);
  await journal.close();
  expect((await readJournal(nodeFs, projectFolder(folder), projectFolder(folder).journal)).entries).toEqual([entry]);
});

it('an entry that could not be synced is not in the journal', async () => {
  const journal = await JournalWriter.open(watched([], 'datasync'), projectFolder(folder), 0);
  await expect(journal.append([entry])).rejects.toThrow('I/O error');
  await journal.close();
  expect((await readJournal(nodeFs, projectFolder(folder), projectFolder(folder).journal)).entries).toEqual([]);
});
