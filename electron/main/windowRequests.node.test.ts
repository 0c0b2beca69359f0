import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MenuTemplate } from '../../core/contract/desktopBridge.ts';
import {
  BrowserWindow,
  MessagePortStandIn,
  Menu,
  dialog,
  ipcMain,
  resetElectron,
  shell,
} from '../testing/electronStandIn.ts';
import { ipcChannels } from '../ipcChannels.ts';
import { answerWindowRequests } from './windowRequests.ts';

vi.mock('electron', () => import('../testing/electronStandIn.ts'));

let window: BrowserWindow;
let enginePorts: unknown[];
/** Outputs of finished exports by job. */
let exported: Record<string, string>;
const asking = (url = 'framewright://app/') => ({
  sender: window.webContents,
  senderFrame: { url, parent: null as unknown },
});
const tell = (channel: string, ...values: unknown[]) => ipcMain.emit(channel, asking(), ...values);

beforeEach(() => {
  resetElectron();
  window = new BrowserWindow({ webPreferences: {} });
  enginePorts = [];
  exported = {};
  answerWindowRequests({
    connectPort: (port) => enginePorts.push(port),
    exportedPath: async (jobId) => exported[jobId] ?? null,
  });
});

it('a window that asks for the engine gets one end of a channel, the engine the other', () => {
  tell(ipcChannels.requestEnginePort);
  expect(enginePorts).toHaveLength(1);
  const [sent] = window.webContents.sent;
  expect(sent?.channel).toBe(ipcChannels.enginePort);
  expect(sent?.ports[0]).toBeInstanceOf(MessagePortStandIn);
  expect(sent?.ports[0]).not.toBe(enginePorts[0]);
});

describe('nobody else is answered', () => {
  it.each([
    ['another page', { url: 'https://evil.example/', parent: null }],
    ['a page that only begins like ours', { url: 'framewright://application/', parent: null }],
    ['a frame in our page', { url: 'framewright://app/', parent: {} }],
  ])('%s', async (_who, senderFrame) => {
    const event = { sender: window.webContents, senderFrame };
    expect(() => ipcMain.emit(ipcChannels.requestEnginePort, event)).toThrow('Refused');
    await expect(ipcMain.handlers.get(ipcChannels.openDialog)!(event, {})).rejects.toThrow('Refused');
    expect(enginePorts).toEqual([]);
  });
});

describe('the system’s menu', () => {
  const template: MenuTemplate = [
    {
      kind: 'submenu',
      label: 'Edit',
      items: [
        { kind: 'action', id: 'edit.copy', label: 'Copy', accelerator: 'CmdOrCtrl+C', enabled: true, checked: null },
        { kind: 'separator' },
        {
          kind: 'submenu',
          label: 'More',
          items: [{ kind: 'action', id: 'view.snap', label: 'Snap', accelerator: null, enabled: false, checked: true }],
        },
      ],
    },
  ];

  it('is the window’s, and answers with the action’s id', () => {
    tell(ipcChannels.setMenu, template);
    const edit = Menu.installed.find((item) => item.label === 'Edit')!;
    expect(edit.submenu?.[0]).toMatchObject({
      label: 'Copy',
      accelerator: 'CmdOrCtrl+C',
      registerAccelerator: false,
      enabled: true,
    });
    expect(edit.submenu?.[1]).toEqual({ type: 'separator' });
    expect(edit.submenu?.[2]?.submenu?.[0]).toMatchObject({
      label: 'Snap',
      type: 'checkbox',
      checked: true,
      enabled: false,
    });
    edit.submenu?.[0]?.click?.();
    expect(window.webContents.sent).toEqual([{ channel: ipcChannels.menuAction, value: 'edit.copy', ports: [] }]);
  });
  it('is refused in another shape', () => {
    expect(() =>
      tell(ipcChannels.setMenu, [{ kind: 'submenu', label: 'Edit', items: [{ kind: 'role', role: 'quit' }] }]),
    ).toThrow();
    expect(Menu.installed).toEqual([]);
  });
});

describe('dialogs', () => {
  it('open answers the chosen paths, or none', async () => {
    const ask = ipcMain.handlers.get(ipcChannels.openDialog)!;
    dialog.openAnswer = { canceled: false, filePaths: ['/a.mp4', '/b.mp4'] };
    const request = {
      title: 'Import',
      kind: 'files',
      multiple: true,
      filters: [{ name: 'Video', extensions: ['mp4'] }],
      defaultPath: '/home',
    };
    expect(await ask(asking(), request)).toEqual(['/a.mp4', '/b.mp4']);
    expect(dialog.asked[0]).toMatchObject({
      defaultPath: '/home',
      properties: ['openFile', 'multiSelections', 'createDirectory'],
    });
    dialog.openAnswer = { canceled: true, filePaths: [] };
    expect(await ask(asking(), { ...request, kind: 'folder', multiple: false, defaultPath: null })).toEqual([]);
    expect(dialog.asked[1]).toMatchObject({ properties: ['openDirectory', 'createDirectory'] });
    await expect(ask(asking(), { ...request, kind: 'printer' })).rejects.toThrow();
  });
  it('save answers the path, or null', async () => {
    const ask = ipcMain.handlers.get(ipcChannels.saveDialog)!;
    const request = { title: 'Export', filters: [], defaultPath: null };
    dialog.saveAnswer = { canceled: false, filePath: '/out.mp4' };
    expect(await ask(asking(), request)).toBe('/out.mp4');
    dialog.saveAnswer = { canceled: true, filePath: '' };
    expect(await ask(asking(), request)).toBeNull();
  });
});

it('title and buttons do what they say', () => {
  tell(ipcChannels.setTitle, 'Balcony in June', true);
  expect(window.title).toBe('Balcony in June');
  expect(window.calls).toContain('edited true');
  tell(ipcChannels.windowAction, 'toggleMaximize');
  expect(window.maximized).toBe(true);
  tell(ipcChannels.windowAction, 'close');
  expect(window.calls).toContain('close');
  expect(() => tell(ipcChannels.windowAction, 'destroy')).toThrow();
});

describe('a finished export', () => {
  const show = (jobId: unknown, how: string) => ipcMain.handlers.get(ipcChannels.showExport)!(asking(), { jobId, how });
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fw-shell-'));
    exported = { film: join(folder, 'film.mp4'), gone: join(folder, 'gone.mp4'), script: join(folder, 'run.sh') };
    for (const name of ['film', 'script']) await writeFile(exported[name]!, 'x');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is opened, and shown in its folder', async () => {
    expect(await show('film', 'open')).toBeNull();
    expect(await show('film', 'folder')).toBeNull();
    expect([shell.opened, shell.shown]).toEqual([[exported['film']], [exported['film']]]);
  });
  it('is refused by path, when gone, when it is a program, and when the system has no program for it', async () => {
    await expect(show(exported['film'], 'open')).rejects.toThrow();
    await expect(show('film', 'run')).rejects.toThrow();
    expect(await show('other', 'open')).toMatchObject({ code: 'notFound' });
    expect(await show('gone', 'folder')).toMatchObject({ code: 'notFound', path: exported['gone'] });
    expect(await show('script', 'open')).toMatchObject({ code: 'unsupported' });
    expect(shell.opened).toEqual([]);
    shell.openAnswer = 'No application knows this.';
    expect(await show('film', 'open')).toMatchObject({ message: 'No application knows this.' });
  });
});
