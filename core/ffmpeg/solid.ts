/** Colours of solids: CSS hex as bt709 limited-range YUV. */
import type { Size } from '../render/place.ts';
import { format } from './colour.ts';
import { filter, type Filter } from './filterGraph.ts';
import { withAlpha, type SampleFormat } from './sampleFormat.ts';

/** A colour as an encoder takes it: 8 bit, limited range. */
export interface Yuv {
  readonly y: number;
  readonly u: number;
  readonly v: number;
  /** 0..1 */
  readonly alpha: number;
}

/** '#rgb', '#rrggbb', '#rrggbbaa'; anything else is black, as a canvas keeps its black. ITU-R BT.709-6, 8 bit. */
export function solidYuv(color: string): Yuv {
  const digits = /^#([0-9a-f]{3,8})$/i.exec(color.trim())?.[1] ?? '000';
  const wide = digits.length <= 4 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [r = 0, g = 0, b = 0, a = 255] = [0, 2, 4, 6].map((at) =>
    wide.length >= at + 2 ? Number.parseInt(wide.slice(at, at + 2), 16) : undefined,
  );
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return {
    y: Math.round(16 + (219 * luma) / 255),
    u: Math.round(128 + (224 * (b - luma)) / 1.8556 / 255),
    v: Math.round(128 + (224 * (r - luma)) / 1.5748 / 255),
    alpha: a / 255,
  };
}

/** One frame of the colour: the source's own colours would be converted by bt601. */
export function solidFilters(color: string, size: Size, samples: SampleFormat): Filter[] {
  const { y, u, v, alpha } = solidYuv(color);
  const unit = 2 ** (samples.bitDepth - 8);
  return [
    filter('color', { color: 'black', size, rate: 1, duration: 1 }),
    format(alpha === 1 ? samples.name : withAlpha(samples).name),
    filter('trim', { end_frame: 1 }),
    filter('lutyuv', {
      y: y * unit,
      u: u * unit,
      v: v * unit,
      a: alpha === 1 ? undefined : Math.round(alpha * (2 ** samples.bitDepth - 1)),
    }),
  ];
}
