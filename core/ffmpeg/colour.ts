/** Converts every source to bt709, limited range, in the sample format of the composite. */
import { filter, type Filter } from './filterGraph.ts';
import { flags, list } from './filterValue.ts';
import { hdrToSdr } from './hdr.ts';
import { plainSamples, sampleFormatOf, withAlpha, type SampleFormat } from './sampleFormat.ts';
import { effectiveMatrix, isHdr, isRgb, type SourceColour } from './sourceColour.ts';

// prettier-ignore
const planarFormats = [
  'yuv420p', 'yuv422p', 'yuv444p', 'yuv420p10', 'yuv422p10', 'yuv444p10', 'yuvj420p', 'yuvj422p', 'yuvj444p',
] as const;

/** For conversions between RGB and YUV: no chroma or rounding is traded for speed. */
export const exactScaling = flags('bicubic', 'accurate_rnd', 'full_chroma_int');

/** The same, for enlarging. */
export const exactLanczos = flags('lanczos', 'accurate_rnd', 'full_chroma_int');

/** Brings a stream to one pixel format. */
export function format(pixelFormat: string): Filter {
  return filter('format', { pix_fmts: pixelFormat });
}

/** Marks frames as what they are already: bt709, limited range. */
export const markedBt709 = filter('setparams', {
  range: 'tv',
  colorspace: 'bt709',
  color_primaries: 'bt709',
  color_trc: 'bt709',
});

/** From bt709, limited, to the RGB that a screen shows. */
export const toRgb: readonly Filter[] = [
  filter('scale', { in_color_matrix: 'bt709', in_range: 'tv', out_range: 'pc', flags: exactScaling }),
  format('rgb24'),
];

/**
 * Filters that end in `samples`, with alpha or without, bt709, limited. What is that already keeps every sample.
 * `hasOddSides`: of the frames as they come, after any scaling.
 */
export function toBt709(
  colour: SourceColour,
  keepAlpha: boolean,
  samples: SampleFormat = plainSamples,
  hasOddSides = false,
): Filter[] {
  const target = format(keepAlpha ? withAlpha(samples).name : samples.name);
  // zscale takes halved chroma at even sizes only
  const whole = hasOddSides ? [format(wholeChroma(colour.pixelFormat, keepAlpha))] : [];
  if (isHdr(colour)) return [...whole, ...hdrToSdr(colour, keepAlpha), ...whole, target];
  if (isRgb(colour.pixelFormat))
    return [filter('scale', { out_color_matrix: 'bt709', out_range: 'tv', flags: exactScaling }), target];
  const matrix = effectiveMatrix(colour);
  const range = colour.range === 'pc' ? 'pc' : 'tv';
  if (matrix === 'bt709' && range === 'tv') return [target];
  const isDeep = sampleFormatOf(colour.pixelFormat).bitDepth > 10;
  if (keepAlpha || isDeep || hasOddSides) return [...whole, ...zimgToBt709(matrix, range), ...whole, target];
  const planar = filter('format', { pix_fmts: list(...planarFormats) });
  if (matrix === 'ycgco') return [planar, ...zimgToBt709(matrix, range), target];
  // swscale would go through 8-bit RGB; this filter converts plane by plane
  return [
    planar,
    filter('colorspace', {
      ispace: matrix,
      iprimaries: 'bt709',
      itrc: 'bt709',
      irange: range,
      space: 'bt709',
      primaries: 'bt709',
      trc: 'bt709',
      range: 'tv',
      format: samples.name.replace(/le$/, ''),
    }),
    target,
  ];
}

/** Samples of this depth with a chroma sample for every pixel. */
function wholeChroma(pixelFormat: string, keepAlpha: boolean): string {
  const { bitDepth } = sampleFormatOf(pixelFormat);
  const depth = [8, 10, 12, 16].find((each) => each >= bitDepth) ?? 16;
  return `${keepAlpha ? 'yuva444p' : 'yuv444p'}${depth === 8 ? '' : `${depth}le`}`;
}

/**
 * For what `colorspace` does not take: alpha, odd sizes, more than 10 bits; and for YCgCo, whose differences it scales
 * by 224 in limited range, where H.273 has 219. swscale knows no YCgCo at all.
 */
function zimgToBt709(matrix: string, range: 'pc' | 'tv'): Filter[] {
  const colorspace = matrix === 'bt2020ncl' ? 'bt2020nc' : matrix;
  return [
    filter('setparams', { range, colorspace, color_primaries: 'bt709', color_trc: 'bt709' }),
    filter('zscale', { m: '709', r: 'limited' }),
  ];
}
