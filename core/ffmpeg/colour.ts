/**
 * Every source is brought to bt709, limited range, 8 bit. What a file does not say is taken as the window's decoder
 * takes it (measured with Chromium's WebCodecs): no matrix = bt709, only a full range = bt601. Primaries of SD are
 * left alone, as it leaves them.
 */
export interface SourceColour {
  /** ffmpeg's names; '' = not said. */
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

/** Filters that end in yuv420p (or yuva420p), bt709, limited. Untouched pixels for what is that already. */
export function toBt709(colour: SourceColour, keepAlpha: boolean): string[] {
  const target = keepAlpha ? 'yuva420p' : 'yuv420p';
  if (isRgb(colour.pixelFormat))
    return ['scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int', `format=${target}`];
  if (colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67')
    return [...hdrToSdr(colour), `format=${target}`];
  const matrix = effectiveMatrix(colour);
  const range = colour.range === 'pc' ? 'pc' : 'tv';
  if (matrix === 'bt709' && range === 'tv') return [`format=${target}`];
  if (keepAlpha)
    return [
      `scale=in_color_matrix=${matrix === 'bt2020ncl' ? 'bt2020' : matrix}:in_range=${range}:out_color_matrix=bt709:out_range=tv`,
      `format=${target}`,
    ];
  // swscale would go through 8-bit RGB; this filter converts plane by plane
  return [
    'format=yuv420p|yuv422p|yuv444p|yuv420p10|yuv422p10|yuv444p10|yuvj420p|yuvj422p|yuvj444p',
    `colorspace=ispace=${matrix}:iprimaries=bt709:itrc=bt709:irange=${range}:space=bt709:primaries=bt709:trc=bt709:range=tv:format=yuv420p`,
    `format=${target}`,
  ];
}

/** ITU-R BT.2408: HDR reference white at 203 nits. zscale (zimg) is part of every common build of ffmpeg. */
function hdrToSdr(colour: SourceColour): string[] {
  return [
    `zscale=tin=${colour.transfer}:min=2020_ncl:pin=2020:rin=${colour.range === 'pc' ? 'full' : 'limited'}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited:d=error_diffusion',
  ];
}
