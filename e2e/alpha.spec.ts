/** A film with alpha: what the viewer shows of it is what is exported. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { addToCut, goTo, importFiles, newProject, viewerPicture } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { run } from './support/run.ts';

test.setTimeout(900_000);

test('transparent VP9 is as see-through in the viewer as in the export', async ({ page, folder, host }) => {
  await newProject(page, 'Alpha');
  await importFiles(page, [await makeTransparent(folder)]);
  await addToCut(page, 'glass.webm');
  await goTo(page, '0:10');
  await expect(page.getByTestId('viewer-canvas')).toHaveAttribute('data-shows', 'picture');
  const exported = await exportedFrame(page, join(host.home, 'projects', 'alpha-frames'), 10);
  // the preview's file may come while the export runs
  await expect.poll(async () => largestMean(await viewerPicture(page), exported)).toBeLessThan(4);
  const { data, info } = await sharp(exported).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number): number => data[(360 * info.width + x) * 3]!;
  // 200 of red, over black
  expect(redAt(160)).toBeLessThan(4);
  expect(Math.abs(redAt(480) - 200 / 3)).toBeLessThan(6);
  expect(Math.abs(redAt(1120) - 200)).toBeLessThan(6);
});

/** Four bands, from transparent to opaque, in one colour. */
async function makeTransparent(folder: string): Promise<string> {
  const path = join(folder, 'glass.webm');
  const bands = `geq=r=200:g=90:b=40:a='85*floor(X/160)'`;
  const tags = 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,setparams=colorspace=bt709:range=tv';
  const picture = `color=black:s=640x360:r=30:d=1,format=rgba,${bands},loop=-1:1,trim=end_frame=30,${tags}`;
  const encoder = ['-c:v', 'libvpx-vp9', '-crf', '10', '-b:v', '0', '-deadline', 'realtime', '-cpu-used', '8'];
  const tagged = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoder, ...tagged, path]);
  return path;
}

async function exportedFrame(page: Page, folder: string, number: number): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText('Frames, PNG').click();
  await dialog.getByRole('combobox', { name: /Picture/ }).click();
  await page.getByRole('option', { name: /as the sequence/ }).click();
  await dialog.getByRole('textbox', { name: /File/ }).fill('alpha-frames');
  await dialog.getByRole('button', { name: /^Export/ }).click();
  const pictures = () =>
    readdir(folder).then(
      (names) => names.filter((each) => each.endsWith('.png')).sort(),
      () => [],
    );
  await expect.poll(async () => (await pictures()).length, { timeout: 300_000 }).toBe(30);
  await page.keyboard.press('Escape');
  return join(folder, (await pictures())[number]!);
}

/** Mean difference of the two pictures, the largest of four bands; levels of 255. */
async function largestMean(preview: Buffer, exported: string): Promise<number> {
  const [one, two] = await Promise.all(
    [preview, exported].map((png) => sharp(png).resize(1280, 720).removeAlpha().raw().toBuffer()),
  );
  const means = [0, 1, 2, 3].map((band) => {
    let sum = 0;
    for (let y = 0; y < 720; y++)
      for (let i = (y * 1280 + band * 320) * 3; i < (y * 1280 + band * 320 + 320) * 3; i++)
        sum += Math.abs(one![i]! - two![i]!);
    return sum / (720 * 320 * 3);
  });
  return Math.max(...means);
}
