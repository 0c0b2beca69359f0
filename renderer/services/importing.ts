/** Files into the bin: from a dialog, from a drop, with every refusal named. */
import type { MediaItem } from '../../core/document/schema.ts';
import { i18n } from '../i18n/i18n.ts';
import { loadMediaAssets } from './assets.ts';
import { engine } from './connection.ts';
import { choosePaths, mediaExtensions } from './dialogs.ts';
import { sayFailure } from './errors.ts';
import { desktop } from './portTransport.ts';
import { useEditor } from './store.ts';

/** Answers what arrived; files that were refused are notices. */
export async function importPaths(paths: readonly string[]): Promise<readonly MediaItem[]> {
  const { projectId } = useEditor.getState();
  if (!projectId || paths.length === 0) return [];
  const result = await engine().call('media.import', { projectId, paths });
  const state = useEditor.getState();
  for (const refused of result.refused) state.notify('error', refused.message);
  if (result.imported.length > 0) {
    state.run('addMedia', { items: result.imported });
    loadMediaAssets(result.imported.map((item) => item.id));
  }
  return result.imported;
}

export async function importByDialog(): Promise<readonly MediaItem[]> {
  const paths = await choosePaths({
    title: i18n.t('actions:file.import'), kind: 'files', multiple: true,
    filters: [{ name: i18n.t('common:files.media'), extensions: mediaExtensions }, { name: i18n.t('common:files.all'), extensions: ['*'] }],
  });
  return importPaths(paths);
}

/** Paths of dropped files: where they lie in Electron; in a browser their bytes are copied into the project first. */
export async function pathsOfDropped(files: readonly File[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const file of files) {
    const path = desktop()?.pathForFile(file);
    if (path) {
      paths.push(path);
      continue;
    }
    try {
      paths.push(await engine().upload(file));
    } catch (error) {
      sayFailure(error);
    }
  }
  return paths;
}

export async function importDropped(files: readonly File[]): Promise<readonly MediaItem[]> {
  return importPaths(await pathsOfDropped(files));
}
