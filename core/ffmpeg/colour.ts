/**
 * Converts every source to bt709, limited range, in the sample format of the composite. Tags that a file lacks are
 * assumed as the window's decoder assumes them (measured with Chromium's WebCodecs): bt709 without a matrix, bt601 with
 * only a full range tag. Primaries of SD are not converted, as in the window.
 */
import { filter, type Filter } from './filterGraph.ts';
import { flags, list } from './filterValue.ts';
import { plainSamples, withAlpha, type SampleFormat } from './sampleFormat.ts';

/** What a file says of its colours. */
export interface SourceColour {
  /** ffmpeg's names; '' where the file does not say. */
  readonly matrix: string;
  readonly transfer: string;
  readonly primaries: string;
  readonly range: string;
  readonly pixelFormat: string;
  readonly codec: string;
  readonly height: number;
}

const oldCodecs = [
  'mpeg1video',
  'mpeg2video',
  'mpeg4',
  'h263',
  'dvvideo',
  'msmpeg4v3',
  'msmpeg4v2',
  'wmv1',
  'wmv2',
  'theora',
  'mjpeg',
  'rv40',
  'svq3',
  'cinepak',
];

/** True for pixel formats of red, green and blue, palettes included. */
export function isRgb(pixelFormat: string): boolean {
  return /^(rgb|bgr|gbr|argb|abgr|rgba|bgra|pal8|0rgb|0bgr|x2rgb)/.test(pixelFormat) || /^(rgb|bgr)/.test(pixelFormat);
}

/** The matrix a file is read with. */
export function effectiveMatrix(colour: SourceColour): string {
  if (
    colour.matrix === 'bt470bg' ||
    colour.matrix === 'smpte170m' ||
    colour.matrix === 'smpte240m' ||
    colour.matrix === 'fcc'
  )
    return colour.matrix === 'fcc' ? 'smpte170m' : colour.matrix;
  if (colour.matrix.startsWith('bt2020')) return 'bt2020ncl';
  if (colour.matrix !== '') return 'bt709';
  if (colour.range === 'pc') return 'smpte170m';
  return oldCodecs.includes(colour.codec) && colour.height < 720 ? 'smpte170m' : 'bt709';
}

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

/** Filters that end in `samples`, with alpha or without, bt709, limited. What is that already keeps every sample. */
export function toBt709(colour: SourceColour, keepAlpha: boolean, samples: SampleFormat = plainSamples): Filter[] {
  const target = format(keepAlpha ? withAlpha(samples).name : samples.name);
  if (isRgb(colour.pixelFormat))
    return [filter('scale', { out_color_matrix: 'bt709', out_range: 'tv', flags: exactScaling }), target];
  if (colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67') return [...hdrToSdr(colour), target];
  const matrix = effectiveMatrix(colour);
  const range = colour.range === 'pc' ? 'pc' : 'tv';
  if (matrix === 'bt709' && range === 'tv') return [target];
  if (keepAlpha)
    return [
      filter('scale', {
        in_color_matrix: matrix === 'bt2020ncl' ? 'bt2020' : matrix,
        in_range: range,
        out_color_matrix: 'bt709',
        out_range: 'tv',
      }),
      target,
    ];
  // swscale would go through 8-bit RGB; this filter converts plane by plane
  return [
    filter('format', { pix_fmts: list(...planarFormats) }),
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

/** ITU-R BT.2408: HDR reference white at 203 nits. zscale (zimg) is part of every common build of ffmpeg. */
function hdrToSdr(colour: SourceColour): Filter[] {
  return [
    filter('zscale', {
      tin: colour.transfer,
      min: '2020_ncl',
      pin: '2020',
      rin: colour.range === 'pc' ? 'full' : 'limited',
      t: 'linear',
      npl: 203,
    }),
    format('gbrpf32le'),
    filter('zscale', { p: '709' }),
    filter('tonemap', { tonemap: 'hable', desat: 0 }),
    filter('zscale', { t: '709', m: '709', r: 'limited', d: 'error_diffusion' }),
  ];
}
