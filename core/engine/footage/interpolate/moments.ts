/**
 * Which picture is due at which moment of a film that is shown with more frames: one of its own, or one between two of
 * its own. Pure; slots are the source's frame grid.
 */

/** A picture of the result. */
export interface Moment {
  /** Slot of the own frame that is shown, or of the earlier of the two it lies between. */
  readonly from: number;
  /** The later one; the same as `from` for an own frame. */
  readonly to: number;
  /** How far between them, 0..1; 0 for an own frame. */
  readonly at: number;
}

/** The own frames of a stretch. */
export interface OwnFrames {
  /** Slots of frames that differ from the one before, ascending; the first is 0. */
  readonly slots: readonly number[];
  /** When each is due, in slots: its own slot, or where it stood before the rate was converted. */
  readonly times: readonly number[];
  /** Whether something else begins behind each: a cut, or a picture that stood still. It is then held. */
  readonly holds: readonly boolean[];
}

/** Nearer than this to an own frame, that frame itself is shown: nobody sees 2 % of a step, everybody sees softness. */
const sameMoment = 0.02;

/** What is shown `position` slots after the first frame. */
export function momentAt(position: number, { slots, times, holds }: OwnFrames): Moment {
  let low = 0;
  let high = slots.length - 1;
  // the last own frame that is due by then
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= position + 1e-9) low = middle;
    else high = middle - 1;
  }
  const from = slots[low]!;
  const own = { from, to: from, at: 0 };
  if (low === slots.length - 1 || holds[low]) return own;
  const at = (position - times[low]!) / (times[low + 1]! - times[low]!);
  if (at <= sameMoment) return own;
  const to = slots[low + 1]!;
  return at >= 1 - sameMoment ? { from: to, to, at: 0 } : { from, to, at };
}
