/** What the command line writes of a cleaned voice: by itself, or under the film's own picture. */
import { extname } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { clockAlone } from '../../disk/facts.ts';
import { makeOutput, type OutputFile } from '../../disk/outputGuard.node.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { filmEndingOf } from './finishEdit.node.ts';
import { writePlain } from './finishFile.node.ts';
import type { Made } from './made.ts';
import { filmFormats } from './outputEncoding.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { recipeMetadata } from './recipe.node.ts';
import type { SourceFile } from './resolved.ts';

/** Pictures that an MP4 takes as they are. */
const copiedCodecs = ['h264', 'hevc', 'av1', 'mpeg4'];

const aacAtOwnRate: readonly OutputOption[] = [
  ['c:a', 'aac'],
  ['b:a', '320k'],
];

/**
 * Writes the sound as WAV; with the source's picture, copied, as MP4 (AAC) or Matroska (every sample is kept). Throws
 * FailureError 'badRequest' for a picture that MP4 does not take.
 */
export async function writeCleaned(
  made: Made,
  source: SourceFile,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  const { video } = source.facts;
  if (extname(output.path).toLowerCase() === '.wav' || !video) return writePlain(made, output);
  const ending = filmEndingOf(output.path) ?? '.mp4';
  if (ending === '.mp4' && !copiedCodecs.includes(video.codec))
    throw new FailureError('badRequest', sentence('cli.pictureNotForMp4', { name: source.name, codec: video.codec }));
  const graph = new FilterGraph();
  const picture = graph.open({ path: source.path, clock: clockAlone(source.facts, video) });
  const sound = graph.open({ path: made.path, format: 'wav' }).first('audio');
  await makeOutput(output, async (to) => {
    await runFfmpeg({
      graph,
      outputs: [
        {
          to,
          streams: [picture.stream(video.streamIndex), sound],
          format: filmFormats[ending],
          options: [
            ['c:v', 'copy'],
            ...(ending === '.mp4' ? aacAtOwnRate : [['c:a', 'copy'] as const]),
            ['t', seconds(secondsFromTicks(source.facts.durationTicks))],
            ['map_metadata', picture.position],
            ...recipeMetadata(made.recipe),
            ...(ending === '.mp4' ? [['movflags', 'faststart'] as const] : []),
          ],
        },
      ],
      signal,
      about: source.path,
    });
  });
}
