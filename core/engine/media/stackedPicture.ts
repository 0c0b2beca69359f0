/**
 * Pictures with alpha as the window plays them: the colours in the upper half of each frame, their opacity as grey in
 * the lower one, since WebCodecs decodes no alpha. Both halves fill the picture, whatever its aspect, and begin on a
 * macroblock, so that coding does not carry one into the other.
 */
import { format, toBt709 } from '../../ffmpeg/colour.ts';
import { add, divide, multiply, variable } from '../../ffmpeg/expression.ts';
import { filter, type Filter, type FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { sampleFormatOf, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { SourceColour } from '../../ffmpeg/sourceColour.ts';
import type { Size } from '../../render/place.ts';

const macroblockPx = 16;

/** Brings frames to the size of one half, made from a preview's size. */
export function toHalf({ width, height }: Size): readonly Filter[] {
  const size = { w: width, h: Math.ceil(height / macroblockPx) * macroblockPx, flags: 'bicubic' };
  return [filter('scale', size), filter('setsar', { sar: 1 })];
}

/** Opacity, 0 to the greatest value, as the luma of limited range, which a screen shows as black to white. */
export function opacityAsGrey({ model, name, bitDepth }: SampleFormat): Filter[] {
  const limited = format('yuv420p');
  if (model === 'gbr') return [filter('scale', { out_color_matrix: 'bt709', out_range: 'tv' }), limited];
  const unit = 2 ** (bitDepth - 8);
  const luma = add(16 * unit, multiply(divide(variable('val'), 2 ** bitDepth - 1), 219 * unit));
  return [
    // the planes hold opacity, whatever range the source's have
    filter('setparams', { range: 'tv', colorspace: 'bt709' }),
    ...(model === 'gray' ? [format(name.replace('gray', 'yuv444p'))] : []),
    filter('lutyuv', { y: luma, u: 128 * unit, v: 128 * unit }),
    limited,
  ];
}

/** Frames with alpha, straight, as one picture of both halves. `size`: of the preview. */
export function stackAlpha(graph: FilterGraph, frames: Stream, colour: SourceColour, size: Size): Stream {
  const transparent = graph.chain([frames], [...toHalf(size), ...toBt709(colour, true)]);
  const [above, below] = graph.split(transparent, 2);
  const opacity = graph.chain([below!], [filter('alphaextract'), ...opacityAsGrey(sampleFormatOf('gray'))]);
  return graph.chain([graph.chain([above!], [format('yuv420p')]), opacity], [filter('vstack')]);
}

/** Frames with alpha over black. */
export const overBlack: readonly Filter[] = [filter('premultiply', { inplace: 1 }), format('yuv420p')];

/** A stacked preview over black. */
export function unstackOverBlack(graph: FilterGraph, stacked: Stream): Stream {
  const [upper, lower] = graph.split(stacked, 2);
  const height = divide(variable('ih'), 2);
  const half = (y: number | typeof height): Filter =>
    filter('crop', { w: variable('iw'), h: height, x: 0, y, exact: 1 });
  const opacity = graph.chain([lower!], [half(height), format('gray')]);
  return graph.chain([graph.chain([upper!], [half(0)]), opacity], [filter('alphamerge'), ...overBlack]);
}
