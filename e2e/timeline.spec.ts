/**
 * Direct manipulation of the timeline: dragging from the bin, trimming, pulling past the end, moving, markers; and a
 * second window.
 */
import type { Locator, Page } from '@playwright/test';
import {
  addToCut,
  binItem,
  clips,
  goTo,
  importFiles,
  newProject,
  saved,
  timecode,
  viewerPicture,
} from './support/editor.ts';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';

/** Presses at a point of an element, drags it by `byX` pixels in steps, and releases. */
async function pull(page: Page, element: Locator, from: { x: number; y: number }, byX: number): Promise<void> {
  const box = (await element.boundingBox())!;
  const x = box.x + (from.x < 0 ? box.width + from.x : from.x);
  const y = box.y + from.y;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step += 1) await page.mouse.move(x + (byX * step) / 8, y);
  await page.mouse.up();
}

test('clips are dragged in, trimmed, moved and put back, each in one step', async ({ page, folder }) => {
  const file = await makeVideo(folder, 'walk.mp4', { seconds: 4, toneHz: 330 });
  await newProject(page, 'Hands');
  await importFiles(page, [file]);
  await binItem(page, 'walk.mp4').dragTo(page.locator('[data-timeline-lanes]'), { targetPosition: { x: 40, y: 100 } });
  const picture = clips(page, /^walk, video/);
  await expect(picture).toHaveCount(1);
  const before = await picture.getAttribute('aria-label');

  // drag the right edge to the left: the clip gets shorter, and its sound with it
  await pull(page, picture, { x: -2, y: 30 }, -64);
  await expect(picture).not.toHaveAttribute('aria-label', before!);
  await expect(clips(page, /^walk, sound/)).toHaveAttribute(
    'aria-label',
    new RegExp((await picture.getAttribute('aria-label'))!.split('length ')[1]!),
  );
  const trimmed = await picture.getAttribute('aria-label');

  // drag its middle to the right
  await pull(page, picture, { x: 20, y: 30 }, 96);
  await expect(picture).not.toHaveAttribute('aria-label', trimmed!);
  await page.keyboard.press('Control+z');
  await expect(picture).toHaveAttribute('aria-label', trimmed!);

  // copy it and paste it at the playhead
  await picture.click();
  await page.keyboard.press('Control+c');
  await goTo(page, '10:00');
  await page.keyboard.press('Control+v');
  await expect(clips(page, /^walk, video.*starts 00:00:10:00/)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(picture).toHaveCount(1);

  expect(await accessibilityFaults(page)).toEqual([]);
});

test('an edge pulled past the end of its source asks for the rest, and one undo takes all of it back', async ({
  page,
  folder,
}) => {
  await newProject(page, 'Longer');
  await importFiles(page, [await makeVideo(folder, 'short.mp4', { seconds: 2 })]);
  await addToCut(page, 'short.mp4');
  const source = clips(page, /^short, video/);
  await expect(source).toHaveCount(1);
  const whole = await clips(page).count();
  await pull(page, source, { x: -2, y: 30 }, -32);
  const trimmed = await source.getAttribute('aria-label');
  await pull(page, source, { x: -2, y: 30 }, 96);
  await expect(clips(page)).toHaveCount(whole + 1);
  await expect(source).not.toHaveAttribute('aria-label', trimmed!);
  await page.keyboard.press('Control+z');
  await expect(clips(page)).toHaveCount(whole);
  await expect(source).toHaveAttribute('aria-label', trimmed!);
});

test('a marker is named by a double click, made a hit, and removed', async ({ page }) => {
  await newProject(page, 'Marks');
  await page.keyboard.press('m');
  const marker = page.locator('[data-marker]');
  await marker.dblclick();
  const name = page.getByRole('textbox', { name: 'Marker name' });
  await name.fill('The door slams');
  await name.press('Enter');
  await expect(marker).toHaveText('The door slams');
  await marker.click({ button: 'right' });
  const use = page.getByRole('menuitem', { name: /^Use as a hit/ });
  await use.click();
  // the next right click is the menu's until it has gone
  await expect(use).toBeHidden();
  await marker.click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Stop using as a hit' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Remove marker' }).click();
  await expect(marker).toHaveCount(0);
});

test('after a click the arrows move the playhead; they go from clip to clip once the lanes have the focus', async ({
  page,
  folder,
}) => {
  await newProject(page, 'Keys');
  await importFiles(page, [
    await makeVideo(folder, 'one.mp4', { seconds: 2, toneHz: null }),
    await makeVideo(folder, 'two.mp4', { seconds: 2, toneHz: null }),
  ]);
  await addToCut(page, 'one.mp4');
  await addToCut(page, 'two.mp4');
  const [one, two] = [clips(page, /^one/), clips(page, /^two/)];
  await expect(two).toHaveCount(1);
  await one.click({ position: { x: 20, y: 30 } });
  for (const [key, at] of [
    ['Home', '00:00:00:00'],
    ['ArrowRight', '00:00:00:01'],
    ['ArrowDown', '00:00:02:00'],
    ['ArrowLeft', '00:00:01:29'],
    ['ArrowUp', '00:00:00:00'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => timecode(page), { message: key }).toBe(at);
  }
  // to the region before and back: now the keyboard is in the lanes
  await page.keyboard.press('Shift+F6');
  await page.keyboard.press('F6');
  await expect(one).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(two).toBeFocused();
  await expect.poll(() => timecode(page)).toBe('00:00:00:00');
  await two.click({ position: { x: 20, y: 30 } });
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => timecode(page)).toBe('00:00:00:01');
});

