/**
 * Chooses the sounds of a soundtrack without words: neutral ones, by how the picture moves, the same in the estimate as
 * in the run.
 */
import { readFile, rm } from 'node:fs/promises';
import { analysePicture } from '../../../models/families/soundtrack/features.ts';
import { suggestSounds } from '../../../models/planners/soundscape/suggest.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { gatherSoundPicture } from './gatherInputs.node.ts';
import type { ResolvedRequest } from './resolved.ts';

/** Enough to see how much moves, and quick to read. */
const looksAtSeconds = 10;

/** null where there are words, or no picture: then the planner chooses. */
export async function suggestSound(
  { request, source, mostSeen }: ResolvedRequest,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> {
  const range = mostSeen ?? source;
  if (request.prompt.trim() !== '' || !range?.file.facts.video) return null;
  const looked = { ...range, durationTicks: Math.min(range.durationTicks, ticksFromSeconds(looksAtSeconds)) };
  const { frames, fps } = await gatherSoundPicture(
    looked,
    { folder, signal, onFraction: () => undefined, onNotice: () => undefined },
    'look.rgb',
  );
  const data = new Uint8Array(await readFile(frames.path));
  await rm(frames.path, { force: true });
  return suggestSounds(
    analysePicture({ data, frameCount: frames.frameCount, width: frames.width, height: frames.height }, fps),
  );
}
