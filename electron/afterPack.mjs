/**
 * electron-builder's hook: programs from npm packages are executable by everybody, not only by who built the installer.
 * @param {{ appOutDir: string }} context
 */
import { chmod, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

const programs = ['ffmpeg', 'ffprobe'];

/** Makes the bundled ffmpeg programs executable in the packaged app. */
export default async function afterPack({ appOutDir }) {
  for (const path of await readdir(appOutDir, { recursive: true })) {
    const inPackage = /app\.asar\.unpacked[\\/]node_modules[\\/]/.test(path);
    if (inPackage && programs.includes(basename(path))) await chmod(join(appOutDir, path), 0o755);
  }
}
