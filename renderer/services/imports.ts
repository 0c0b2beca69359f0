/** Files into the bin: from the chooser, from the desktop, from anywhere on the machine. */
import { i18n } from '../i18n/i18n.ts';
import { loadMediaAssets } from './assets.ts';
import { engine } from './connection.ts';
import { choosePaths, mediaExtensions } from './dialogs.ts';
import { useEditor } from './store.ts';

/** Imports by path. What is refused is named with its reason; the rest is imported all the same. Answers the new items' ids. */
export async function importPaths(paths: readonly string[]): Promise<string[]> {
  const { projectId, run, notify } = useEditor.getState();
  if (!projectId || paths.length === 0) return [];
  const { imported, refused } = await engine().call('media.import', { projectId, paths });
  for (const each of refused) notify('error', each.message);
  const known = useEditor.getState().document?.media ?? {};
  const items = imported.filter((item) => !known[item.id]);
  if (items.length > 0) run('addMedia', { items });
  const ids = imported.map((item) => item.id);
  loadMediaAssets(ids);
  return ids;
}

/** Dropped files: by their path under Electron, by sending their bytes to the engine in a browser. */
export async function importFiles(files: readonly File[]): Promise<string[]> {
  const paths: string[] = [];
  for (const file of files) paths.push(await engine().upload(file));
  return importPaths(paths);
}

export async function chooseAndImport(): Promise<string[]> {
  const paths = await choosePaths({
    title: i18n.t('common:files.media'),
    kind: 'files',
    multiple: true,
    filters: [{ name: i18n.t('common:files.media'), extensions: [...mediaExtensions] }],
  });
  return importPaths(paths);
}
