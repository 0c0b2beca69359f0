import { fileURLToPath } from 'node:url';

/** The bundled inference process: beside this bundle, in dist/host. */
export function inferenceScript(): string {
  return fileURLToPath(new URL('./inferenceProcess.mjs', import.meta.url));
}
