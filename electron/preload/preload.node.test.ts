import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { enginePortMessage, type DesktopBridge } from '../../core/contract/desktopBridge.ts';
import { ipcChannels } from '../ipcChannels.ts';

const electron = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  listeners: new Map<string, (...values: unknown[]) => void>(),
  sent: [] as unknown[][],
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (electron.exposed[name] = value) },
  ipcRenderer: {
    send: (...values: unknown[]) => electron.sent.push(values),
    invoke: async (...values: unknown[]) => values,
    on: (channel: string, listener: (...values: unknown[]) => void) => electron.listeners.set(channel, listener),
    off: (channel: string) => electron.listeners.delete(channel),
  },
  webUtils: { getPathForFile: () => '/dropped.mp4' },
}));

const posted: unknown[][] = [];
let bridge: DesktopBridge;

beforeAll(async () => {
  process.argv.push('--framewright-app-version=0.1.0', '--framewright-languages=zh-CN,en');
  vi.stubGlobal('window', { postMessage: (...values: unknown[]) => posted.push(values) });
  await import('./preload.ts');
  bridge = electron.exposed['framewrightDesktop'] as DesktopBridge;
});
beforeEach(() => {
  electron.sent.length = 0;
});

it('gives the window one object and no Electron', () => {
  expect(Object.keys(electron.exposed)).toEqual(['framewrightDesktop']);
  const values = Object.values(bridge as unknown as Record<string, unknown>);
  expect(values).not.toContain(undefined);
  expect(bridge.languages).toEqual(['zh-CN', 'en']);
  expect(bridge.versions.app).toBe('0.1.0');
});

it('passes the engine’s port on to the page', () => {
  const port = {};
  bridge.requestEnginePort();
  expect(electron.sent).toEqual([[ipcChannels.requestEnginePort]]);
  electron.listeners.get(ipcChannels.enginePort)!({ ports: [port] });
  expect(posted).toEqual([[enginePortMessage, '*', [port]]]);
});

it('tells which action was chosen, until it is not listened to any more', () => {
  const chosen: string[] = [];
  const stop = bridge.onMenuAction((actionId) => chosen.push(actionId));
  electron.listeners.get(ipcChannels.menuAction)!({ sender: 'must not reach the page' }, 'edit.copy');
  expect(chosen).toEqual(['edit.copy']);
  stop();
  expect(electron.listeners.has(ipcChannels.menuAction)).toBe(false);
});
