/**
 * The fixture of every spec: `page` is a new browser's window on the host that all tests of a worker share, so each
 * test gives its projects and exports names of their own. A test fails on console errors, exceptions in the page, and
 * requests to other machines. In the project 'electron', `page` is a window of the real Electron.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { startBrowserHost, type RunningHost } from './browserHost.ts';
import { launchElectron } from './electronApp.ts';

interface EditorFixtures {
  /** A folder for the test's own files. */
  folder: string;
  /** The link that has let `page` in. */
  link: string;
}

interface WorkerFixtures {
  host: RunningHost;
  /** One for all pages, which keeps the compiled code of the window: emptied after each test. */
  kept: BrowserContext;
}

export const test = base.extend<EditorFixtures, WorkerFixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'framewright-spec-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  host: [
    async ({}, use) => {
      const host = await startBrowserHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],

  kept: [
    async ({ browser }, use, info) => {
      const { viewport, locale, colorScheme, contextOptions } = info.project.use;
      const context = await browser.newContext({ ...contextOptions, viewport, locale, colorScheme });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],

  link: ({ host }, use) => host.newLink().then(use),

  // the folder is asked for so that it outlives the window, which may still read files in it
  page: async ({ kept, host, link, folder: _folder }, use, testInfo) => {
    const inElectron = testInfo.project.name === 'electron';
    const electron = inElectron ? await launchElectron({ home: host.home }) : null;
    const page = electron ? electron.window : await kept.newPage();
    const watch = watchPage(page);
    if (!electron) await page.goto(link);
    await use(page);
    await electron?.close();
    if (!electron) await emptied(kept, page);
    expect(watch.errors, 'errors in the window').toEqual([]);
    expect(watch.foreignRequests, 'requests to anything but this machine').toEqual([]);
  },
});

export { expect };

/** Closes all pages and forgets what they have stored. */
async function emptied(context: BrowserContext, page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  for (const each of context.pages()) await each.close();
  await context.clearCookies();
}

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
