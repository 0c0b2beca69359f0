/**
 * Program: Electron's main process. Window, menu, dialogs, protocol, and the hand-over of ports; no work of its own.
 */
import { BrowserWindow, app, dialog, protocol, session } from 'electron';
import { join } from 'node:path';
import { appScheme, pageUrl } from './appPage.ts';
import { createEditorWindow } from './editorWindow.ts';
import { exportUrl } from '../../core/contract/contract.ts';
import { startEngineHost } from './engineHost.ts';
import { fileProtocol } from './fileProtocol.ts';
import { lockChromium, lockContents, lockSession } from './locks.ts';
import { projectArgument } from './projectArgument.ts';
import { answerWindowRequests } from './windowRequests.ts';

const dist = join(import.meta.dirname, '..');
/** Packs and assets: beside the archive when installed. */
const resources = app.isPackaged ? process.resourcesPath : app.getAppPath();
const log = (line: string) => void process.stderr.write(`${line}\n`);

lockChromium(app);
lockContents(app);
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

/** macOS hands a project over by an event, which can come before the window. */
let projectToOpen = projectArgument(process.argv, app.isPackaged, process.cwd());
const showProject = (folder: string | null) => {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) {
    projectToOpen = folder;
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
  // every edit is in the journal before the page goes: loading it with another project loses nothing
  if (folder !== null) void window.loadURL(pageUrl(folder));
};
app.on('open-file', (event, path) => {
  event.preventDefault();
  showProject(path);
});

async function start(): Promise<void> {
  await app.whenReady();
  lockSession(session.defaultSession);
  const engine = startEngineHost({
    scriptFolder: join(dist, 'host'),
    env: { ...process.env, FRAMEWRIGHT_RESOURCES: resources },
    log,
    onStartFailed: (failure) => {
      dialog.showErrorBox('Framewright cannot start', failure.message);
      app.exit(4);
    },
  });
  protocol.handle(
    appScheme,
    fileProtocol({ rendererFolder: join(dist, 'renderer'), resolveFile: (urlPath) => engine.resolveFile(urlPath) }),
  );
  answerWindowRequests({
    connectPort: (port) => engine.connectPort(port),
    exportedPath: async (jobId) => (await engine.resolveFile(exportUrl(jobId)))?.path ?? null,
  });

  const openWindow = () => {
    createEditorWindow({
      preloadPath: join(dist, 'electron/preload.cjs'),
      iconPath: join(resources, 'assets/icons/icon.png'),
      projectFolder: projectToOpen,
      log,
    });
  };
  openWindow();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let engineClosed = false;
  app.on('before-quit', (event) => {
    if (engineClosed) return;
    // the engine finishes what it is writing first
    event.preventDefault();
    void engine.close().then(() => {
      engineClosed = true;
      app.quit();
    });
  });
}

// a second start hands its project to the first and ends
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, workingFolder) =>
    showProject(projectArgument(argv, app.isPackaged, workingFolder)),
  );
  // not awaited: Electron is ready only after this module has been evaluated
  start().catch((error: unknown) => {
    dialog.showErrorBox('Framewright cannot start', error instanceof Error ? error.message : String(error));
    app.exit(4);
  });
} else {
  app.quit();
}
