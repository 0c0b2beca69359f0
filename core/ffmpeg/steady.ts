/**
 * Frames of a stream whose size, shape, pixel format or colours change on the way, brought to those it begins with.
 * ffmpeg would rebuild the whole graph at each change, and every filter that counts would count from 0 again: the
 * input keeps its graph (`reinit_filter`), and `scale` and `pad`, which follow such changes, come before all others.
 */
import type { Rate } from '../time/ticks.ts';
import { format } from './colour.ts';
import { call, divide, multiply, subtract, variable, type Expression, type Operand } from './expression.ts';
import { filter, type Filter } from './filterGraph.ts';
import type { FfmpegInput } from './input.ts';

/** What a stream begins with. */
export interface SteadyPicture {
  /** Size as coded, px. */
  readonly width: number;
  readonly height: number;
  readonly sampleAspect: Rate;
  readonly pixelFormat: string;
  /** ffmpeg's name; '' where the file does not say. */
  readonly matrix: string;
  readonly range: string;
}

/** Comes before `-i` where `steadyFilters` follow. */
export const keepGraph: NonNullable<FfmpegInput['options']> = [['reinit_filter', 0]];

const min = (a: Operand, b: Operand) => call('min', a, b);

/** A part of another shape is shown whole, in the middle, with black around it, as a player shows it. */
export function steadyFilters(picture: SteadyPicture): Filter[] {
  const { width, height, sampleAspect, pixelFormat, matrix, range } = picture;
  const shape = (width * sampleAspect.num) / (height * sampleAspect.den);
  const even = (length: Expression, most: number) => min(most, multiply(2, call('round', divide(length, 2))));
  const wider = divide(variable('dar'), shape);
  const colours = matrix === '' ? {} : { in_color_matrix: 'auto', out_color_matrix: matrix };
  const middle = (outer: 'ow' | 'oh', inner: 'iw' | 'ih') => divide(subtract(variable(outer), variable(inner)), 2);
  return [
    filter('scale', {
      w: even(min(width, multiply(width, wider)), width),
      h: even(min(height, divide(height, wider)), height),
      eval: 'frame',
      flags: 'bicubic',
      out_range: range === 'pc' ? 'pc' : 'tv',
      ...colours,
    }),
    format(pixelFormat),
    filter('pad', { w: width, h: height, x: middle('ow', 'iw'), y: middle('oh', 'ih'), eval: 'frame' }),
    format(pixelFormat),
    filter('setsar', { sar: sampleAspect }),
  ];
}
