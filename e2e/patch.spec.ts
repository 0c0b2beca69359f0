/**
 * A masked edit on footage: its take is a patch over the untouched source, in viewer, export and after a reload.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { addToCut, clips, goTo, importFiles, newProject, viewerPicture } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';
import { run } from './support/run.ts';

test.setTimeout(900_000);

/** Edges as fractions of the picture. */
const mask = { left: 0.3, top: 0.3, right: 0.6, bottom: 0.7 };

test('a box over footage: the source stays outside it, preview is export, undo and reload know it', async ({
  page,
  folder,
  host,
}) => {
  // key frames so close that the original is shown: a proxy that arrives between two pictures would differ everywhere
  const picture = { width: 1280, height: 720, gop: 8, toneHz: null };
  const file = await makeVideo(folder, 'street.mp4', { seconds: 1, ...picture });
  await newProject(page, 'Patched');
  await importFiles(page, [file]);
  await addToCut(page, 'street.mp4');
  await goTo(page, '0:10');
  const clip = clips(page, /^street, video/);
  await clip.click();
  const source = await viewerPicture(page);
  await remove(page);
  await expect(clip).toHaveAttribute('data-state', 'ready', { timeout: 300_000 });
  await expect(page.getByTestId('viewer-canvas')).toHaveAttribute('data-shows', 'picture');
  const patched = await untilChanged(page, source);

  const takes = join(host.home, 'projects/Patched.fwproj/takes');
  const names = await readdir(takes);
  expect(names.filter((name) => /\.(mkv|mp4)$/.test(name)).map((name) => name.slice(-4))).toEqual(['.mkv']);

  const { outside, inside } = await differences(source, patched);
  expect(outside).toBeLessThanOrEqual(1);
  expect(inside).toBeGreaterThan(10);

  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await differences(source, await viewerPicture(page))).inside).toBeLessThanOrEqual(1);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(async () => (await differences(source, await viewerPicture(page))).inside).toBeGreaterThan(10);

  const frame = await exportedFrame(page, join(host.home, 'projects', 'patched-frames'), 10);
  const preview = join(folder, 'preview.png');
  await writeFile(preview, patched);
  expect(await ssimOf(preview, frame)).toBeGreaterThanOrEqual(0.97);

  await page.reload();
  await goTo(page, '0:10');
  await expect.poll(async () => (await differences(source, await viewerPicture(page))).inside).toBeGreaterThan(10);
});

async function remove(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Inpaint', exact: true }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  const box = (await page.getByTestId('mask-canvas').boundingBox())!;
  await page.mouse.move(box.x + box.width * mask.left, box.y + box.height * mask.top);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * mask.right, box.y + box.height * mask.bottom, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: /^Done/ }).click();
  await page.getByRole('button', { name: /Remove in mask/ }).click();
}

async function untilChanged(page: Page, before: Buffer): Promise<Buffer> {
  let now = before;
  await expect
    .poll(async () => {
      now = await viewerPicture(page);
      return (await differences(before, now)).inside;
    })
    .toBeGreaterThan(10);
  return now;
}

/** Largest difference outside the mask (not close to its edge) and mean difference well inside, in levels of 255. */
async function differences(a: Buffer, b: Buffer): Promise<{ outside: number; inside: number }> {
  const [one, two] = await Promise.all(
    [a, b].map((png) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const { width, height } = one!.info;
  const within = (x: number, y: number, slack: number) =>
    x > mask.left - slack && x < mask.right + slack && y > mask.top - slack && y < mask.bottom + slack;
  let [outside, sum, count] = [0, 0, 0];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const x = (pixel % width) / width;
    const y = Math.floor(pixel / width) / height;
    const isOutside = !within(x, y, 0.02);
    if (!isOutside && !within(x, y, -0.1)) continue;
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
      const difference = Math.abs(one!.data[i]! - two!.data[i]!);
      if (isOutside) outside = Math.max(outside, difference);
      else [sum, count] = [sum + difference, count + 1];
    }
  }
  return { outside, inside: sum / count };
}

async function exportedFrame(page: Page, folder: string, number: number): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText('Frames, PNG').click();
  await dialog.getByRole('combobox', { name: /Picture/ }).click();
  await page.getByRole('option', { name: /as the sequence/ }).click();
  await dialog.getByRole('textbox', { name: /File/ }).fill('patched-frames');
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

async function ssimOf(a: string, b: string): Promise<number> {
  const graph = '[0]format=yuv444p[a];[1]format=yuv444p[b];[a][b]ssim';
  const said = await run('bash', ['-c', `ffmpeg -hide_banner -i "${a}" -i "${b}" -lavfi "${graph}" -f null - 2>&1`]);
  return Number(/All:([\d.]+)/.exec(said)?.[1]);
}
