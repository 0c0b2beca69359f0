/** files.list: the browser host's file chooser. Names only; nothing is read. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Handlers } from '../../contract/contract.ts';
import { projectSuffix } from '../../disk/projectFolder.node.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';

/** Lists folders for the window's file chooser. Throws FailureError 'notFound', 'badRequest' or 'notReadable'. */
export function fileHandlers(): Pick<Handlers, 'files.list'> {
  return {
    async 'files.list'({ folder }) {
      const path = resolve(folder ?? homedir());
      const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new FailureError('notFound', sentence('file.folderMissing', { path }), path);
        if (error.code === 'ENOTDIR') throw new FailureError('badRequest', sentence('file.notFolder', { path }), path);
        throw new FailureError(
          'notReadable',
          sentence('file.folderUnreadable', { path, reason: error.code ?? error.message }),
          path,
        );
      });
      const visible = entries.filter((entry) => !entry.name.startsWith('.'));
      const listed = await Promise.all(
        visible.map(async (entry) => {
          const full = join(path, entry.name);
          // links are followed; one that leads nowhere is left out
          const info = await stat(full).catch(() => null);
          if (!info) return null;
          const isFolder = info.isDirectory();
          return {
            name: entry.name,
            path: full,
            isFolder,
            isProject: isFolder && entry.name.endsWith(projectSuffix) && existsSync(join(full, 'project.json')),
            sizeBytes: isFolder ? 0 : info.size,
          };
        }),
      );
      const parent = dirname(path);
      return {
        folder: path,
        parent: parent === path ? null : parent,
        entries: listed
          .filter((entry) => entry !== null)
          .sort(
            (a, b) =>
              Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name, undefined, { numeric: true }),
          ),
      };
    },
  };
}
