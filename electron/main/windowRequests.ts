/**
 * What the window may ask of the desktop. Every request is checked: it comes from the app's own page, in the right
 * shape.
 */
import {
  BrowserWindow,
  MessageChannelMain,
  dialog,
  ipcMain,
  shell,
  type FileFilter,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type MessagePortMain,
} from 'electron';
import { z } from 'zod';
import type { OpenDialogRequest, SaveDialogRequest } from '../../core/contract/desktopBridge.ts';
import { FailureError, toFailure, type Failure } from '../../core/contract/errors.ts';
import { plainSentence } from '../../core/contract/sentence.ts';
import { checkOutput } from '../../core/engine/jobs/openOutput.node.ts';
import { idSchema } from '../../core/document/names.ts';
import { assertNever } from '../../core/time/assertNever.ts';
import { ipcChannels } from '../ipcChannels.ts';
import { isAppUrl } from './appPage.ts';
import { chooseAction } from './editorWindow.ts';
import { installMenu, menuTemplateSchema } from './menu.ts';

const filterSchema = z.object({ name: z.string(), extensions: z.array(z.string()) });
const openSchema: z.ZodType<OpenDialogRequest> = z.object({
  title: z.string(),
  kind: z.enum(['files', 'folder']),
  multiple: z.boolean(),
  filters: z.array(filterSchema),
  defaultPath: z.string().nullable(),
});
const saveSchema: z.ZodType<SaveDialogRequest> = z.object({
  title: z.string(),
  filters: z.array(filterSchema),
  defaultPath: z.string().nullable(),
});
const showExportSchema = z.object({ jobId: idSchema, how: z.enum(['open', 'folder']) });
const titleSchema = z.object({ title: z.string().max(500), unsaved: z.boolean() });
const windowActionSchema = z.enum(['minimize', 'toggleMaximize', 'toggleFullScreen', 'close']);

export interface WindowRequestsOptions {
  /** Hands one end of a new channel to the engine. */
  connectPort(port: MessagePortMain): void;
  /** What a finished export has made, by the engine; null for every other job. */
  exportedPath(jobId: string): Promise<string | null>;
}

/** Answers everything that windows ask of main. */
export function answerWindowRequests({ connectPort, exportedPath }: WindowRequestsOptions): void {
  const listen = (channel: string, handle: (window: BrowserWindow, values: readonly unknown[]) => void) => {
    ipcMain.on(channel, (event, ...values: unknown[]) => handle(askingWindow(event), values));
  };

  listen(ipcChannels.requestEnginePort, (window) => {
    const { port1, port2 } = new MessageChannelMain();
    connectPort(port1);
    window.webContents.postMessage(ipcChannels.enginePort, null, [port2]);
  });
  listen(ipcChannels.setMenu, (window, [template]) => {
    installMenu(menuTemplateSchema.parse(template), process.platform, (actionId) => chooseAction(window, actionId));
  });
  listen(ipcChannels.setTitle, (window, values) => {
    const { title, unsaved } = titleSchema.parse({ title: values[0], unsaved: values[1] });
    window.setTitle(title);
    window.setDocumentEdited(unsaved);
  });
  listen(ipcChannels.windowAction, (window, [action]) => act(window, windowActionSchema.parse(action)));

  ipcMain.handle(ipcChannels.showExport, async (event, value: unknown): Promise<Failure | null> => {
    askingWindow(event);
    const { jobId, how } = showExportSchema.parse(value);
    return showExport(await exportedPath(jobId), how);
  });
  ipcMain.handle(ipcChannels.openDialog, async (event, value: unknown): Promise<readonly string[]> => {
    const window = askingWindow(event);
    const request = openSchema.parse(value);
    const answer = await dialog.showOpenDialog(window, {
      title: request.title,
      ...(request.defaultPath === null ? {} : { defaultPath: request.defaultPath }),
      filters: nativeFilters(request.filters),
      properties: [
        request.kind === 'folder' ? 'openDirectory' : 'openFile',
        ...(request.multiple ? (['multiSelections'] as const) : []),
        'createDirectory',
      ],
    });
    return answer.canceled ? [] : answer.filePaths;
  });
  ipcMain.handle(ipcChannels.saveDialog, async (event, value: unknown): Promise<string | null> => {
    const window = askingWindow(event);
    const request = saveSchema.parse(value);
    const answer = await dialog.showSaveDialog(window, {
      title: request.title,
      ...(request.defaultPath === null ? {} : { defaultPath: request.defaultPath }),
      filters: nativeFilters(request.filters),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  });
}

/** By job, never by path: the page cannot have other files opened. */
async function showExport(path: string | null, how: 'open' | 'folder'): Promise<Failure | null> {
  try {
    const output = await checkOutput(path);
    const problem = how === 'open' ? await shell.openPath(output) : shell.showItemInFolder(output);
    return problem ? new FailureError('unsupported', plainSentence(problem), output).failure : null;
  } catch (error) {
    return toFailure(error);
  }
}

function nativeFilters(filters: OpenDialogRequest['filters']): FileFilter[] {
  return filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}

/** Throws when anything but the app's own page asks: a frame, or a page that got in despite the locks. */
function askingWindow(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  const frame = event.senderFrame;
  if (!window || !frame || frame.parent !== null || !isAppUrl(frame.url))
    throw new Error(`Refused: a request from ${frame?.url ?? 'nowhere'}.`);
  return window;
}

function act(window: BrowserWindow, action: z.infer<typeof windowActionSchema>): void {
  switch (action) {
    case 'minimize':
      return window.minimize();
    case 'toggleMaximize':
      return window.isMaximized() ? window.unmaximize() : window.maximize();
    case 'toggleFullScreen':
      return window.setFullScreen(!window.isFullScreen());
    case 'close':
      return window.close();
    default:
      return assertNever(action);
  }
}
