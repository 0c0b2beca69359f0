/** What frames made of footage say of their colours and pixels, before they are encoded: the same as the footage. */
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import { filter, type Filter } from '../../ffmpeg/filterGraph.ts';
import type { SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../render/place.ts';

/** Range and matrix of the footage, where the samples are not RGB. */
export function coloursOfSource(video: VideoFacts, samples: SampleFormat): Filter[] {
  if (samples.model === 'gbr') return [];
  const { range, matrix } = colourOf(video);
  const colorspace = matrix === '' ? 'unknown' : matrix;
  return [filter('setparams', { range: range === 'pc' ? 'pc' : 'tv', colorspace })];
}

/** The same with the shape of pixels for frames of `size` px, which show the whole picture. */
export function asSource(video: VideoFacts, samples: SampleFormat, { width, height }: Size): Filter[] {
  // the picture as it is shown over the picture as it lies in the file
  const sar = { num: video.width * height, den: width * video.height };
  return [...coloursOfSource(video, samples), filter('setsar', { sar })];
}
