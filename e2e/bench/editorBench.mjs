/** Shared by benches that drive the whole editor: a separate host, a window, a project with media. */
import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);
export const quietBrowser = [
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export async function ffmpeg(...args) {
  await execute('ffmpeg', ['-v', 'error', '-y', ...args]);
}

export async function startHost(projectRoot, home, project = null) {
  const args = [
    join(projectRoot, 'dist/host/browserHost.mjs'),
    ...(project ? [project] : []),
    '--no-open',
    '--json',
    '--port',
    '0',
  ];
  const host = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, FRAMEWRIGHT_HOME: home },
  });
  const ended = new Promise((resolve) => host.once('exit', resolve));
  const lines = createInterface({ input: host.stdout });
  // a link lets one browser in
  const nextLink = () =>
    new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(JSON.parse(line).url));
      host.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    });
  return {
    url: await nextLink(),
    newLink() {
      const link = nextLink();
      host.kill('SIGUSR2');
      return link;
    },
    pid: host.pid,
    async close() {
      host.kill('SIGINT');
      await ended;
    },
  };
}

/** Opens a window of 1440 x 900 pixels on the host's address. */
export async function openWindow(browser, url) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

export async function newProject(page, name) {
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('region', { name: 'Viewer' }).waitFor();
}

export async function importAndPlace(page, path) {
  await page.keyboard.press('Control+i');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(dirname(path));
  await page.keyboard.press('Enter');
  await dialog.getByText(basename(path), { exact: true }).click();
  await dialog.getByRole('button', { name: 'Choose' }).click();
  const item = page
    .getByRole('listbox', { name: 'Media' })
    .getByRole('option', { name: new RegExp(`^${basename(path).replaceAll('.', '\\.')}`) });
  await item.waitFor({ timeout: 60_000 });
  await item.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add at the playhead' }).click();
}

/** Waits until all proxies, filmstrips and waveforms are ready. */
export async function mediaReady(page) {
  await page.waitForTimeout(1000);
  await page.getByText(/Preparing media/).waitFor({ state: 'detached', timeout: 300_000 });
}
