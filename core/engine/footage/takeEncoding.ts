/** How takes made of footage are kept. */
import { losslessOptions } from '../../ffmpeg/losslessOptions.ts';
import type { Size } from '../../render/place.ts';
import { colourTags, type FilmEncoding } from '../generation/outputEncoding.ts';

/** What the window plays itself as H.264, everything else without loss. */
export function takeEncoding(
  samples: string,
  colour: Parameters<typeof colourTags>[0],
  { width, height }: Size,
): FilmEncoding {
  const tags = colourTags(colour);
  // H.264 takes whole chroma samples only
  if (samples !== 'yuv420p' || width % 2 === 1 || height % 2 === 1)
    return { format: 'matroska', converted: null, options: [...losslessOptions, ...tags] };
  return {
    format: 'mp4',
    converted: null,
    options: [
      ['c:v', 'libx264'],
      ['preset', 'veryfast'],
      ['crf', 11],
      // short groups without B-frames scrub well
      ['g', 12],
      ['bf', 0],
      ...tags,
    ],
  };
}
