import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { projectRoot } from './browserHost.ts';

/** Path of the Electron binary in node_modules, if present; asking the package itself would start a download. */
export function electronBinary(): string | null {
  const folder = join(projectRoot, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** Opens the editor in Electron with its user's files in `<home>/electron`. */
export async function launchElectron(options: { home: string }): Promise<{ window: Page; close(): Promise<void> }> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = Object.fromEntries(
    Object.entries({ ...process.env, FRAMEWRIGHT_HOME: join(options.home, 'electron') }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const app = await _electron.launch({
    executablePath: electronBinary()!,
    args: [...asRoot, projectRoot],
    env,
  });
  return { window: await app.firstWindow(), close: () => app.close() };
}
