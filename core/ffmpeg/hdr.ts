/**
 * HDR (PQ and HLG) to SDR and back. Everything up to the knee keeps its light, so that an 18 % grey card (26 cd/m2,
 * ITU-R BT.2408 table 1) comes out at 41 % of the SDR signal and a diffuse white (203 cd/m2) just above 93 %; what is
 * brighter is rolled off towards the peak, as the EETF of BT.2390 does, on the largest of R, G and B, so that hues
 * stay.
 */
import { filter, type Filter } from './filterGraph.ts';
import { isRgb, type SourceColour } from './sourceColour.ts';

/** Light of the SDR picture's white, cd/m2: 26 of it are 41 % of the signal at BT.1886's gamma of 2.4. */
export const sdrWhiteNits = 221;
/** Where the roll-off begins, as a share of the SDR white: 166 cd/m2, below a diffuse white and far above skin. */
const kneeShare = 0.75;
/** Mastering displays reach it; with this curve a lower one gains next to nothing, and a brighter one loses nothing. */
const usualPeakNits = 4000;
/** HLG is defined on a display of this peak (BT.2100): zimg applies its OOTF for it. */
const hlgPeakNits = 1000;
const peakNitsRange = { least: 400, most: 10_000 };

// prettier-ignore
const knownMatrices = [
  'gbr', 'bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'ycgco', 'bt2020nc', 'bt2020c', 'ictcp',
];
// prettier-ignore
const knownPrimaries = [
  'bt709', 'bt470m', 'bt470bg', 'smpte170m', 'smpte240m', 'film', 'bt2020', 'smpte428', 'smpte431', 'smpte432',
];

/** Says on every frame what zscale needs to know; tags that the file lacks are BT.2100's. */
function told({ matrix, primaries, transfer, range, pixelFormat }: SourceColour): Filter {
  const rgb = isRgb(pixelFormat);
  return filter('setparams', {
    range: range === 'pc' || (rgb && range !== 'tv') ? 'pc' : 'tv',
    colorspace: rgb ? 'gbr' : knownMatrices.includes(matrix) && matrix !== 'gbr' ? matrix : 'bt2020nc',
    color_primaries: knownPrimaries.includes(primaries) ? primaries : 'bt2020',
    color_trc: transfer,
  });
}

/** Filters to bt709, limited; the caller sets the sample format. zscale (zimg) is in every common build of ffmpeg. */
export function hdrToSdr(colour: SourceColour, keepAlpha: boolean): Filter[] {
  return [
    told(colour),
    filter('zscale', { t: 'linear', npl: sdrWhiteNits }),
    filter('format', { pix_fmts: keepAlpha ? 'gbrapf32le' : 'gbrpf32le' }),
    filter('zscale', { p: '709' }),
    filter('tonemap', { tonemap: 'mobius', param: kneeShare, peak: peakNits(colour) / sdrWhiteNits, desat: 0 }),
    filter('zscale', { t: '709', m: '709', r: 'limited', d: 'error_diffusion' }),
  ];
}

function peakNits({ transfer, peakNits: announced }: SourceColour): number {
  if (transfer === 'arib-std-b67') return hlgPeakNits;
  return Math.min(peakNitsRange.most, Math.max(peakNitsRange.least, announced ?? usualPeakNits));
}
