/** `node e2e/demo/makeDemo.mjs`, after `npm run build`: rebuilds the demo project. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../support/runTs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { makeDemo } = await import(pathToFileURL(await bundle(join(here, 'makeDemo.node.ts'))).href);
await makeDemo(join(here, '../..'));
