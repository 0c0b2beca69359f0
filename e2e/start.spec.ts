import { expect, test } from './support/fixture.ts';

test('the editor opens on its start screen, offline and ready', async ({ page }) => {
  await expect(page).toHaveTitle(/Framewright/);
  await expect(page.getByText('Offline')).toBeVisible();
});

test('an engine that is killed comes back, and the window with it', async ({ page, host }, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'the same supervisor; its child is not ours to find here');
  await expect(page.getByText('Offline')).toBeVisible();
  const before = await host.enginePid();
  process.kill(before, 'SIGKILL');
  await expect.poll(() => host.enginePid(), { timeout: 10_000 }).not.toBe(before);
  await page.reload();
  await expect(page.getByText('Offline')).toBeVisible();
});
