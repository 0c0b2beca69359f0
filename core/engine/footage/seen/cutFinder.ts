/**
 * Changes of shot inside a film, from small frames in order. A hard cut is a frame that moved parts of the one before
 * do not explain and whose colours differ, more than its neighbours do; a flash is none, since the shot before goes on
 * behind it. A dissolve is a stretch whose frames lie on the straight line between its ends: motion does not do that.
 */
import { colourChange, unexplained, type SmallFrame } from './smallFrame.ts';

/** A change of shot: the first frame of the new one, or the middle of a dissolve. */
export interface FoundCut {
  readonly frame: number;
  readonly kind: 'cut' | 'dissolve';
}

/** Set on reels of five clips: README.md has which, and what others gave. */
const thresholds = {
  /** Least unexplained share of a cut, with the least change of colours. */
  unexplained: 0.4,
  colours: 0.12,
  /** How far it must stand out from the frames around it. */
  standsOut: 1.9,
  /** Most of that change between the frames before and after a flash. */
  flash: 0.4,
};
/** Frames on each side of a candidate. */
const around = 5;

interface Step {
  readonly frame: number;
  readonly unexplained: number;
  readonly colours: number;
}

/** Takes frames in order. */
export class CutFinder {
  private readonly held: SmallFrame[] = [];
  private readonly steps: Step[] = [];
  private readonly found: FoundCut[] = [];
  private readonly dissolves: DissolveFinder;
  private count = 0;

  constructor(framesPerSecond: number) {
    this.dissolves = new DissolveFinder(framesPerSecond);
  }

  /** The next frame. It is kept for a while. */
  take(frame: SmallFrame): void {
    const before = this.held.at(-1);
    if (before)
      this.steps.push({
        frame: this.count,
        unexplained: unexplained(before, frame),
        colours: colourChange(before, frame),
      });
    this.held.push(frame);
    this.count++;
    this.dissolves.take(frame);
    if (this.held.length > 2 * around + 2) this.held.shift();
    if (this.steps.length > around) this.judge(this.steps.length - 1 - around);
    if (this.steps.length > 2 * around + 1) this.steps.shift();
  }

  /** All changes of shot, in order. */
  finish(): readonly FoundCut[] {
    const pending = this.steps.slice(-around);
    for (const step of pending) this.judge(this.steps.indexOf(step));
    const near = Math.round(this.dissolves.longest / 2);
    const gradual = this.dissolves
      .finish(this.found.map(({ frame }) => frame))
      .filter(({ frame }) => this.found.every((cut) => Math.abs(cut.frame - frame) > near));
    return [...this.found, ...gradual].toSorted((a, b) => a.frame - b.frame);
  }

  private judge(index: number): void {
    const step = this.steps[index];
    if (!step || step.frame === this.found.at(-1)?.frame) return;
    if (step.unexplained < thresholds.unexplained || step.colours < thresholds.colours) return;
    const others = this.steps
      .slice(Math.max(0, index - around), index + around + 1)
      .filter((other) => other !== step)
      .map((other) => other.unexplained)
      .toSorted((a, b) => a - b);
    // the second largest: another cut may be near
    const usual = others.at(-2) ?? others.at(-1) ?? 0;
    if (step.unexplained < thresholds.standsOut * usual) return;
    if (this.isFlash(step)) return;
    this.found.push({ frame: step.frame, kind: 'cut' });
  }

  /** Whether the shot before goes on behind a frame or three. */
  private isFlash({ frame, unexplained: change }: Step): boolean {
    const first = this.count - this.held.length;
    const goesOn = (from: number, to: number): boolean => {
      const [before, after] = [this.held[from - first], this.held[to - first]];
      return before !== undefined && after !== undefined && unexplained(before, after) < thresholds.flash * change;
    };
    // it begins, or it ends
    return [1, 2, 3].some((away) => goesOn(frame - 1, frame + away) || goesOn(frame - 1 - away, frame));
  }
}

