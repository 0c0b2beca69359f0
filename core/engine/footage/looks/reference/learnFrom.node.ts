/** Learns a look from a picture, for a stretch of footage. */
import { FailureError } from '../../../../contract/errors.ts';
import { sentence } from '../../../../contract/sentence.ts';
import type { Picture, SourceRange } from '../../../generation/resolved.ts';
import type { LocatedSource } from '../../../media/locateSource.node.ts';
import { readFrames } from '../../../media/readFrames.node.ts';
import type { Lesson } from './learnedLook.ts';
import { hasContent, measurePictures, type PictureStatistics } from './pictureStatistics.ts';

/** Longer side of the pictures that are measured, px. */
const longestPx = 640;
/** Moments of the footage that are measured. */
const momentCount = 6;

/** Throws FailureError 'badRequest' for a picture without content, and as `readFrames`. */
export async function learnFrom(
  picture: Omit<Picture, 'file'> & { readonly file: LocatedSource & { readonly name: string } },
  footage: Omit<SourceRange, 'file'> & { readonly file: LocatedSource },
  signal: AbortSignal,
): Promise<Lesson> {
  const learned = await measure(picture.file, [picture.ticks], signal);
  const { name, path } = picture.file;
  if (!hasContent(learned)) throw new FailureError('badRequest', sentence('look.pictureEmpty', { name }), path);
  const { file, startTicks, durationTicks } = footage;
  const count = file.facts.kind === 'image' ? 1 : momentCount;
  const moments = Array.from({ length: count }, (_, at) =>
    Math.round(startTicks + ((at + 0.5) / count) * Math.max(0, durationTicks - 1)),
  );
  return { footage: await measure(file, moments, signal), picture: learned };
}

async function measure(
  file: LocatedSource,
  moments: readonly number[],
  signal: AbortSignal,
): Promise<PictureStatistics> {
  const { video, kind } = file.facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: file.path }), file.path);
  const scale = Math.min(1, longestPx / Math.max(video.width, video.height));
  const [width, height] = [video.width, video.height].map((px) => Math.max(16, Math.round(px * scale)));
  const pictures = [];
  for (const startTicks of moments) {
    const at = { startTicks: kind === 'image' ? 0 : startTicks, frameCount: 1, fps: 25 };
    const { data } = await readFrames({ ...at, width: width!, height: height!, signal, onWhite: true }, file);
    pictures.push({ data, width: width!, height: height! });
  }
  return measurePictures(pictures);
}
