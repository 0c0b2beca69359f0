import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnginePaths } from '../engine/services.node.ts';

/** The folder that holds package.json, models/ and assets/: the repository, or app.asar when installed. */
export function appRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${fileURLToPath(import.meta.url)}.`);
    folder = parent;
  }
  return folder;
}

/**
 * Folder of large and native files: packs and assets lie beside the asar when installed (FRAMEWRIGHT_RESOURCES, set by
 * Electron's main), in the repository otherwise.
 */
function resourcesRoot(): string {
  return process.env.FRAMEWRIGHT_RESOURCES ?? appRoot();
}

function userDataFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case 'win32':
      return join(process.env.APPDATA ?? join(home, 'AppData/Roaming'), 'Framewright');
    case 'darwin':
      return join(home, 'Library/Application Support/Framewright');
    default:
      return join(process.env.XDG_DATA_HOME ?? join(home, '.local/share'), 'framewright');
  }
}

/** What may be deleted at any time: outside of backups and of what travels between machines. */
function userCacheFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case 'win32':
      return join(process.env.LOCALAPPDATA ?? join(home, 'AppData/Local'), 'Framewright/Cache');
    case 'darwin':
      return join(home, 'Library/Caches/Framewright');
    default:
      return join(process.env.XDG_CACHE_HOME ?? join(home, '.cache'), 'framewright');
  }
}

/** FRAMEWRIGHT_HOME holds everything of one user; FRAMEWRIGHT_PROJECTS is where new projects go. */
export function enginePaths(): EnginePaths {
  const ownHome = process.env.FRAMEWRIGHT_HOME;
  const projects = process.env.FRAMEWRIGHT_PROJECTS;
  if (ownHome) return { ...enginePathsIn(ownHome), ...(projects ? { projects } : {}) };
  const videos = process.platform === 'darwin' ? 'Movies' : 'Videos';
  return {
    ...enginePathsIn(userDataFolder()),
    cache: userCacheFolder(),
    projects: projects ?? join(homedir(), videos, 'Framewright'),
  };
}

/** All of a user in one folder. */
export function enginePathsIn(home: string): EnginePaths {
  return {
    home,
    cache: join(home, 'cache'),
    projects: join(home, 'projects'),
    builtInPacks: join(resourcesRoot(), 'models/packs'),
    userPacks: join(home, 'packs'),
    assets: join(resourcesRoot(), 'assets'),
  };
}
