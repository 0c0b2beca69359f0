/**
 * Bundles a TypeScript file with esbuild and returns the bundle's path, for benches and tables that drive the engine
 * without a host.
 */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Packages stay external: the bundle is written into node_modules, where they resolve. */
export async function bundle(path) {
  const folder = join(root, 'node_modules/.cache/framewright');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, `${basename(path).replace(/\.(node\.)?ts$/, '')}.mjs`);
  await build({
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}