/** Set on reels of five clips: README.md has which, and what others gave. */
const dissolve = {
  /** Least unexplained share between its ends, and least change of colours. */
  unexplained: 0.45,
  colours: 0.2,
  /** Most that mixed frames lie off the line in the mean, as a share of the ends' distance. */
  offLine: 0.34,
  /** Least deviation of brightness at both ends: a fade from or to black leads to no other shot. */
  contrast: 14,
  /** Lengths that are tried, s. */
  seconds: [0.4, 0.7, 1, 1.5],
};

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly middle: number;
  readonly offLine: number;
}

/** Finds stretches that lie on the line between their ends. */
class DissolveFinder {
  readonly longest: number;
  private readonly lengths: readonly number[];
  private readonly held: SmallFrame[] = [];
  private readonly candidates: Candidate[] = [];
  private count = 0;

  constructor(framesPerSecond: number) {
    this.lengths = [...new Set(dissolve.seconds.map((s) => Math.max(6, 2 * Math.round((s * framesPerSecond) / 2))))];
    this.longest = Math.max(...this.lengths);
  }

  take(frame: SmallFrame): void {
    this.held.push(frame);
    if (this.held.length > this.longest + 1) this.held.shift();
    this.count++;
    // every other frame: a dissolve is longer
    if (this.count % 2 === 1) return;
    for (const length of this.lengths) if (this.held.length > length) this.test(length);
  }

  private test(length: number): void {
    const at = this.held.length - 1;
    const [from, to] = [this.held[at - length]!, this.held[at]!];
    if (Math.min(contrastOf(from), contrastOf(to)) < dissolve.contrast) return;
    const between = Array.from({ length: length - 1 }, (_, i) => this.held[at - length + 1 + i]!);
    const found = mixture(from, between, to);
    if (!found) return;
    const { offLine } = found;
    if (offLine > dissolve.offLine) return;
    if (colourChange(from, to) < dissolve.colours || unexplained(from, to) < dissolve.unexplained) return;
    const first = this.count - 1 - length;
    const middle = first + 1 + found.middle;
    this.candidates.push({ start: first, end: first + length, middle, offLine });
  }

  /** The best of each group that overlaps; none that holds a hard cut. */
  finish(cuts: readonly number[]): readonly FoundCut[] {
    const kept: Candidate[] = [];
    const whole = this.candidates.filter(({ start, end }) => !cuts.some((cut) => cut > start && cut <= end));
    for (const candidate of whole.toSorted((a, b) => a.offLine - b.offLine))
      if (kept.every(({ start, end }) => candidate.start >= end || candidate.end <= start)) kept.push(candidate);
    return kept.map(({ middle }) => ({ frame: middle, kind: 'dissolve' as const }));
  }
}

function contrastOf({ grey }: SmallFrame): number {
  let [sum, squares] = [0, 0];
  for (const value of grey) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / grey.length;
  return Math.sqrt(Math.max(0, squares / grey.length - mean * mean));
}

/** Shares of the second shot between which a frame counts as mixed. */
const mixed = { least: 0.12, most: 0.88, frames: 4 };
/** How far a share may fall behind the one before. */
const backwards = 0.06;

/**
 * Frames as mixtures of two others: how far the mixed ones lie off the straight line between these, as a share of their
 * distance, and the first frame that is more of the second. null where the shares do not rise, or too few are mixed.
 */
function mixture(
  from: SmallFrame,
  between: readonly SmallFrame[],
  to: SmallFrame,
): { readonly offLine: number; readonly middle: number } | null {
  const length = from.grey.length;
  const way = to.grey.map((value, i) => value - from.grey[i]!);
  const apart = way.reduce((sum, value) => sum + Math.abs(value), 0);
  const squares = way.reduce((sum, value) => sum + value * value, 0);
  if (apart / length < 10) return null;
  let [last, middle, off, count] = [0, -1, 0, 0];
  for (const [index, frame] of between.entries()) {
    let along = 0;
    for (let i = 0; i < length; i++) along += (frame.grey[i]! - from.grey[i]!) * way[i]!;
    const share = along / squares;
    if (share < last - backwards) return null;
    if (middle < 0 && share >= 0.5) middle = index;
    last = Math.max(last, share);
    if (share < mixed.least || share > mixed.most) continue;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Math.abs(frame.grey[i]! - from.grey[i]! - share * way[i]!);
    off += sum / apart;
    count++;
  }
  return count < mixed.frames || middle < 0 ? null : { offLine: off / count, middle };
}
