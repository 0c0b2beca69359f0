/** Stems on the timeline: another take, a regenerated In–Out part, two takes compared by ear, hits marked on screen. */
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addToCut, clips, goTo, importFiles, newProject } from './support/editor.ts';
import { expect, test } from './support/fixture.ts';
import { makeVideo } from './support/media.ts';

const execute = promisify(execFile);
const made = { timeout: 300_000 };
test.setTimeout(900_000);

interface Take {
  readonly rewrittenPrompt: string;
  readonly seed: number;
  readonly parameters: { readonly stem: string; readonly hitTicks: readonly number[] };
  readonly part?: { readonly startTicks: number; readonly durationTicks: number };
}

/** The takes of a project, with the path of each one's file. */
async function takesIn(home: string, project: string): Promise<readonly (Take & { readonly path: string })[]> {
  const folder = join(home, 'projects', `${project}.fwproj`, 'takes');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.take.json'));
  return Promise.all(
    files.map(async (name) => {
      const recipe = JSON.parse(
        await readFile(join(folder, name.replace('.take.json', '.recipe.json')), 'utf8'),
      ) as Take;
      const record = (await readFile(join(folder, name), 'utf8')).match(/[0-9a-f]{64}\.wav/)?.[0] ?? '';
      return { ...recipe, path: join(folder, record) };
    }),
  );
}

/** Decodes a file to 16-bit mono samples at 48 kHz. */
async function samplesOf(path: string): Promise<Int16Array> {
  const { stdout } = await execute('ffmpeg', ['-v', 'error', '-i', path, '-ac', '1', '-f', 's16le', '-'], {
    encoding: 'buffer',
    maxBuffer: 64e6,
  });
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}

test('a stem and a part of it are regenerated, takes compared while it plays, hits obeyed', async ({
  page,
  folder,
  host,
}) => {
  const file = await makeVideo(folder, 'walk.mp4', { seconds: 4, width: 320, height: 180, toneHz: null });
  await newProject(page, 'Stems');
  await importFiles(page, [file]);
  await addToCut(page, 'walk.mp4');
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Soundtrack', exact: true }).click();
  await page.getByRole('switch', { name: 'Ambience' }).click();
  await goTo(page, '00:00:02:00');
  await page.getByRole('button', { name: 'Add at playhead' }).click();
  await page.getByRole('textbox', { name: 'Mood and sounds' }).fill('hard impact, calm piano');
  await page.getByRole('button', { name: /Generate soundtrack/ }).click();
  await expect(page.locator('[data-clip][data-state=ready]')).toHaveCount(2, made);

  // a hit is audible over everything else that moves: the tenth of a second after it is louder than the quarter second
  // before. Every run draws new seeds, and movement in the picture may coincide, so one of the two stems must stand out
  // clearly, and neither may get clearly quieter.
  const louder: number[] = [];
  for (const take of await takesIn(host.home, 'Stems')) {
    const samples = await samplesOf(take.path);
    const power = (from: number, to: number): number =>
      samples.subarray(from * 48_000, to * 48_000).reduce((sum, v) => sum + v * v, 1) / (to - from);
    const louderDb = 10 * Math.log10(power(1.98, 2.1) / power(1.7, 1.95));
    console.log(`${take.parameters.stem}: ${louderDb.toFixed(1)} dB louder at the hit than before it`);
    louder.push(louderDb);
  }
  expect(Math.max(...louder)).toBeGreaterThan(3);
  expect(Math.min(...louder)).toBeGreaterThan(-1);

  // one stem alone, two more takes of it in one act
  const foley = clips(page, /foley clip/);
  await page.keyboard.press('Escape');
  await foley.click({ position: { x: 20, y: 10 } });
  await page.getByRole('combobox', { name: 'Number of takes' }).click();
  await page.getByRole('option', { name: '2 takes' }).click();
  await page.getByRole('button', { name: /Generate another take/ }).click();
  await expect(page.getByRole('button', { name: 'Take 3', exact: true })).toBeVisible(made);
  await expect(foley).toHaveAttribute('data-state', 'ready', made);

  // a part of it
  await goTo(page, '00:00:01:00');
  await page.keyboard.press('i');
  await goTo(page, '00:00:03:00');
  await page.keyboard.press('o');
  await foley.click({ position: { x: 20, y: 10 }, button: 'right' });
  await page.getByRole('menuitem', { name: /Regenerate In–Out/ }).click();
  await expect(page.getByRole('button', { name: 'Take 4', exact: true })).toBeVisible(made);
  const part = (await takesIn(host.home, 'Stems')).find((take) => take.part);
  expect(part).toMatchObject({ parameters: { stem: 'foley' } });
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Take 4', exact: true })).toBeVisible();

  // by ear
  await foley.click({ position: { x: 20, y: 10 } });
  await page.keyboard.press('Shift+C');
  const sides = page.getByRole('group', { name: 'Takes compared by ear' });
  await expect(sides.getByRole('button')).toHaveCount(2);
  await expect(sides.getByRole('rowheader', { name: 'Regenerated' })).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  const heard = async (): Promise<number> =>
    (await sides.getByRole('button', { pressed: true }).innerText()).startsWith('A') ? 0 : 1;
  const before = await heard();
  await page.keyboard.press('x');
  await expect.poll(heard).toBe(1 - before);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Use A' }).click();
  await expect(sides).toHaveCount(0);
});

test('words alone make sound over an empty stretch; its key is heard by the music and not called unknown', async ({
  page,
  host,
}) => {
  await newProject(page, 'Words alone');
  await page.getByRole('tab', { name: 'AI' }).click();
  await page.getByRole('button', { name: 'Soundtrack', exact: true }).click();
  await page.keyboard.press('i');
  await goTo(page, '00:00:03:00');
  await page.keyboard.press('o');
  await page.getByRole('textbox', { name: 'Mood and sounds' }).fill('rain, calm piano in D minor, zxqwv');
  await expect(page.getByText('No effect: zxqwv')).toBeVisible();
  await page.getByRole('button', { name: /Generate soundtrack/ }).click();
  await expect(page.locator('[data-clip][data-state=ready]')).toHaveCount(3, made);
  const takes = await takesIn(host.home, 'Words alone');
  expect(takes.find((take) => take.parameters.stem === 'music')).toMatchObject({
    rewrittenPrompt: expect.stringContaining('D minor, piano'),
  });
});
