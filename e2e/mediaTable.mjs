/**
 * `node e2e/mediaTable.mjs`: imports the files of ../shared/media, builds their caches, prints the result for each and
 * writes test-results/mediaTable.md. Exits with 1 if any is wrong.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './support/runTs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = await bundle(join(root, 'e2e/mediaTable.node.ts'));
process.exitCode = spawnSync(process.execPath, [program, root], { stdio: 'inherit' }).status ?? 1;
