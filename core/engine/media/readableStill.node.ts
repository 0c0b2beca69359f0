/** Photographs as ffmpeg reads them: it tells most kinds by their name alone, and turns or converts none. */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MediaFacts } from '../../disk/facts.ts';
import { probeFile } from './probe.node.ts';
import { drawStill } from './still.node.ts';

interface StillFile {
  readonly path: string;
  readonly facts: MediaFacts;
}

/**
 * The file itself; in place of a photograph that is no plain PNG, one drawn into a folder `name` of `folder`: upright,
 * sRGB, in its own size and depth. It keeps the photograph's file name, by which failures name it. Throws FailureError
 * as `openStill`.
 */
export async function readableStill<F extends StillFile>(file: F, folder: string, name = 'given'): Promise<F> {
  const { kind, formatName, proxyReason } = file.facts;
  if (kind !== 'image' || (formatName === 'png' && proxyReason === null)) return file;
  const path = join(folder, name, basename(file.path));
  await mkdir(join(folder, name), { recursive: true });
  await drawStill(file.path, path);
  return { ...file, path, facts: await probeFile(path) };
}
