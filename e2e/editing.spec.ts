/** From footage to a film: import, cut, title, crossfade, undo, play and export; and again after a reload. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addToCut, clips, goTo, importFiles, newProject, saved, timecode } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo, probe } from './support/media.ts';

test('a person cuts two clips, titles them, and exports a film of the right length', async ({ page, folder, host }) => {
  // exports are slow on a busy machine
  test.setTimeout(900_000);
  const first = await makeVideo(folder, 'first.mp4', { seconds: 2, toneHz: 330 });
  const second = await makeVideo(folder, 'second.mp4', { seconds: 2, toneHz: 550 });
  await newProject(page, 'Cut');
  await importFiles(page, [first, second]);
  await addToCut(page, 'first.mp4');
  await addToCut(page, 'second.mp4');
  await expect(clips(page)).toHaveCount(4);

  // split the first at 1 s and take the middle out, closing the hole
  await goTo(page, '1:00');
  await clips(page, /^first, video/).click();
  await page.keyboard.press('Control+b');
  await expect(clips(page, /^first, video/)).toHaveCount(2);
  await expect(clips(page, /^first, sound/)).toHaveCount(2);
  await clips(page, /^first, video.*starts 00:00:01:00/).click();
  await page.keyboard.press('Shift+Delete');
  await expect(clips(page, /^first, video/)).toHaveCount(1);
  await expect(clips(page, /^second, video.*starts 00:00:01:00/)).toHaveCount(1);

  // undo restores exactly that, redo removes it again
  await page.keyboard.press('Control+z');
  await expect(clips(page, /^second, video.*starts 00:00:02:00/)).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(clips(page, /^second, video.*starts 00:00:01:00/)).toHaveCount(1);

  // playing moves the playhead, sound in step
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect.poll(() => timecode(page)).not.toBe('00:00:00:00');
  await page.keyboard.press('Space');

  // everything is on disk: a reload restores it, with its history
  await saved(page);
  await page.reload();
  await expect(clips(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Undo history' }).first().click();
  await expect(page.getByText(/Split/).first()).toBeVisible();

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog).toBeVisible();
  await page.screenshot({ path: 'test-results/export.png' });
  const output = join(host.home, 'projects', 'film.mp4');
  await dialog.getByRole('combobox', { name: /Picture/ }).click();
  await page.getByRole('option', { name: /as the sequence/ }).click();
  await dialog.getByRole('textbox', { name: /File/ }).fill('film');
  await dialog.getByRole('button', { name: /^Export/ }).click();
  // it appears under its name when it is whole
  await expect.poll(() => existsSync(output), { timeout: 300_000 }).toBe(true);
  const { streams } = await probe(output);
  expect(streams).toHaveLength(2);
  expect(Number(streams.find((stream) => stream['codec_type'] === 'video')!['nb_read_frames'])).toBe(90);
});

test('a search in the palette begins at its best match, whatever was searched before', async ({ page }) => {
  await newProject(page, 'Palette');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find an action' });
  const chosen = palette.getByRole('option', { selected: true });
  await page.keyboard.type('chin');
  await expect(chosen).toHaveText(/Chinese|中文/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('zoom');
  await expect(chosen).toHaveText(/Zoom/);
  await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expect(chosen).toBeInViewport();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('qqqqqq');
  await expect(palette.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
});
