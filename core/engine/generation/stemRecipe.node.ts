/** The recipe inside a stem's file: which stem it is, and what the whole was made with. */
import { z } from 'zod';
import { probeStreams } from '../../ffmpeg/ffprobe.node.ts';

const stemRecipeSchema = z.object({
  prompt: z.string(),
  seed: z.number().int().nonnegative(),
  parameters: z.object({ stem: z.enum(['ambience', 'foley', 'music']), tempoBpm: z.number().nullable() }),
  /** What played a music stem. The oldest takes do not state it: the built-in synthesisers played them. */
  instruments: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('soundFont'), name: z.string(), sha256: z.string(), chosen: z.boolean().optional() }),
      z.object({ kind: z.literal('builtIn') }),
    ])
    .optional(),
  part: z.object({ rootPrompt: z.string(), rootSeed: z.number().int().nonnegative() }).optional(),
});

/** null for a sound that Framewright did not make. */
export async function stemRecipe({
  path,
}: {
  readonly path: string;
}): Promise<z.infer<typeof stemRecipeSchema> | null> {
  const { comment = '' } = (await probeStreams(path)).tags;
  if (!comment.startsWith('{"framewright":')) return null;
  return z.object({ framewright: stemRecipeSchema }).safeParse(parseJson(comment)).data?.framewright ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // cut off by another program: as if it were not there
  }
}
