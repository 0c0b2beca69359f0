/** A finished export can be played or opened from the queue, in a window of either size. */
import { addToCut, importFiles, newProject, saved } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';

test('the queue shows a finished export with the ways to its file, at 1440 x 900 and 1024 x 640', async ({
  page,
  folder,
}, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'Electron opens files by the system, which a test must not');
  const clip = await makeVideo(folder, 'clip.mp4', { seconds: 0.5, width: 320, height: 180 });
  await newProject(page, 'Queue');
  await importFiles(page, [clip]);
  await addToCut(page, 'clip.mp4');
  await saved(page);
  const openDialog = () => page.getByRole('button', { name: 'Export', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await openDialog();
  await dialog.getByRole('button', { name: 'Add to queue' }).click();
  const queue = dialog.getByRole('region', { name: 'Queue' });
  await expect(queue.getByText(/Done/)).toBeVisible({ timeout: 200_000 });

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 1024, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    await queue.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/queue-${viewport.width}.png` });
    const row = queue.getByRole('listitem').first();
    await expect(row.getByText('Queue.mp4')).toBeInViewport({ ratio: 1 });
    for (const name of [/^(Play here|Open)$/, /^Copy path$/, /^Remove$/])
      await expect(row.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }

  const playHere = queue.getByRole('button', { name: 'Play here' });
  // where the system has an opener the queue offers 'Open' instead, which would start a program
  if ((await playHere.count()) === 0) return;
  const [film] = await Promise.all([page.context().waitForEvent('page'), playHere.click()]);
  const video = film.locator('video');
  await expect(video).toBeVisible();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBeGreaterThan(1);
  expect(await video.evaluate((element: HTMLVideoElement) => element.duration)).toBeCloseTo(0.5, 1);
});
