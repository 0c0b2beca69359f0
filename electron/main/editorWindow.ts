import { BrowserWindow, app } from 'electron';
import { ipcChannels, preloadArguments } from '../ipcChannels.ts';
import { pageUrl } from './appPage.ts';

export interface EditorWindowOptions {
  readonly preloadPath: string;
  readonly iconPath: string;
  readonly projectFolder: string | null;
  log(line: string): void;
}

/** A window that crashes is reloaded (its document is in the engine's journal), but only so often. */
const crashesAMinute = 3;

/** Opens the editor's window, hidden until its first frame is ready. */
export function createEditorWindow(options: EditorWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#161616',
    // the window draws its own title bar; macOS keeps its three buttons
    titleBarStyle: 'hidden',
    icon: options.iconPath,
    webPreferences: {
      preload: options.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: false,
      additionalArguments: [
        `${preloadArguments.appVersion}${app.getVersion()}`,
        `${preloadArguments.languages}${app.getPreferredSystemLanguages().join(',')}`,
      ],
    },
  });
  window.once('ready-to-show', () => window.show());

  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    crashes = [...crashes.filter((at) => Date.now() - at < 60_000), Date.now()];
    options.log(`The window ended (${details.reason}).`);
    if (crashes.length <= crashesAMinute) window.webContents.reload();
  });
  void window.loadURL(pageUrl(options.projectFolder));
  return window;
}

/** As if the action had been chosen in the window. */
export function chooseAction(window: BrowserWindow, actionId: string): void {
  if (!window.isDestroyed()) window.webContents.send(ipcChannels.menuAction, actionId);
}
