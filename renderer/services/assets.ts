/** Filmstrips, peaks and proxies of media and takes: fetched in one call, then updated by events. */
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';
import { documentSaved, useEditor } from './store.ts';

/** Fetches filmstrips, peaks and proxies of media into the store. */
export function loadMediaAssets(mediaIds: readonly string[]): void {
  const { projectId } = useEditor.getState();
  if (!projectId || mediaIds.length === 0) return;
  documentSaved()
    .then(() => engine().call('media.assets', { projectId, mediaIds }))
    .then((list) => {
      if (useEditor.getState().projectId !== projectId) return;
      useEditor.setState((state) => ({
        mediaAssets: { ...state.mediaAssets, ...Object.fromEntries(list.map((assets) => [assets.mediaId, assets])) },
      }));
    })
    .catch(sayFailure);
}

/** Fetches filmstrips, peaks and files of takes into the store. */
export function loadTakeAssets(takeIds: readonly string[]): void {
  const { projectId } = useEditor.getState();
  if (!projectId || takeIds.length === 0) return;
  documentSaved()
    .then(() => engine().call('takes.assets', { projectId, takeIds }))
    .then((list) => {
      if (useEditor.getState().projectId !== projectId) return;
      useEditor.setState((state) => ({
        takeAssets: { ...state.takeAssets, ...Object.fromEntries(list.map((assets) => [assets.takeId, assets])) },
      }));
    })
    .catch(sayFailure);
}
