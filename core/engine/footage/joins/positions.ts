/**
 * Which moment of a shot is shown how long after its lead began. Frames count from the seam: 0 is the shot's last
 * frame, -1 the one before. Each way starts with the shot's own speed. Pure.
 */

/** Slower and slower: `count` frames show the last `lead` ones. `step`: 1..count. */
export function slowedPosition(step: number, lead: number, count: number): number {
  if (lead <= 0) return 0;
  if (2 * lead >= count) {
    // speed falls evenly to what it takes to be at the end with the last frame
    const last = (2 * lead) / count - 1;
    return -lead + step - ((1 - last) * step * step) / (2 * count);
  }
  return -lead * (1 - step / count) ** (count / lead);
}

/** Back and forth over `range` frames, turning softly within `turn` frames of each end. `step`: 1 and more. */
export function pingPongPosition(step: number, turn: number, range: number): number {
  const straight = Math.max(0, range - 2 * turn);
  const half = 4 * turn + straight;
  if (half <= 0) return 0;
  const phase = step % (2 * half);
  const forward = phase < half;
  const t = forward ? phase : phase - half;
  // from `turn` before one end, around it, and on to `turn` before the other
  const along = t < 4 * turn ? -turn + t - (t * t) / (4 * turn) : -turn - (t - 4 * turn);
  return forward ? along : -range - along;
}

/** How far something gets that slows down evenly from 1 a frame to rest over `rest` frames. */
export function restingDistance(step: number, rest: number): number {
  const t = Math.min(step, rest);
  return rest <= 0 ? 0 : t - (t * t) / (2 * rest);
}

/** From 0 to 1, with no jump in speed at either end. */
export function eased(share: number): number {
  const t = Math.max(0, Math.min(1, share));
  return t * t * (3 - 2 * t);
}

/** The same, with no jump in acceleration either. */
export function easedMore(share: number): number {
  const t = Math.max(0, Math.min(1, share));
  return t * t * t * (t * (6 * t - 15) + 10);
}
