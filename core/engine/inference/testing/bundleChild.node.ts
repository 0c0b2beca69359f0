/** Bundles a child entry for a test: Node 20 runs no TypeScript, and fork needs a file. */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/**
 * `entry` relative to the project root. Returns the path of the .mjs; it lies under node_modules so that packages
 * resolve.
 */
export async function bundleChild(entry: string): Promise<string> {
  const folder = join(root, 'node_modules/.cache/framewright-tests', String(process.pid));
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, basename(entry).replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