test('undo while a mask is painted takes back strokes, and never the cut', async ({ page, folder }) => {
  await newProject(page, 'Masks');
  await importFiles(page, [await makeVideo(folder, 'street.mp4', { seconds: 2, toneHz: null })]);
  await addToCut(page, 'street.mp4');
  await goTo(page, '1:00');
  const clip = clips(page, /^street/);
  await clip.click({ position: { x: 20, y: 30 } });
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Inpaint', exact: true }).click();
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  const canvas = page.getByTestId('mask-canvas');
  const painted = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
      let count = 0;
      for (let index = 3; index < data.length; index += 4) if (data[index]! > 0) count += 1;
      return count / (element.width * element.height);
    });
  const box = (await canvas.boundingBox())!;
  const draw = async (from: number, to: number) => {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * from);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, box.y + box.height * to, { steps: 3 });
    await page.mouse.up();
  };
  await draw(0.1, 0.3);
  await expect.poll(painted).toBeCloseTo(0.04, 2);
  // undone as soon as the button is up, before anything else has run: the stroke must be among the steps already
  await page.evaluate(() => {
    window.addEventListener(
      'pointerup',
      () => queueMicrotask(() => window.dispatchEvent(new KeyboardEvent('keydown', undo))),
      { once: true },
    );
    const undo = { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true };
  });
  await draw(0.5, 0.9);
  await expect.poll(painted).toBeCloseTo(0.04, 2);
  await draw(0.5, 0.9);
  await expect.poll(painted).toBeCloseTo(0.2, 2);
  await page.keyboard.press('Control+z');
  await expect.poll(painted).toBeCloseTo(0.04, 2);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(painted).toBeCloseTo(0.2, 2);
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Control+z');
  await expect.poll(painted).toBe(0);
  await expect(clip).toHaveCount(1);
  // free-hand, a stroke right after an undo goes on from what the undo brought back
  await page.getByRole('button', { name: 'Brush', exact: true }).click();
  await draw(0.2, 0.4);
  const first = await painted();
  expect(first).toBeGreaterThan(0.005);
  await draw(0.6, 0.8);
  await expect.poll(painted).toBeGreaterThan(1.5 * first);
  const both = await painted();
  await page.keyboard.press('Control+z');
  await draw(0.6, 0.8);
  await expect.poll(painted).toBeCloseTo(both, 2);
  await page.keyboard.press('Control+z');
  await expect.poll(painted).toBeCloseTo(first, 2);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(painted).toBeCloseTo(both, 2);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Control+z');
  await expect.poll(painted).toBeCloseTo(0, 2);
  // out of the mode it is the cut again
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(clip).toHaveCount(0);
});

test('while an edge is trimmed the viewer shows the frame at it, and then the playhead again', async ({
  page,
  folder,
}) => {
  await newProject(page, 'Edges');
  await importFiles(page, [await makeVideo(folder, 'walk.mp4', { seconds: 4, toneHz: null })]);
  await addToCut(page, 'walk.mp4');
  await goTo(page, '2:00');
  const atEdge = await viewerPicture(page);
  await goTo(page, '0:10');
  const atPlayhead = await viewerPicture(page);
  // the left edge to 00:00:02:00, at 32 px a second
  const clip = clips(page, /^walk/);
  const box = (await clip.boundingBox())!;
  await page.mouse.move(box.x + 2, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 2 + 32, box.y + 30, { steps: 4 });
  await page.mouse.move(box.x + 2 + 64, box.y + 30, { steps: 4 });
  await expect.poll(async () => (await viewerPicture(page)).equals(atEdge)).toBe(true);
  await expect.poll(() => timecode(page)).toBe('00:00:00:10');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(async () => (await viewerPicture(page)).equals(atPlayhead)).toBe(true);
});

test('a second window on the same project takes it over, and the first can take it back', async ({
  page,
  browser,
  host,
}, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'one window a project in Electron');
  await newProject(page, 'Shared');
  await page.keyboard.press('m');
  await saved(page);
  const context = await browser.newContext();
  const second = await context.newPage();
  await second.goto(await host.newLink());
  await second
    .getByRole('button', { name: /Shared/ })
    .first()
    .click();
  await expect(second.locator('[data-marker]')).toHaveCount(1);
  const readOnly = page.getByText('Open in another window: read-only here');
  await expect(readOnly).toBeVisible();
  await goTo(page, '5:00');
  await page.keyboard.press('m');
  await expect(page.locator('[data-marker]')).toHaveCount(1);
  await readOnly.click();
  await expect(readOnly).toHaveCount(0);
  await page.keyboard.press('m');
  await expect(second.getByText('Open in another window: read-only here')).toBeVisible();
  await context.close();
});
