/** A child process for the kill test: opens a project and appends one command after the other, saying so after each. */
import { applyCommand, commandEntry } from '../../../commands/history.ts';
import { join } from 'node:path';
import { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { createProjectStore } from '../projectStore.node.ts';

const [home, folder] = process.argv.slice(2) as [string, string];
const store = createProjectStore({
  paths: { home, projects: home },
  cache: new CacheFolder(join(home, 'cache')),
  emit: () => {},
  logger: { info: () => {}, warn: () => {}, error: () => {} },
  policy: { everyEntries: 7, idleMs: 5, backupMs: 20, rotateBytes: 20_000 },
});
const opened = await store.open(folder);
let { document, nextSeq } = opened;
process.send!({ kind: 'opened', seq: nextSeq - 1 });
for (;;) {
  const applied = applyCommand(document, 'renameProject', { name: `Change ${nextSeq}` });
  const { savedSeq } = await store.append(opened.projectId, [
    commandEntry(nextSeq, 'renameProject', applied, new Date().toISOString()),
  ]);
  document = applied.document;
  nextSeq++;
  process.send!({ kind: 'saved', seq: savedSeq });
}
