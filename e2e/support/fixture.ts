/**
 * The fixture of every spec: `page` is the editor's window on its own host with an empty home. A test fails on console
 * errors, exceptions in the page, and requests to other machines. In the project 'electron', `page` is a window of the
 * real Electron.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { startBrowserHost, type RunningHost } from './browserHost.ts';
import { launchElectron } from './electronApp.ts';

export interface EditorOptions {
  /** Project to open at start. */
  projectFolder: string | null;
  hostEnv: NodeJS.ProcessEnv;
  /** Console errors that the test expects. */
  expectedErrors: readonly RegExp[];
}

interface EditorFixtures {
  /** null in Electron. */
  host: RunningHost;
  /** A folder for the test's own files. */
  folder: string;
}

export const test = base.extend<EditorOptions & EditorFixtures>({
  projectFolder: [null, { option: true }],
  hostEnv: [{}, { option: true }],
  expectedErrors: [[], { option: true }],

  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'framewright-spec-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  host: async ({ projectFolder, hostEnv }, use) => {
    const host = await startBrowserHost({ env: hostEnv, ...(projectFolder === null ? {} : { projectFolder }) });
    await use(host);
    await host.close();
  },

  page: async ({ browser, host, projectFolder, hostEnv, expectedErrors }, use, testInfo) => {
    const inElectron = testInfo.project.name === 'electron';
    const electron = inElectron ? await launchElectron({ home: host.home, projectFolder, env: hostEnv }) : null;
    const context = electron ? null : await browser.newContext();
    const page = electron ? electron.window : await context!.newPage();
    const watch = watchPage(page);
    if (!electron) await page.goto(host.url);
    await use(page);
    const errors = watch.errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
    await electron?.close();
    await context?.close();
    expect(errors, 'errors in the window').toEqual([]);
    expect(watch.foreignRequests, 'requests to anything but this machine').toEqual([]);
  },
});

export { expect };

const localSchemes = /^(data|blob|framewright|devtools|about|chrome):/;

function watchPage(page: Page): { readonly errors: string[]; readonly foreignRequests: string[] } {
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  const look = (url: string) => {
    if (!localSchemes.test(url) && new URL(url).hostname !== '127.0.0.1') foreignRequests.push(url);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('request', (request) => look(request.url()));
  page.on('websocket', (socket) => look(socket.url()));
  return { errors, foreignRequests };
}
