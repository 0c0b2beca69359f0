/** The sound of a source, read whole: in its place in time, stereo, 48 kHz. */
import { join } from 'node:path';
import { clockAlone } from '../../disk/facts.ts';
import type { FilterGraph, Stream } from '../../ffmpeg/filterGraph.ts';
import { placedStereo } from '../../ffmpeg/soundGraph.ts';
import { decodeSound, needsDecoding } from '../media/decodeSound.node.ts';
import type { SourceFile } from './resolved.ts';

/**
 * Opens the first sound of a file from its start; null where it has none. A sound that may change its format is decoded
 * into `folder` first. Throws FailureError as `runFfmpeg`.
 */
export async function openOwnSound(
  graph: FilterGraph,
  { path, facts }: SourceFile,
  folder: string,
  signal: AbortSignal,
): Promise<Stream | null> {
  const { audio } = facts;
  if (!audio) return null;
  if (!needsDecoding(audio)) {
    const opened = graph.open({ path, clock: clockAlone(facts, audio) });
    return graph.chain([opened.stream(audio.streamIndex)], placedStereo);
  }
  const decoded = join(folder, 'decoded.wav');
  await decodeSound(path, facts, audio, decoded, { signal });
  return graph.chain([graph.open({ path: decoded, format: 'wav' }).first('audio')], placedStereo);
}
