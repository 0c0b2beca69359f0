/** Drives the editor as a person does, by the names and keys on the screen. */
import { basename, dirname } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** Creates an empty 1280 x 720, 30 fps project from the start screen. */
export async function newProject(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('combobox', { name: 'Picture' }).click();
  await page.getByRole('option', { name: /1280 × 720/ }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('region', { name: 'Viewer' })).toBeVisible();
  // keys are the dialog's until it has gone
  await expect(dialog).toBeHidden();
}

/** Imports files of one folder through the file chooser. */
export async function importFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.keyboard.press('Control+i');
  const dialog = page.getByRole('dialog');
  const folder = dialog.getByRole('textbox').first();
  await folder.fill(dirname(paths[0]!));
  await folder.press('Enter');
  for (const [index, path] of paths.entries()) {
    await dialog.getByText(basename(path), { exact: true }).click(index === 0 ? {} : { modifiers: ['Control'] });
  }
  await dialog.getByRole('button', { name: 'Choose' }).click();
  await expect(dialog).toBeHidden();
  for (const path of paths) await expect(binItem(page, basename(path))).toBeVisible();
}

export function binItem(page: Page, name: string): Locator {
  return page
    .getByRole('listbox', { name: 'Media' })
    .getByRole('option', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) });
}

/** Adds a file of the bin at the playhead, which moves to the end of the new clip. */
export async function addToCut(page: Page, name: string): Promise<void> {
  await binItem(page, name).click({ button: 'right' });
  const add = page.getByRole('menuitem', { name: 'Add at the playhead' });
  await add.click();
  // keys are the menu's until it has gone: Space would add the file again
  await expect(add).toBeHidden();
}

export function clips(page: Page, name?: RegExp): Locator {
  return page.locator('[data-clip]').and(name ? page.getByRole('gridcell', { name }) : page.locator('*'));
}

export async function goTo(page: Page, timecode: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Playhead, timecode' });
  await field.fill(timecode);
  await field.press('Enter');
}

export function timecode(page: Page): Promise<string> {
  return page.getByRole('textbox', { name: 'Playhead, timecode' }).inputValue();
}

/** Waits until everything is on disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved/)).toBeVisible();
}

/** The viewer's canvas as PNG bytes, once everything requested so far is drawn. */
export async function viewerPicture(page: Page): Promise<Buffer> {
  const canvas = page.getByTestId('viewer-canvas');
  let picture = '';
  await expect
    .poll(async () => {
      // read together, so that nothing is drawn in between; a picture is encoded only when it is the one
      const [work, url] = await canvas.evaluate((element: HTMLCanvasElement) => {
        const { work } = element.dataset;
        return [work, work === 'none' ? element.toDataURL('image/png') : ''];
      });
      picture = url ?? '';
      return work;
    })
    .toBe('none');
  return Buffer.from(picture.slice('data:image/png;base64,'.length), 'base64');
}
