import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { App, Session } from 'electron';
import { AppStandIn, WebContentsStandIn, resetElectron, type BrowserWindow } from '../testing/electronStandIn.ts';
import { pageUrl } from './appPage.ts';
import { createEditorWindow } from './editorWindow.ts';
import { lockChromium, lockContents, lockSession } from './locks.ts';
import { projectArgument } from './projectArgument.ts';

vi.mock('electron', () => import('../testing/electronStandIn.ts'));

beforeEach(resetElectron);

const openWindow = (projectFolder: string | null = null) =>
  createEditorWindow({
    preloadPath: '/app/dist/electron/preload.cjs',
    iconPath: '/icon.png',
    projectFolder,
    log: () => undefined,
  }) as unknown as BrowserWindow;

describe('the window', () => {
  it('is sandboxed and isolated, without node and without a spell checker that downloads', () => {
    expect(openWindow().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    });
  });
  it('opens the project it was started with', () => {
    expect(openWindow('/home/a & b/My film.fwproj').url).toBe(
      'framewright://app/?project=%2Fhome%2Fa%20%26%20b%2FMy%20film.fwproj',
    );
    expect(pageUrl(null)).toBe('framewright://app/');
  });
  it('that crashes is loaded anew, three times a minute and no more', () => {
    const window = openWindow();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.webContents.reloads).toBe(0);
    for (let crash = 0; crash < 5; crash++) window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reloads).toBe(3);
  });
});

describe('the locks', () => {
  it('keep the window on the app’s page', () => {
    const app = new AppStandIn();
    lockContents(app as unknown as App);
    const contents = new WebContentsStandIn();
    app.emit('web-contents-created', {}, contents);
    const stays = (url: string) => {
      const event = { url, prevented: false, preventDefault: () => (event.prevented = true) };
      contents.emit('will-navigate', event);
      return event.prevented;
    };
    expect(stays('framewright://app/?project=x')).toBe(false);
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'framewright://app.evil/', 'javascript:alert(1)'])
      expect(stays(url), url).toBe(true);
    expect(contents.windowOpenHandler?.()).toEqual({ action: 'deny' });
  });

  it('let nothing out to a network, and grant no device', () => {
    let request: (details: { url: string }, answer: (result: { cancel: boolean }) => void) => void = () => undefined;
    let permit: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void = () => undefined;
    let check: (contents: unknown, permission: string) => boolean = () => true;
    lockSession({
      webRequest: { onBeforeRequest: (listener: typeof request) => (request = listener) },
      setPermissionRequestHandler: (handler: typeof permit) => (permit = handler),
      setPermissionCheckHandler: (handler: typeof check) => (check = handler),
      setSpellCheckerEnabled: () => undefined,
    } as unknown as Session);
    const isCancelled = (url: string) => {
      let cancelled: boolean | null = null;
      request({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled;
    };
    expect(isCancelled('framewright://app/files/a')).toBe(false);
    expect(isCancelled('blob:framewright://app/1')).toBe(false);
    for (const url of [
      'https://example.com',
      'http://127.0.0.1:80/',
      'wss://example.com',
      'ftp://x',
      'file:///etc/passwd',
    ])
      expect(isCancelled(url), url).toBe(true);
    for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'openExternal']) {
      permit(null, permission, (granted) => expect(granted, permission).toBe(false));
      expect(check(null, permission)).toBe(false);
    }
    permit(null, 'fullscreen', (granted) => expect(granted).toBe(true));
  });

  it('are set before Chromium starts', () => {
    const app = new AppStandIn();
    lockChromium(app as unknown as App);
    expect(app.sandboxed).toBe(true);
    expect(app.switches).toContain('disable-background-networking');
  });
});

describe('the project to open', () => {
  it('is the first argument that is not a switch', () => {
    const at = (argv: readonly string[], isPackaged: boolean) => projectArgument(argv, isPackaged, '/work');
    expect(at(['electron', '--no-sandbox', '/app', '/film.fwproj'], false)).toBe('/film.fwproj');
    expect(at(['Framewright', '--flag', '/film.fwproj'], true)).toBe('/film.fwproj');
    expect(at(['electron', '/app'], false)).toBeNull();
  });
  it('is looked for where its own process was started, not where the first one was', () => {
    expect(projectArgument(['Framewright', 'film.fwproj'], true, '/home/a')).toBe('/home/a/film.fwproj');
    expect(projectArgument(['Framewright', '../film.fwproj'], true, '/home/a/b')).toBe('/home/a/film.fwproj');
  });
});
