import type { Page } from '@playwright/test';
import { newProject } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';

/** The status bar's words, and what only the engine can know. */
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
  await expect.poll(() => host.enginePid(), { timeout: 30_000 }).not.toBe(before);
  // without a reload: the window connects anew by itself
  await newProject(page, 'After the engine died');
});
