/**
 * Where a clip's picture is as its position keys say: a smooth way through them that never goes beyond two neighbours
 * (Fritsch and Carlson 1980, 'Monotone piecewise cubic interpolation'), and stands before the first and after the last.
 * Both backends read the same cubics.
 */
import type { PositionKey } from '../document/schema.ts';
import type { Ticks } from '../time/ticks.ts';
import { sampleToleranceTicks } from './sourceTime.ts';

/** A point in px of the sequence, from its centre. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** a + b u + c u² + d u³ for u from 0 to 1. */
export type Cubic = readonly [number, number, number, number];

/** The way from one key to the next. */
export interface PathPart {
  readonly fromTicks: Ticks;
  readonly toTicks: Ticks;
  readonly x: Cubic;
  readonly y: Cubic;
}

const known = new WeakMap<readonly PositionKey[], readonly PathPart[]>();

/** The ways between keys, which are ordered by time; none for a single key. */
export function pathParts(keys: readonly PositionKey[]): readonly PathPart[] {
  const before = known.get(keys);
  if (before) return before;
  const xs = cubics(keys, (key) => key.x);
  const ys = cubics(keys, (key) => key.y);
  const parts = keys.slice(1).map((key, i) => ({
    fromTicks: keys[i]!.sourceTicks,
    toTicks: key.sourceTicks,
    x: xs[i]!,
    y: ys[i]!,
  }));
  if (Object.isFrozen(keys)) known.set(keys, parts);
  return parts;
}

/** Where the picture is at a tick of the source. `keys`: at least one. */
export function positionAt(keys: readonly PositionKey[], sourceTicks: Ticks): Position {
  // a frame that begins with a key has it
  const at = sourceTicks + sampleToleranceTicks;
  const [first, last] = [keys[0]!, keys.at(-1)!];
  if (at < first.sourceTicks) return { x: first.x, y: first.y };
  if (at >= last.sourceTicks) return { x: last.x, y: last.y };
  const part = pathParts(keys).find(({ toTicks }) => at < toTicks)!;
  const u = Math.max(0, (sourceTicks - part.fromTicks) / (part.toTicks - part.fromTicks));
  return { x: cubicAt(part.x, u), y: cubicAt(part.y, u) };
}

/** A cubic's value. */
export function cubicAt([a, b, c, d]: Cubic, u: number): number {
  return a + u * (b + u * (c + u * d));
}

function cubics(keys: readonly PositionKey[], valueOf: (key: PositionKey) => number): Cubic[] {
  const lengths = keys.slice(1).map((key, i) => key.sourceTicks - keys[i]!.sourceTicks);
  const rises = keys.slice(1).map((key, i) => (valueOf(key) - valueOf(keys[i]!)) / lengths[i]!);
  /** Whether the way that begins at a key leads anywhere. */
  const leads = (i: number) => i >= 0 && i < rises.length && keys[i]!.ease === 'smooth';
  const slopes = keys.map((_, i) => {
    const [before, after] = [leads(i - 1), leads(i)];
    if (!before || !after) return before ? rises[i - 1]! : after ? rises[i]! : 0;
    const [into, out] = [rises[i - 1]!, rises[i]!];
    if (into * out <= 0) return 0;
    const [w1, w2] = [2 * lengths[i]! + lengths[i - 1]!, lengths[i]! + 2 * lengths[i - 1]!];
    return (w1 + w2) / (w1 / into + w2 / out);
  });
  return lengths.map((length, i) => {
    const from = valueOf(keys[i]!);
    if (!leads(i)) return [from, 0, 0, 0];
    const rise = valueOf(keys[i + 1]!) - from;
    const [s, e] = [slopes[i]! * length, slopes[i + 1]! * length];
    return [from, s, 3 * rise - 2 * s - e, s + e - 2 * rise];
  });
}
