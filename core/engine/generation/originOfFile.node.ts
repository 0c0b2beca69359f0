/** Whether a file that the command line was given was drawn by a video model: the recipe inside it says so. */
import sharp from 'sharp';
import { z } from 'zod';
import { probeStreams } from '../../ffmpeg/ffprobe.node.ts';
import type { Origin } from '../footage/methods.ts';
import type { SourceFile } from './resolved.ts';

const recipeSchema = z.object({ framewright: z.object({ pack: z.object({ id: z.string() }).optional() }) });

/** 'made' for a file with the recipe of a pack's model; a recipe of a method on footage names no such pack. */
export async function originOfFile({ path, facts }: Pick<SourceFile, 'path' | 'facts'>): Promise<Origin> {
  const text = facts.kind === 'image' ? await descriptionOf(path) : ((await probeStreams(path)).tags['comment'] ?? '');
  const recipe = recipeSchema.safeParse(parseJson(text)).data;
  return recipe?.framewright.pack ? 'made' : 'footage';
}

/** EXIF's ImageDescription, as far as it is a recipe of ours. */
async function descriptionOf(path: string): Promise<string> {
  const exif = await sharp(path)
    .metadata()
    .then(
      (found) => found.exif?.toString('utf8') ?? '',
      // a still that sharp does not read holds no recipe of ours
      () => '',
    );
  const start = exif.indexOf('{"framewright":');
  return start < 0 ? '' : exif.slice(start, exif.lastIndexOf('}') + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no recipe, or one cut off by another program
  }
}
