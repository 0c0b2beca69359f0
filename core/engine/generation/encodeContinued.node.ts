/** The file of a film that was made longer: its picture and sound are chains of one graph. */
import { makeOutput, type OutputFile } from '../../disk/outputGuard.node.ts';
import type { FilterGraph, Stream } from '../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import type { Rate } from '../../time/ticks.ts';
import type { Made } from './made.ts';
import type { FilmEncoding } from './outputEncoding.ts';
import { aacOptions } from './peakSafeAac.node.ts';
import { recipeMetadata } from './recipe.node.ts';

/** What is seen and heard. */
export interface ContinuedFilm {
  readonly picture: Stream;
  /** null = silent. */
  readonly heard: Stream | null;
  readonly rate: Rate;
}

/** How the film is kept; `about` is named where it fails. */
export interface ContinuedKept {
  readonly made: Pick<Made, 'recipe'>;
  readonly encoding: FilmEncoding;
  readonly about: string;
}

/** Encodes the film with its recipe. Throws FailureError as `runFfmpeg` and `makeOutput`. */
export async function encodeContinued(
  graph: FilterGraph,
  { picture, heard, rate }: ContinuedFilm,
  { made, encoding, about }: ContinuedKept,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  await makeOutput(output, async (to) => {
    await runFfmpeg({
      graph,
      outputs: [
        {
          to,
          streams: heard ? [picture, heard] : [picture],
          format: encoding.format,
          options: [
            ['r', rate],
            ...encoding.options,
            ...(heard ? aacOptions : []),
            ...recipeMetadata(made.recipe),
            ...(encoding.format === 'mp4' ? [['movflags', 'faststart'] as const] : []),
          ],
        },
      ],
      signal,
      about,
    });
  });
}
