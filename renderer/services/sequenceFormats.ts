/** Sizes and rates that a cut is offered in; one that came with a file is offered beside them. */
import type { Sequence } from '../../core/document/schema.ts';
import { commonRates, formatRate, type Rate } from '../../core/time/ticks.ts';

const pictureSizes = ['1920x1080', '1280x720', '3840x2160', '1080x1920', '1080x1080', '1440x1080'];

export interface FormatChoice {
  readonly value: string;
  readonly label: string;
}

/** Picture sizes to choose from; `own` comes first. */
export function sizeChoices(own?: Pick<Sequence, 'width' | 'height'>): readonly FormatChoice[] {
  const sizes = own ? [...new Set([sizeValue(own), ...pictureSizes])] : pictureSizes;
  return sizes.map((value) => ({ value, label: value.replace('x', ' × ') }));
}

/** Frame rates to choose from; `own` comes first. */
export function rateChoices(own?: Rate): readonly FormatChoice[] {
  const values = new Map([...(own ? [own] : []), ...commonRates].map((rate) => [rateValue(rate), rate]));
  return [...values].map(([value, rate]) => ({ value, label: `${formatRate(rate)} fps` }));
}

/** A picture size as an option value, such as '1920x1080'. */
export const sizeValue = ({ width, height }: Pick<Sequence, 'width' | 'height'>) => `${width}x${height}`;
/** A frame rate as an option value, such as '30000/1001'. */
export const rateValue = ({ num, den }: Rate) => `${num}/${den}`;

/** Of a value that `sizeChoices` offered. */
export function sizeOf(value: string): { width: number; height: number } {
  const [width, height] = value.split('x').map(Number) as [number, number];
  return { width, height };
}

/** Of a value that `rateChoices` offered. */
export function rateOf(value: string): Rate {
  const [num, den] = value.split('/').map(Number) as [number, number];
  return { num, den };
}
