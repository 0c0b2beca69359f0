/** A picture put into footage by hand: chosen, placed in the viewer, previewed, made, and taken back. */
import { join } from 'node:path';
import sharp from 'sharp';
import { addToCut, clips, goTo, importFiles, newProject } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';

const made = { timeout: 300_000 };
test.setTimeout(600_000);

test('a picture is placed with handles, previewed and laid into the footage', async ({ page, folder }) => {
  const film = await makeVideo(folder, 'street.mp4', { seconds: 1, width: 320, height: 180 });
  const ball = join(folder, 'ball.png');
  const round =
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="45" cy="45" r="44" fill="red"/></svg>';
  await sharp(Buffer.from(round)).png().toFile(ball);
  await newProject(page, 'Added');
  await importFiles(page, [film, ball]);
  await addToCut(page, 'street.mp4');
  await goTo(page, '0:10');
  const clip = clips(page, /^street, video/);
  await clip.click();
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Inpaint', exact: true }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText(/words alone draw nothing/)).toBeVisible();

  await page.getByRole('tab', { name: 'Media' }).click();
  await page.getByText('ball.png').first().click();
  await clip.click();
  await page.getByRole('tab', { name: 'AI' }).click();
  await page
    .getByRole('button', { name: /Picture/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /ball\.png/ }).click();
  const placed = page.getByTestId('placed-picture');
  await expect(placed).toBeVisible();
  const before = (await placed.boundingBox())!;
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2 + 60, before.y + before.height / 2 + 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await placed.boundingBox())!.x - before.x)).toBe(60);
  await placed.press('-');
  await expect.poll(async () => (await placed.boundingBox())!.width).toBeLessThan(before.width);
  await expect(page.getByRole('img', { name: 'The frame with the picture' })).toBeVisible(made);
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'placing.png') });
  await page.getByRole('button', { name: /^Add picture/ }).click();
  await expect(clip).toHaveAttribute('data-state', 'ready', made);
  await expect(page.getByRole('button', { name: 'Take 1', exact: true })).toBeVisible(made);
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'made.png') });
});
