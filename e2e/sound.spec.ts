/** Preview sound while the window is busy. */
import { expect, test } from './support/fixture.ts';
import { addToCut, importFiles, newProject } from './support/editor.ts';
import { makeVideo } from './support/media.ts';

test('sound plays on while the window is blocked again and again for 300 ms', async ({ page, folder }) => {
  const tone = await makeVideo(folder, 'tone.mp4', { seconds: 20, width: 320, height: 180 });
  await newProject(page, 'Tone');
  await importFiles(page, [tone]);
  await addToCut(page, 'tone.mp4');
  const meters = page.getByTestId('meters');
  const counts = async () => ({
    delivered: Number(await meters.getAttribute('data-delivered')),
    missing: Number(await meters.getAttribute('data-missing')),
  });
  // other load may keep even the audio thread waiting: one quiet stretch is proof, since sound that needed the window
  // would fail in every one
  await expect(async () => {
    await page.keyboard.press('k');
    await page.keyboard.press('Home');
    const rest = await counts();
    await page.keyboard.press('Space');
    await expect.poll(async () => (await counts()).delivered).toBeGreaterThan(rest.delivered);
    await expect(meters.getByRole('img')).toHaveAccessibleName(/peak −\d/);
    const before = await counts();
    await page.evaluate(async () => {
      for (let block = 0; block < 10; block += 1) {
        const until = performance.now() + 300;
        while (performance.now() < until);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await expect.poll(async () => (await counts()).delivered).toBeGreaterThan(before.delivered + 2.5 * 48_000);
    const after = await counts();
    const missing = after.missing - before.missing;
    console.log(`blocked 10 x 300 ms: ${after.delivered - before.delivered} frames delivered, ${missing} missing`);
    expect(missing).toBeLessThan(0.1 * (after.delivered - before.delivered));
  }).toPass({ timeout: 300_000 });
});
