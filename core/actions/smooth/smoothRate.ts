/** Which rate a clip needs so that each frame of its sequence shows another moment of it. */
import type { Rate } from '../../time/ticks.ts';

/** More than this times the source's own frames would be invention. */
export const mostTimes = 16;
/** Rates this near to a multiple of the source's become that multiple: all its own frames are then shown. */
const nearMultiple = 0.005;

/**
 * Frames a second of source time, in the source's own time: null where the source has enough. `speed`: of the clip.
 */
export function smoothRate(source: Rate, sequence: Rate, speed: Rate): Rate | null {
  const times = (sequence.num * source.den * speed.den) / (sequence.den * source.num * speed.num);
  if (times <= 1 + nearMultiple) return null;
  const whole = Math.round(times);
  if (times > mostTimes) return multiplied(source, mostTimes);
  if (Math.abs(times - whole) <= nearMultiple * times) return multiplied(source, whole);
  return fraction(sequence.num * speed.den, sequence.den * speed.num);
}

function multiplied({ num, den }: Rate, times: number): Rate {
  return fraction(num * times, den);
}

/** In lowest terms; what is still too large for 32 bits is rounded to a thousandth of a frame. */
function fraction(num: number, den: number): Rate {
  const divisor = commonDivisor(num, den);
  const [over, under] = [num / divisor, den / divisor];
  if (over <= 0x7fffffff && under <= 0x7fffffff) return { num: over, den: under };
  return { num: Math.round((1000 * num) / den), den: 1000 };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
