/** Looks for logos and burnt-in text, in the inference child. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FootageContext } from '../footageContext.ts';
import { findOverlays } from './findOverlays.ts';
import type { OverlaysResult, OverlaysRun } from './overlaysRun.ts';

/** Reads the frames, writes the mask beside what else the run makes. */
export async function runOverlays(
  { path, frameCount, width, height }: OverlaysRun,
  { scratchFolder }: FootageContext,
): Promise<OverlaysResult> {
  const size = width * height;
  const bytes = await readFile(path);
  if (bytes.length !== frameCount * size) throw new Error(`${path} does not hold ${frameCount} frames`);
  const frames = Array.from({ length: frameCount }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
  const { mask, isStill } = findOverlays(frames, width, height);
  if (!mask) return { task: 'overlays', mask: null, isStill };
  const to = join(scratchFolder, 'overlays.gray');
  await writeFile(
    to,
    mask.map((value) => 255 * value),
  );
  return { task: 'overlays', mask: to, isStill };
}
