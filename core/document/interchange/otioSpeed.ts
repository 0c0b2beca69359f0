/** Speeds: OpenTimelineIO keeps them as doubles, the document as fractions. */
import { ticksPerSecond, type Rate, type TickRange, type Ticks } from '../../time/ticks.ts';
import { isJson, schemaOf, textOf, type Json } from './otioTime.ts';
import { rateSchema } from '../refs.ts';

/** How fast and which way a clip plays. */
export interface ClipSpeed {
  readonly speed: Rate;
  readonly reversed: boolean;
}

const slowest = 0.01;
const fastest = 100;
const largestDenominator = 1_000_000;
/** What doubles of other programs may be off. */
const roundingTicks = ticksPerSecond / 1000;

/**
 * The simplest fraction that is the double, to its last bits: 0.959040959040959 is 960/1001. By continued fractions;
 * where none with a denominator up to a million is exact, the nearest of them.
 */
export function exactFraction(value: number): Rate {
  let [num, den, numBefore, denBefore] = [Math.floor(value), 1, 1, 0];
  for (let rest = value - num; Math.abs(num / den - value) > value * 1e-15 && rest > 1e-12;) {
    const next = 1 / rest;
    const whole = Math.floor(next);
    rest = next - whole;
    if (whole * den + denBefore > largestDenominator) break;
    [num, numBefore] = [whole * num + numBefore, num];
    [den, denBefore] = [whole * den + denBefore, den];
  }
  return { num, den };
}

/** The speed of all of a clip's linear time warps together; other effects are named in `notices`. */
export function speedOf(effects: readonly Json[], clipName: string, own: unknown, notices: Set<string>): ClipSpeed {
  let scalar = 1;
  for (const effect of effects) {
    const factor = effect['time_scalar'];
    const product = schemaOf(effect) === 'LinearTimeWarp' && typeof factor === 'number' ? scalar * factor : 0;
    if (Math.abs(product) >= slowest && Math.abs(product) <= fastest) scalar = product;
    else
      notices.add(`The effect '${textOf(effect['effect_name']) || schemaOf(effect)}' on '${clipName}' was left out.`);
  }
  const stated = rateSchema.safeParse(isJson(own) ? own['speed'] : null);
  const isStated = stated.success && Math.abs(stated.data.num / stated.data.den - Math.abs(scalar)) < 1e-9;
  return { speed: isStated ? stated.data : exactFraction(Math.abs(scalar)), reversed: scalar < 0 };
}

/** How much of a source a clip of some length plays. */
export function sourceTicksOf(durationTicks: Ticks, { num, den }: Rate): Ticks {
  return Math.round((durationTicks * num) / den);
}

/**
 * The part of a clip from its media's first frame on: what lies before it stays empty, and all else where it was.
 * Played backwards the end is empty. null where nothing is left.
 */
export function partInMedia(
  inTicks: Ticks,
  place: TickRange,
  { speed, reversed }: ClipSpeed,
): (TickRange & { sourceInTicks: Ticks }) | null {
  if (inTicks > -roundingTicks) return { ...place, sourceInTicks: Math.max(0, inTicks) };
  const emptyTicks = Math.round((-inTicks * speed.den) / speed.num);
  const durationTicks = place.durationTicks - emptyTicks;
  if (durationTicks <= 0) return null;
  return { startTicks: place.startTicks + (reversed ? 0 : emptyTicks), durationTicks, sourceInTicks: 0 };
}
