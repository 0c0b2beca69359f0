/**
 * Footage of many kinds: every imported file shows its picture in the viewer, from the file itself or from its proxy,
 * and plays; a refused file is reported with its reason (core tests which ones are). `npm test` generates its files;
 * `npm run test:long` uses those of ../shared/media.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOwnMedia } from '../core/engine/media/testing/ownMedia.node.ts';
import { goTo, newProject, timecode } from './support/editor.ts';
import { projectRoot } from './support/browserHost.ts';
import { expect, test } from './support/fixture.ts';

const shared = join(projectRoot, '../shared/media');
const long = process.env.FRAMEWRIGHT_LONG_TESTS === '1';

/** Files that reach the viewer in different ways. The rest is import, which core tests without a window. */
const ownFiles = [
  'h264.mp4',
  'prores.mov',
  'vp9.webm',
  'h264.ts',
  'mpeg4.avi',
  'flac.flac',
  'still.png',
  'cut off.mp4',
];

let media: string;
test.beforeAll(async () => {
  media = long ? shared : mkdtempSync(join(tmpdir(), 'framewright-footage-'));
  if (!long) writeOwnMedia(media, ownFiles);
});
test.afterAll(() => {
  if (!long) rmSync(media, { recursive: true, force: true });
});

async function filesToTry(): Promise<readonly string[]> {
  if (!long) return ownFiles;
  const manifest = JSON.parse(await readFile(join(media, 'manifest.json'), 'utf8')) as { file: string }[];
  return manifest.map(({ file }) => file);
}

test('files of every kind are imported and played, or refused with a reason', async ({ page }, testInfo) => {
  test.skip(long && !existsSync(shared), 'skipped: ../shared/media is not here');
  test.setTimeout(600_000);
  const files = await filesToTry();
  await newProject(page, 'Footage');
  await page.keyboard.press('Control+i');
  const dialog = page.getByRole('dialog');
  const folder = dialog.getByRole('textbox').first();
  await folder.fill(media);
  await folder.press('Enter');
  // the chooser lists files that look like media; "all files" shows the rest
  const filter = dialog.getByRole('combobox');
  if (await filter.count()) {
    await filter.click();
    await page.getByRole('option', { name: 'All files' }).click();
  }
  await expect(dialog.getByText(files[0]!, { exact: true })).toBeVisible();
  for (const file of files) await dialog.getByText(file, { exact: true }).click({ modifiers: ['Control'] });
  await dialog.getByRole('button', { name: 'Choose' }).click();

  const items = page.getByRole('listbox', { name: 'Media' }).getByRole('option');
  await expect(page.getByText(/Importing/)).toHaveCount(0, { timeout: 120_000 });
  await expect.poll(() => items.count(), { timeout: 120_000 }).toBeGreaterThan(0);
  await expect(page.getByText(/Preparing media/)).toHaveCount(0, { timeout: 400_000 });

  const names = await items.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')!.split(', ')[0]!));
  const rows: string[] = [];
  const canvas = page.getByTestId('viewer-canvas');
  for (const name of names) {
    const item = items.filter({ hasText: name }).first();
    const label = (await item.getAttribute('aria-label'))!;
    const isSound = /kHz/.test(label);
    await item.dblclick();
    await expect(page.getByRole('button', { name: 'Source', exact: true })).toHaveAttribute('aria-pressed', 'true');
    if (!isSound) await expect(canvas, name).toHaveAttribute('data-shows', 'picture');
    let plays = 'a picture';
    if (/ \d+(\.\d+)? · /.test(label) || isSound) {
      await goTo(page, '0');
      await page.keyboard.press('Space');
      await expect.poll(() => timecode(page), { message: `${name} plays` }).not.toBe('00:00:00:00');
      if ((await page.getByRole('button', { name: 'Pause' }).count()) > 0) await page.keyboard.press('Space');
      plays = 'plays';
    }
    rows.push(`| ${name} | imported, ${isSound ? 'sound' : 'shown'}, ${plays} |`);
  }
  const refused = files.filter((file) => !names.includes(file));
  for (const file of refused) {
    const named = new RegExp(file.replaceAll('.', '\\.'));
    // the status bar shows one notice by its words, several by their number
    const notices = page.getByRole('button', { name: /\d+ notices/ });
    await notices
      .or(page.getByRole('button', { name: named }))
      .first()
      .click();
    const reason = page.getByRole('dialog').getByText(named).first();
    await expect(reason, `${file} is refused with a reason`).toBeVisible();
    rows.push(`| ${file} | refused: ${await reason.textContent()} |`);
    await page.keyboard.press('Escape');
  }
  await mkdir(join(projectRoot, 'test-results'), { recursive: true });
  await writeFile(
    join(projectRoot, 'test-results/footage.md'),
    `| file | in the editor |\n|---|---|\n${rows.join('\n')}\n`,
  );
  testInfo.annotations.push({ type: 'table', description: 'test-results/footage.md' });
  expect(rows).toHaveLength(files.length);
});
