import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appRoot } from './paths.node.ts';

export type DesktopProgram = { readonly path: string } | { readonly missing: string };

/** A download that failed is not tried again at every start. */
const askAgainMs = 24 * 60 * 60 * 1000;
const downloadMs = 5 * 60 * 1000;

/**
 * Electron's binary in node_modules, downloaded once if possible. `missing` says in one clause why it cannot be used.
 */
export function findDesktopProgram(say: (line: string) => void): DesktopProgram {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { missing: 'this machine has no screen' };
  const folder = join(appRoot(), 'node_modules/electron');
  if (!existsSync(join(folder, 'package.json'))) return { missing: 'the electron package is not installed' };
  const installed = electronBinary(folder);
  if (installed) return { path: installed };

  const note = join(appRoot(), 'dist/.electron-missing');
  if (existsSync(note) && Date.now() - statSync(note).mtimeMs < askAgainMs)
    return { missing: 'its binary could not be downloaded' };
  say('Fetching the Electron binary, once ...');
  const answer = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: downloadMs,
    encoding: 'utf8',
  });
  const fetched = electronBinary(folder);
  if (fetched) return { path: fetched };
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, answer.stderr ?? '');
  return { missing: 'its binary could not be downloaded' };
}

/** Read as the electron package does; asking the package itself would start a download. */
function electronBinary(folder: string): string | null {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const path = override ? join(override, name ?? 'electron') : name ? join(folder, 'dist', name) : null;
  return path && existsSync(path) ? path : null;
}

/** Runs the editor's window; resolves with its exit code. Signals are passed on. */
export function runDesktop(program: string, projectFolder: string | null): Promise<number> {
  // Chromium as root runs only without its sandbox; the window then says so in its log
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...asRoot, appRoot(), ...(projectFolder === null ? [] : [projectFolder])], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 130));
  });
}
