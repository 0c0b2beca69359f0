/** Puts the recipe into a finished file: what it holds is copied as it is. */
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import type { OutputFormat } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { recipeMetadata } from '../generation/recipe.node.ts';

/** Copies the one stream of `path` to `to`, with the recipe. Throws FailureError as `runFfmpeg`. */
export async function withRecipe(
  { path, format }: { readonly path: string; readonly format: OutputFormat },
  to: string,
  recipe: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const stream = graph.open({ path }).stream(0);
  const sound = format === 'wav';
  await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: [stream],
        format,
        options: [
          [sound ? 'c:a' : 'c:v', 'copy'],
          ...recipeMetadata(recipe),
          ...(sound ? [['rf64', 'auto'] as const] : []),
          ...(format === 'mp4' ? [['movflags', 'faststart'] as const] : []),
        ],
      },
    ],
    signal,
    about: path,
  });
}
