/**
 * File dialogs as promises: the system's in Electron; in a browser the editor's own chooser, which lists the machine's
 * folders through the engine (a browser never tells where a file lies). Paths are absolute.
 */
import { create } from 'zustand';
import type { FileFilter } from '../../core/contract/desktopBridge.ts';
import { desktop } from './portTransport.ts';

export interface OpenRequest {
  readonly title: string;
  readonly kind: 'files' | 'folder' | 'project';
  readonly multiple: boolean;
  readonly filters: readonly FileFilter[];
}

export interface SaveRequest {
  readonly title: string;
  readonly filters: readonly FileFilter[];
  readonly suggestedName: string;
}

export type ChooserRequest =
  | (OpenRequest & { readonly mode: 'open'; readonly answer: (paths: readonly string[]) => void })
  | (SaveRequest & { readonly mode: 'save'; readonly answer: (path: string | null) => void });

/** What the chooser dialog shows; null = closed. One at a time: a new question answers the old one with nothing. */
export const useChooser = create<{ request: ChooserRequest | null; lastFolder: string | null }>()(() => ({
  request: null,
  lastFolder: null,
}));

function ask(request: ChooserRequest): void {
  const before = useChooser.getState().request;
  useChooser.setState({ request });
  if (before?.mode === 'open') before.answer([]);
  else before?.answer(null);
}

/** Empty when nothing was chosen. */
export function choosePaths(request: OpenRequest): Promise<readonly string[]> {
  const bridge = desktop();
  if (bridge) {
    return bridge.openDialog({
      title: request.title,
      kind: request.kind === 'files' ? 'files' : 'folder',
      multiple: request.multiple,
      filters: request.filters,
      defaultPath: useChooser.getState().lastFolder,
    });
  }
  return new Promise((resolve) => ask({ ...request, mode: 'open', answer: resolve }));
}

/** null when nothing was chosen. */
export function chooseSavePath(request: SaveRequest): Promise<string | null> {
  const bridge = desktop();
  if (bridge) {
    const folder = useChooser.getState().lastFolder;
    return bridge.saveDialog({
      title: request.title,
      filters: request.filters,
      defaultPath: folder ? `${folder}/${request.suggestedName}` : request.suggestedName,
    });
  }
  return new Promise((resolve) => ask({ ...request, mode: 'save', answer: resolve }));
}

/** File extensions that the import dialog offers, without the dot. */
export const mediaExtensions: readonly string[] = [
  'mp4',
  'mov',
  'mkv',
  'webm',
  'avi',
  'm4v',
  'mpg',
  'mpeg',
  'mts',
  'm2ts',
  'ts',
  'mxf',
  'ogv',
  'wmv',
  'flv',
  '3gp',
  'gif',
  'wav',
  'mp3',
  'm4a',
  'aac',
  'flac',
  'ogg',
  'oga',
  'opus',
  'aif',
  'aiff',
  'wma',
  'ac3',
  'png',
  'jpg',
  'jpeg',
  'webp',
  'avif',
  'bmp',
  'tif',
  'tiff',
];
