/** The only bridge between the sandboxed window and the desktop: data and ports, never Electron objects. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { enginePortMessage, type DesktopBridge } from '../../core/contract/desktopBridge.ts';
import type { Failure } from '../../core/contract/errors.ts';
import { ipcChannels, preloadArguments } from '../ipcChannels.ts';

function argument(prefix: string): string {
  return process.argv.find((value) => value.startsWith(prefix))?.slice(prefix.length) ?? '';
}

const bridge: DesktopBridge = {
  platform: process.platform as DesktopBridge['platform'],
  versions: { app: argument(preloadArguments.appVersion), electron: process.versions.electron ?? '' },
  languages: argument(preloadArguments.languages)
    .split(',')
    .filter((language) => language !== ''),
  requestEnginePort: () => ipcRenderer.send(ipcChannels.requestEnginePort),
  setMenu: (menu) => ipcRenderer.send(ipcChannels.setMenu, menu),
  onMenuAction: (listener) => {
    const hear = (_event: IpcRendererEvent, actionId: string) => listener(actionId);
    ipcRenderer.on(ipcChannels.menuAction, hear);
    return () => ipcRenderer.off(ipcChannels.menuAction, hear);
  },
  openDialog: (request) => ipcRenderer.invoke(ipcChannels.openDialog, request) as Promise<readonly string[]>,
  saveDialog: (request) => ipcRenderer.invoke(ipcChannels.saveDialog, request) as Promise<string | null>,
  pathForFile: (file) => webUtils.getPathForFile(file),
  showExport: (jobId, how) => ipcRenderer.invoke(ipcChannels.showExport, { jobId, how }) as Promise<Failure | null>,
  setTitle: (title, unsaved) => ipcRenderer.send(ipcChannels.setTitle, title, unsaved),
  windowAction: (action) => ipcRenderer.send(ipcChannels.windowAction, action),
};

// ports cannot pass the context bridge: they reach the page as a message to its own window
ipcRenderer.on(ipcChannels.enginePort, (event) => window.postMessage(enginePortMessage, '*', event.ports));

contextBridge.exposeInMainWorld('framewrightDesktop', bridge);
