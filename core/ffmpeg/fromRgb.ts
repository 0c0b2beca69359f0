/** From what a screen shows (sRGB, full range) to a source's own colours: the way back from `toBt709` and `toRgb`. */
import type { Size } from '../render/place.ts';
import { effectiveMatrix, exactLanczos, format, type SourceColour } from './colour.ts';
import { filter, type Filter } from './filterGraph.ts';
import { flags } from './filterValue.ts';
import type { SampleFormat } from './sampleFormat.ts';

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
  if (colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67')
    return [filter('scale', { ...scaled, flags: flags('lanczos') }), ...sdrToHdr(colour), format(samples.name)];
  const scale = filter('scale', {
    ...scaled,
    flags: exactLanczos,
    in_range: 'pc',
    out_color_matrix: scaleMatrices[effectiveMatrix(colour)] ?? 'bt709',
    out_range: colour.range === 'pc' ? 'pc' : 'tv',
  });
  return [scale, format(samples.name), filter('setsar', { sar: 1 })];
}

/** ITU-R BT.2408: white stands at 203 nits. Nothing of what is made is brighter. */
function sdrToHdr(colour: SourceColour): Filter[] {
  return [
    format('gbrp'),
    filter('setparams', { range: 'pc', colorspace: 'gbr', color_primaries: 'bt709', color_trc: 'bt709' }),
    filter('zscale', { t: 'linear', npl: 203 }),
    format('gbrpf32le'),
    filter('zscale', { p: '2020' }),
    filter('zscale', {
      t: colour.transfer,
      m: '2020_ncl',
      r: colour.range === 'pc' ? 'full' : 'limited',
      npl: 203,
      d: 'error_diffusion',
    }),
  ];
}
