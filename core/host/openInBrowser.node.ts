import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const appWindowBrowsers = [
  'chromium',
  'google-chrome',
  'google-chrome-stable',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];

function onPath(name: string): string | null {
  const folder = (process.env.PATH ?? '')
    .split(delimiter)
    .find((entry) => entry !== '' && existsSync(join(entry, name)));
  return folder === undefined ? null : join(folder, name);
}

/** Program and arguments that show `url`, as an app window where the browser has those; null without a screen. */
export function browserCommand(url: string): readonly [string, ...string[]] | null {
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '""', url.replaceAll('&', '^&')];
  if (process.platform === 'darwin') return ['open', url];
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
  // Chromium refuses to run as root with its sandbox on, and we do not turn it off
  if (process.getuid?.() !== 0) {
    for (const name of appWindowBrowsers) {
      const path = onPath(name);
      if (path) return [path, `--app=${url}`];
    }
  }
  const opener = onPath('xdg-open');
  return opener ? [opener, url] : null;
}

/** Returns whether a browser was started; the address is printed either way. */
export function openInBrowser(url: string): boolean {
  if (process.env.FRAMEWRIGHT_NO_OPEN) return false;
  const command = browserCommand(url);
  if (!command) return false;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  // if the browser does not start, the address is still in the terminal
  child.on('error', () => undefined);
  child.unref();
  return true;
}
