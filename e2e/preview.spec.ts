/**
 * Preview equals export: compares the viewer's canvas with the exporter's frame at ten ticks of a cut that has
 * everything in it.
 */
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addToCut, clips, goTo, importFiles, newProject, viewerPicture } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';
import { run } from './support/run.ts';

test('at ten ticks, across a crossfade and under a title, the preview is the export (SSIM >= 0.97)', async ({
  page,
  folder,
  host,
}) => {
  // exports are slow on a busy machine
  test.setTimeout(900_000);
  const first = await makeVideo(folder, 'first.mp4', { seconds: 3, width: 1280, height: 720 });
  const second = await makeVideo(folder, 'second.mp4', {
    seconds: 3,
    width: 1280,
    height: 720,
    picture: { color: '0x3060a0' },
  });
  await newProject(page, 'Same');
  await importFiles(page, [first, second]);
  await addToCut(page, 'first.mp4');
  await addToCut(page, 'second.mp4');
  await expect(clips(page)).toHaveCount(4);
  await goTo(page, '3:00');
  await page.getByRole('tab', { name: 'Transitions' }).click();
  await page.getByRole('option', { name: 'Crossfade' }).press('Enter');
  await goTo(page, '1:00');
  await page.getByRole('tab', { name: 'Titles' }).click();
  await page.getByRole('option', { name: 'Lower third' }).press('Enter');
  // in Chinese: both sides use the bundled font, whatever the system has
  await page.getByRole('textbox', { name: 'Title text' }).fill('春天 Spring');
  await page.getByRole('textbox', { name: 'Title text' }).blur();

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText('Frames, PNG').click();
  await dialog.getByRole('combobox', { name: /Picture/ }).click();
  await page.getByRole('option', { name: /as the sequence/ }).click();
  await dialog.getByRole('textbox', { name: /File/ }).fill('frames');
  await dialog.getByRole('button', { name: /^Export/ }).click();
  const frames = join(host.home, 'projects', 'frames');
  await expect
    .poll(
      () =>
        readdir(frames).then(
          (names) => names.filter((each) => each.endsWith('.png')).length,
          () => 0,
        ),
      { timeout: 300_000 },
    )
    .toBe(180);

  // the title from 30 to 149, the crossfade from 75 to 104
  const ticks = [0, 15, 29, 35, 60, 80, 90, 98, 120, 179];
  for (const [index, frame] of ticks.entries()) {
    await goTo(page, `${Math.floor(frame / 30)}:${String(frame % 30).padStart(2, '0')}`);
    await writeFile(join(folder, `preview-${index}.png`), await viewerPicture(page));
    await copyFile(join(frames, await frameName(frames, frame)), join(folder, `export-${index}.png`));
  }
  const ssims = await ssimsOf(join(folder, 'preview-%d.png'), join(folder, 'export-%d.png'));
  const measured = ssims.map((ssim, index) => `frame ${ticks[index]}: ${ssim.toFixed(4)}`).join(', ');
  console.log(`preview against export, SSIM: ${measured}`);
  expect(ssims).toHaveLength(ticks.length);
  expect(Math.min(...ssims), measured).toBeGreaterThanOrEqual(0.97);
});

async function frameName(folder: string, frame: number): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).toSorted();
  return names[frame]!;
}

/** ffmpeg's SSIM over all planes of the pictures of two numbered series of one size. */
async function ssimsOf(a: string, b: string): Promise<number[]> {
  const graph = '[0]format=yuv444p[a];[1]format=yuv444p[b];[a][b]ssim=stats_file=-';
  const words = ['-v', 'error', '-start_number', '0', '-i', a, '-start_number', '0', '-i', b, '-lavfi', graph];
  const stats = await run('ffmpeg', [...words, '-f', 'null', '-']);
  return [...stats.matchAll(/All:([\d.]+)/g)].map(([, ssim]) => Number(ssim));
}
