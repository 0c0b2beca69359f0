import type { Page } from '@playwright/test';
import { newProject } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';

/** Expects the status bar's text, including facts that only the engine knows. */
async function expectReady(page: Page): Promise<void> {
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
  await expect(page.getByText(/CPU · \d+ cores?/)).toBeVisible();
}

test('the editor opens on its start screen, offline and ready', async ({ page }) => {
  await expect(page).toHaveTitle(/Framewright/);
  await expect(page.getByRole('button', { name: /New project/ })).toBeEnabled();
  await expectReady(page);
});

test('an engine that is killed comes back, and the window with it', async ({ page, host }, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'the same supervisor; its child is not ours to find here');
  await expectReady(page);
  const before = await host.enginePid();
  process.kill(before, 'SIGKILL');
  await expect.poll(() => host.enginePid()).not.toBe(before);
  // the window reconnects without a reload
  await newProject(page, 'After the engine died');
});

test('the address keeps no key: a reload and a second window get in by the cookie', async ({
  page,
  link,
}, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'Electron serves its page without keys');
  await expectReady(page);
  const address = new URL(page.url());
  expect(address.search).toBe('');
  await page.reload();
  await expectReady(page);
  const second = await page.context().newPage();
  await second.goto(address.origin);
  await expectReady(second);
  // the link works only once
  expect((await fetch(link)).status).toBe(403);
});

test('a file dropped into a project that has been closed is refused, and the engine lives on', async ({
  page,
  host,
}, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'nothing is uploaded in Electron');
  await expectReady(page);
  const before = await host.enginePid();
  const { origin } = new URL(page.url());
  const answer = await page.request.put(`${origin}/upload?projectId=closed&name=a.mp4`, { data: 'bytes' });
  expect([answer.status(), await answer.json()]).toMatchObject([400, { code: 'notFound' }]);
  await newProject(page, 'After the refused upload');
  expect(await host.enginePid()).toBe(before);
});
