/** Imports files from the chooser and the desktop, with a notice for every refused file. */
import { toFailure, type Failure } from '../../core/contract/errors.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import { i18n } from '../i18n/i18n.ts';
import { loadMediaAssets } from './assets.ts';
import { engine } from './connection.ts';
import { choosePaths, mediaExtensions } from './dialogs.ts';
import { failureWords, type NoticeWords } from './noticeWords.ts';
import { useEditor } from './store.ts';
import { whileImporting } from './importing.ts';

/** Imports by path. What is refused is named with its reason; the rest is imported all the same. */
export async function importPaths(paths: readonly string[]): Promise<readonly MediaItem[]> {
  const { projectId } = useEditor.getState();
  if (!projectId || paths.length === 0) return [];
  const { imported, refused } = await whileImporting(paths.length, engine().call('media.import', { projectId, paths }));
  const state = useEditor.getState();
  // another project was opened meanwhile: the files are none of its
  if (state.projectId !== projectId) return [];
  for (const each of refused) state.notify('error', refusedImport(each));
  const known = state.document?.media ?? {};
  const items = imported.filter((item) => !known[item.id]);
  if (items.length > 0) state.run('addMedia', { items });
  loadMediaAssets(imported.map((item) => item.id));
  return imported;
}

/** Sentences that say themselves that the file stayed out. */
const saysSo: ReadonlySet<string> = new Set(['media.notImported', 'media.badPathImport']);

/** A reason of the engine, said as what it means here: that file was not imported. */
function refusedImport(failure: Failure): NoticeWords {
  return saysSo.has(failure.sentence?.key ?? '') ? failureWords(failure) : { kind: 'notImported', failure };
}

/** Dropped files: by their path under Electron, by sending their bytes to the engine in a browser. */
export async function importFiles(files: readonly File[]): Promise<readonly MediaItem[]> {
  const { projectId } = useEditor.getState();
  const paths: string[] = [];
  for (const file of files) {
    if (useEditor.getState().projectId !== projectId) return [];
    try {
      paths.push(await whileImporting(files.length, engine().upload(file)));
    } catch (error) {
      // one file that cannot be sent must not keep the others out
      useEditor.getState().notify('error', refusedImport(toFailure(error)));
    }
  }
  return useEditor.getState().projectId === projectId ? importPaths(paths) : [];
}

/** Asks for files and imports them; returns the imported media, empty when cancelled. */
export async function chooseAndImport(): Promise<readonly MediaItem[]> {
  const paths = await choosePaths({
    title: i18n.t('actions:file.import'),
    kind: 'files',
    multiple: true,
    filters: [
      { name: i18n.t('common:files.media'), extensions: [...mediaExtensions] },
      { name: i18n.t('common:files.all'), extensions: ['*'] },
    ],
  });
  return importPaths(paths);
}
