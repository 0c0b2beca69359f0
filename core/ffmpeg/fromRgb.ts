/** From what a screen shows (sRGB, full range) to a source's own colours: the way back from `toBt709` and `toRgb`. */
import type { Size } from '../render/place.ts';
import { exactLanczos, format } from './colour.ts';
import { filter, type Filter } from './filterGraph.ts';
import { sdrWhiteNits } from './hdr.ts';
import { flags } from './filterValue.ts';
import type { SampleFormat } from './sampleFormat.ts';
import { effectiveMatrix, isHdr, type SourceColour } from './sourceColour.ts';

/** swscale's names of matrices, by ffmpeg's. */
const scaleMatrices: Readonly<Record<string, string>> = {
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  smpte240m: 'smpte240m',
  bt2020ncl: 'bt2020',
  bt709: 'bt709',
};

/** Scales made pictures to `size` and writes them in the source's samples. */
export function fromRgb(colour: SourceColour, samples: SampleFormat, size: Size): Filter[] {
  const scaled = { w: size.width, h: size.height };
  if (samples.model === 'gbr')
    return [filter('scale', { ...scaled, flags: exactLanczos }), format(samples.name), filter('setsar', { sar: 1 })];
  if (isHdr(colour))
    return [filter('scale', { ...scaled, flags: flags('lanczos') }), ...sdrToHdr(colour), format(samples.name)];
  const matrix = scaleMatrices[effectiveMatrix(colour)];
  if (matrix === undefined)
    return [
      filter('scale', { ...scaled, flags: exactLanczos }),
      ...byZimg(colour),
      format(samples.name),
      filter('setsar', { sar: 1 }),
    ];
  const scale = filter('scale', {
    ...scaled,
    flags: exactLanczos,
    in_range: 'pc',
    out_color_matrix: matrix,
    out_range: colour.range === 'pc' ? 'pc' : 'tv',
  });
  return [scale, format(samples.name), filter('setsar', { sar: 1 })];
}

const markedRgb = filter('setparams', {
  range: 'pc',
  colorspace: 'gbr',
  color_primaries: 'bt709',
  color_trc: 'bt709',
});

/** For the matrices that swscale does not know: FCC's and YCgCo. */
function byZimg(colour: SourceColour): Filter[] {
  const range = colour.range === 'pc' ? 'full' : 'limited';
  return [format('gbrp'), markedRgb, filter('zscale', { m: effectiveMatrix(colour), r: range })];
}

/** Up to the knee the inverse of `hdrToSdr`. Nothing of what is made is brighter than SDR's white. */
function sdrToHdr(colour: SourceColour): Filter[] {
  return [
    format('gbrp'),
    markedRgb,
    filter('zscale', { t: 'linear', npl: sdrWhiteNits }),
    format('gbrpf32le'),
    filter('zscale', { p: '2020' }),
    filter('zscale', {
      t: colour.transfer,
      m: '2020_ncl',
      r: colour.range === 'pc' ? 'full' : 'limited',
      npl: sdrWhiteNits,
      d: 'error_diffusion',
    }),
  ];
}
