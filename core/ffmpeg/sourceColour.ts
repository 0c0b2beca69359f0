/**
 * What a file says of its colours, and what is assumed where it says nothing: standard definition is read as BT.601,
 * everything larger as BT.709. Primaries of SDR are not converted, as in the window.
 */

/** What a file says of its colours. */
export interface SourceColour {
  /** ffmpeg's names; '' where the file does not say. */
  readonly matrix: string;
  readonly transfer: string;
  readonly primaries: string;
  readonly range: string;
  readonly pixelFormat: string;
  readonly codec: string;
  /** As coded, px. */
  readonly width: number;
  readonly height: number;
  /** Brightest pixel that the file announces, cd/m2; null where it does not. */
  readonly peakNits: number | null;
}

/** True for pixel formats of red, green and blue, palettes included. */
export function isRgb(pixelFormat: string): boolean {
  return /^(rgb|bgr|gbr|argb|abgr|pal8|0rgb|0bgr|x2rgb|x2bgr)/.test(pixelFormat);
}

/** The matrix a file is read with. */
export function effectiveMatrix(colour: Pick<SourceColour, 'matrix' | 'range' | 'width' | 'height'>): string {
  if (colour.matrix.startsWith('bt2020')) return 'bt2020ncl';
  if (namedMatrices.includes(colour.matrix)) return colour.matrix;
  if (colour.matrix !== '') return 'bt709';
  // a full range without a matrix is JFIF's, which is BT.601 at any size
  if (colour.range === 'pc' || isStandardDefinition(colour)) return colour.height > 486 ? 'bt470bg' : 'smpte170m';
  return 'bt709';
}

const namedMatrices = ['bt470bg', 'smpte170m', 'smpte240m', 'fcc', 'ycgco'];

/** Up to 625 lines; whatever is smaller than 720p was most likely made from it or for it. */
export function isStandardDefinition({ width, height }: Pick<SourceColour, 'width' | 'height'>): boolean {
  return width < 1280 && height < 720;
}

/** True for PQ and HLG. */
export function isHdr({ transfer }: Pick<SourceColour, 'transfer'>): boolean {
  return transfer === 'smpte2084' || transfer === 'arib-std-b67';
}
