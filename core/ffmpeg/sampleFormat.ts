/**
 * How a file's samples lie: planes, depth, chroma. Pictures are put together in the source's own format, so that a
 * sample nothing is laid over keeps its value. Names are ffmpeg's; packed formats become the planar one that holds the
 * same values.
 */
import type { Size } from '../render/place.ts';

/** How samples lie in a planar format. */
export interface SampleFormat {
  /** ffmpeg's name, 'yuv420p10le'. */
  readonly name: string;
  readonly model: 'yuv' | 'gbr' | 'gray';
  /** A chroma sample covers 2^x by 2^y pixels. */
  readonly chromaShift: { readonly x: number; readonly y: number };
  readonly bitDepth: number;
  readonly hasAlpha: boolean;
}

const shifts: Readonly<Record<string, SampleFormat['chromaShift']>> = {
  '420': { x: 1, y: 1 },
  '422': { x: 1, y: 0 },
  '444': { x: 0, y: 0 },
  '440': { x: 0, y: 1 },
  '411': { x: 2, y: 0 },
  '410': { x: 2, y: 2 },
};

/** Semi-planar and packed YUV, by the planar format of the same samples. */
const packedYuv: Readonly<Record<string, string>> = {
  nv12: 'yuv420p',
  nv21: 'yuv420p',
  nv16: 'yuv422p',
  nv24: 'yuv444p',
  nv42: 'yuv444p',
  nv20: 'yuv422p10',
  yuyv422: 'yuv422p',
  uyvy422: 'yuv422p',
  yvyu422: 'yuv422p',
  uyyvyy411: 'yuv411p',
  p010: 'yuv420p10',
  p012: 'yuv420p12',
  p016: 'yuv420p16',
  p210: 'yuv422p10',
  p216: 'yuv422p16',
  p410: 'yuv444p10',
  p416: 'yuv444p16',
  y210: 'yuv422p10',
  y212: 'yuv422p12',
};

/** The planar format that holds every value of `pixelFormat` (ffmpeg's name). Unknown ones are taken as 16-bit RGB. */
export function sampleFormatOf(pixelFormat: string): SampleFormat {
  const plain = pixelFormat.replace(/(le|be)$/, '');
  const yuv = /^yuv(j|a)?(420|422|444|440|411|410)p(\d+)?$/.exec(packedYuv[plain] ?? plain);
  if (yuv) return yuvFormat(yuv[2]!, Number(yuv[3] ?? 8), yuv[1] === 'a');
  const gray = /^gr[ae]y(\d+)?$/.exec(plain);
  if (gray) return grayFormat(Number(gray[1] ?? 8));
  if (/^mono[wb]$/.test(plain)) return grayFormat(8);
  const gbr = /^gbr(a)?p(\d+)?$/.exec(plain);
  if (gbr) return gbrFormat(Number(gbr[2] ?? 8), gbr[1] === 'a');
  if (/^(rgb|bgr)48$/.test(plain)) return gbrFormat(16, false);
  if (/^(rgb|bgr)a64$/.test(plain)) return gbrFormat(16, true);
  if (/^x2(rgb|bgr)10$/.test(plain)) return gbrFormat(10, false);
  if (/^(rgba|bgra|argb|abgr|pal8|ya8)$/.test(plain)) return gbrFormat(8, true);
  if (/^(rgb|bgr)\d*$|^(0rgb|0bgr|rgb0|bgr0)$/.test(plain)) return gbrFormat(8, false);
  return gbrFormat(16, plain.includes('a'));
}

/** A picture as Chromium and most encoders have it: 8 bit or more, half or full chroma. */
export function yuvFormat(chroma: string, bitDepth: number, hasAlpha = false): SampleFormat {
  const depth = bitDepth === 9 ? 10 : bitDepth;
  // libavutil has no alpha beside 4:4:0, 4:1:1 or 4:1:0, nor beside 14 bits
  const kept = hasAlpha && !/^(420|422|444)$/.test(chroma) ? '444' : chroma;
  const alphaDepth = hasAlpha && depth > 10 ? 16 : depth;
  const bits = alphaDepth === 8 ? '' : `${alphaDepth}le`;
  return {
    name: `yuv${hasAlpha ? 'a' : ''}${kept}p${bits}`,
    model: 'yuv',
    chromaShift: shifts[kept]!,
    bitDepth: alphaDepth,
    hasAlpha,
  };
}

function grayFormat(bitDepth: number): SampleFormat {
  const depth = bitDepth === 9 ? 10 : bitDepth === 14 ? 16 : bitDepth;
  return { ...flat, name: depth === 8 ? 'gray' : `gray${depth}le`, model: 'gray', bitDepth: depth, hasAlpha: false };
}

function gbrFormat(bitDepth: number, hasAlpha: boolean): SampleFormat {
  const depth = bitDepth === 9 ? 10 : hasAlpha && bitDepth === 14 ? 16 : bitDepth;
  const bits = depth === 8 ? '' : `${depth}le`;
  return { ...flat, name: `gbr${hasAlpha ? 'a' : ''}p${bits}`, model: 'gbr', bitDepth: depth, hasAlpha };
}

const flat = { chromaShift: { x: 0, y: 0 } } as const;

/** The same samples without the alpha plane: what a patch is kept in. */
export function opaque(format: SampleFormat): SampleFormat {
  if (!format.hasAlpha) return format;
  return { ...format, name: format.name.replace(/^(yuv|gbr)a/, '$1'), hasAlpha: false };
}

/** The same samples with an alpha plane beside them. */
export function withAlpha(format: SampleFormat): SampleFormat {
  return sampleFormatOf(format.name.replace(/^(yuv|gbr)a?/, '$1a'));
}

/** What most players and encoders take. */
export const plainSamples: SampleFormat = yuvFormat('420', 8);

/**
 * What pictures of all these kinds can be put together in without losing depth or chroma, as far as overlay can: up to
 * 4:4:4 with 8 bits, 4:2:2 with 10.
 */
export function finestOf(formats: readonly SampleFormat[]): SampleFormat {
  const deep = formats.some((format) => format.bitDepth > 8);
  const shift = {
    x: Math.min(1, ...formats.map((each) => each.chromaShift.x)),
    y: Math.min(1, ...formats.map((each) => each.chromaShift.y)),
  };
  const chroma = shift.y === 1 ? '420' : shift.x === 1 || deep ? '422' : '444';
  return yuvFormat(chroma, deep ? 10 : 8);
}

/** Sizes of the planes in a raw frame, in their order; alpha left out. px */
export function planeSizes(format: SampleFormat, { width, height }: Size): Size[] {
  const whole = { width, height };
  if (format.model === 'gray') return [whole];
  const { x, y } = format.chromaShift;
  const chroma = { width: Math.ceil(width / 2 ** x), height: Math.ceil(height / 2 ** y) };
  return [whole, chroma, chroma];
}

/**
 * The `overlay` filter's name for a format that it composes without conversion (ffmpeg 5 and later). null for all
 * others, which are merged over the whole picture.
 */
export function overlayFormat(format: SampleFormat): string | null {
  return format.hasAlpha ? null : (overlays[format.name] ?? null);
}

const overlays: Readonly<Record<string, string>> = {
  yuv420p: 'yuv420',
  yuv422p: 'yuv422',
  yuv444p: 'yuv444',
  yuv420p10le: 'yuv420p10',
  yuv422p10le: 'yuv422p10',
  gbrp: 'gbrp',
};
