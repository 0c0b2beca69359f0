/**
 * The AI actions on the timeline, with the starter pack's graphs: placeholder, job and take; takes are kept and
 * compared.
 */
import { execFile } from 'node:child_process';
import { readFile, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { CacheFolder } from '../core/disk/cacheFolder.node.ts';
import { addToCut, clips, goTo, importFiles, newProject, timecode } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';

/** Two steps exercise everything; how good the result looks is a matter for the pack's evaluation. */
const steps = 2;
const made = { timeout: 300_000 };
test.setTimeout(900_000);

async function openAi(page: Page, action: string): Promise<void> {
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: action, exact: true }).click();
  const details = page.getByRole('button', { name: /^Details/ });
  if ((await details.getAttribute('aria-expanded')) === 'false') await details.click();
  // what the stage draws has no steps
  if (action === 'Generate') await page.getByRole('button', { name: 'Painted', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Steps' });
  await field.fill(String(steps));
  await field.press('Enter');
}

async function takeFiles(home: string, project: string, ending: string): Promise<string[]> {
  return (await readdir(join(home, 'projects', `${project}.fwproj`, 'takes'))).filter((name) => name.endsWith(ending));
}

/** Integrated loudness of the files' sum in LUFS, by ffmpeg's own meter (EBU R 128). */
async function loudnessOf(...paths: readonly string[]): Promise<number> {
  const { stderr } = await promisify(execFile)('ffmpeg', [
    '-hide_banner',
    '-nostats',
    ...paths.flatMap((path) => ['-i', path]),
    '-filter_complex',
    `amix=inputs=${paths.length}:normalize=0,ebur128`,
    '-f',
    'null',
    '-',
  ]);
  return Number(/I:\s+(-?[\d.]+) LUFS(?![\s\S]*I:\s+-?[\d.]+ LUFS)/.exec(stderr)?.[1]);
}

test('words become a clip: placeholder at once, take on disk with its recipe, another take, A/B, undo', async ({
  page,
  host,
}) => {
  await newProject(page, 'Words');
  await openAi(page, 'Generate');
  const length = page.getByRole('textbox', { name: 'Length' });
  await length.fill('0.5');
  await length.press('Enter');
  await page.getByRole('textbox', { name: 'Prompt' }).fill('a red balloon over a meadow, zxqwv');
  await expect(page.getByText(/No effect: zxqwv/)).toBeVisible();
  await expect(page.getByText(/Runs on CPU/)).toBeVisible();
  await page.keyboard.press('Control+Enter');

  const clip = clips(page);
  await expect(clip).toHaveCount(1);
  await expect(clip).toHaveAttribute('data-state', /queued|generating/);
  await expect(clip).toHaveAttribute('data-state', 'ready', made);
  expect(await takeFiles(host.home, 'Words', '.mp4')).toHaveLength(1);
  expect((await takeFiles(host.home, 'Words', '.json')).length).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page.getByRole('button', { name: /Generate another take/ }).click();
  await expect(clip.getByText(/2\/2/)).toBeVisible(made);
  await expect(clip).toHaveAttribute('data-state', 'ready');
  expect(await takeFiles(host.home, 'Words', '.mp4')).toHaveLength(2);

  // it jumps to the clip from elsewhere: other shots have no takes to wipe between
  await goTo(page, '10:00');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('slider', { name: 'Wipe position' })).toBeVisible();
  await expect.poll(() => timecode(page)).toBe('00:00:00:00');
  await expect(page.getByText(/^Take 1 · a red balloon/)).toBeVisible();
  await expect(page.getByText(/^Take 2 · a red balloon/)).toBeVisible();
  await page.getByRole('button', { name: 'Use A' }).click();
  await expect(clip.getByText(/1\/2/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(clip.getByText(/2\/2/)).toBeVisible();
});

test('a box over real footage is inpainted, the clip restyled; every version stands beside the source', async ({
  page,
  folder,
}) => {
  const file = await makeVideo(folder, 'street.mp4', { seconds: 1, width: 320, height: 180 });
  await newProject(page, 'Edit');
  await importFiles(page, [file]);
  await addToCut(page, 'street.mp4');
  await goTo(page, '0:10');
  const clip = clips(page, /^street, video/);
  await clip.click();

  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Inpaint', exact: true }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  const canvas = page.getByTestId('mask-canvas');
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: /^Done/ }).click();
  await expect(page.getByText(/every pixel stays as filmed/)).toBeVisible();
  await page.getByRole('button', { name: /Remove in mask/ }).click();
  await expect(page.getByRole('button', { name: 'Take 1', exact: true })).toBeVisible(made);
  await expect(clip).toHaveAttribute('data-state', 'ready', made);

  // footage is given a look at its own size: there are no steps to choose
  await page.getByRole('button', { name: 'Restyle', exact: true }).click();
  await page.getByRole('button', { name: 'Watercolour', exact: true }).click();
  await expect(page.getByRole('img', { name: /with this look/ })).toBeVisible(made);
  await page.getByRole('button', { name: /^Restyle Ctrl/ }).click();
  await expect(page.getByRole('button', { name: 'Take 2', exact: true })).toBeVisible(made);
  await expect(clip).toHaveAttribute('data-state', 'ready', made);
  await page.getByRole('button', { name: 'Source', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Source', exact: true }).last()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a soundtrack comes as three stems on their own tracks; a cancelled one goes and leaves no take', async ({
  page,
  folder,
  host,
}) => {
  const file = await makeVideo(folder, 'walk.mp4', { seconds: 2, width: 320, height: 180, toneHz: null });
  await newProject(page, 'Score');
  await importFiles(page, [file]);
  await addToCut(page, 'walk.mp4');
  await openAi(page, 'Soundtrack');
  await page.getByRole('textbox', { name: 'Mood and sounds' }).fill('rain');
  await page.getByRole('combobox', { name: 'Loudness' }).click();
  await page.getByRole('option', { name: /Broadcast/ }).click();
  await page.getByRole('button', { name: /Generate soundtrack/ }).click();
  await expect(clips(page, /(ambience|foley|music) clip/)).toHaveCount(3);
  await expect(page.locator('[data-clip][data-state=ready]')).toHaveCount(3, made);
  const stems = await takeFiles(host.home, 'Score', '.wav');
  expect(stems).toHaveLength(3);
  const takes = join(host.home, 'projects/Score.fwproj/takes');
  // their sum has the loudness, each stem its share of it
  expect(Math.abs((await loudnessOf(...stems.map((name) => join(takes, name)))) + 23)).toBeLessThanOrEqual(0.5);
  for (const name of stems) expect(await loudnessOf(join(takes, name)), name).toBeLessThan(-23);
  // each was made for the film, not for the stems before it, so the film was rendered once
  const renders = new CacheFolder(join(host.home, 'cache')).rendersFolder(
    await realpath(join(host.home, 'projects/Score.fwproj')),
  );
  expect((await readdir(renders)).filter((name) => name.endsWith('.mp4'))).toHaveLength(1);
  // generating them again makes the same request
  const recipes = await Promise.all(
    (await takeFiles(host.home, 'Score', '.recipe.json')).map(async (name): Promise<unknown> =>
      JSON.parse(await readFile(join(takes, name), 'utf8')),
    ),
  );
  for (const recipe of recipes) expect(recipe).toMatchObject({ request: { loudnessLufs: -23 } });

  await page.keyboard.press('Home');
  await openAi(page, 'Generate');
  await page.getByRole('textbox', { name: 'Prompt' }).fill('a fox runs');
  await page.keyboard.press('Control+Enter');
  const making = page.locator('[data-clip][data-state=generating]');
  await expect(making).toHaveCount(1);
  await making.getByRole('button', { name: /Cancel/ }).click();
  await expect(making).toHaveCount(0);
  // it did not go because it was made first (how fast it goes: e2e/bench)
  expect(await takeFiles(host.home, 'Score', '.mp4')).toEqual([]);
});
