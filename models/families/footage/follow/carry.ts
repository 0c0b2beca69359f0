/**
 * Carries a mask from a key frame through the frames before or after it. The thing's points say how the whole moves,
 * single points what its parts do besides; as long as the thing keeps its shape, its mask is taken from the key frame
 * itself, so that nothing adds up. What covers the thing is taken out of the mask, and where too little of it is seen,
 * the carrying ends: nothing is guessed.
 */
import {
  areaOf,
  boundsOf,
  grown,
  planeOf,
  withinPicture,
  type Picture,
  type Plane,
  type Rect,
} from '../select/raster.ts';
import { binAt, matchColours, OutlineFit, paletteOf, type ColourMatch, type Outline } from './alignByColour.ts';
import { boxMean } from '../select/guidedFilter.ts';
import { greyOf, halved, pyramidOf } from './grey.ts';
import { applied, chained, fitMotion, inverseOf, still, type Affine, type Match } from './motion.ts';
import { withoutNewHoles } from './newHoles.ts';
import { refineEdge } from './refineEdge.ts';
import { cornersIn, trackPoints, type Point } from './trackPoints.ts';
import { bendOf, warpPicture, warpPlane } from './warp.ts';

/** Why a mask was carried no further. */
export type LossReason = 'hidden' | 'left' | 'cut';

/** One step of the carrying: the mask of a frame, or why there is none. */
export type Step = { readonly mask: Plane } | { readonly lost: LossReason };

const levels = 4;
const mostCorners = 120;
/** Share of the thing's points that must be found again. */
const leastFound = 0.2;
/** Share of the expected mask that must be seen. */
const leastSeen = 0.3;
/** A thing with fewer points than this that stands out by its colours is followed by them. */
const fewMatches = 40;
/** So many of its points inside are enough to go by, however its colours lie. */
const fewInside = 6;
const insidePx = 6;
/** Share of its likeness to itself that the thing must keep from frame to frame. */
const leastLikeness = 0.35;
/** Share of the key's points, of those found again on the thing, that fit one motion while it keeps its shape. */
const rigidShare = 0.8;
/** Points that fit one motion, at least, for it to be trusted straight from the key. */
const leastAnchors = 6;

/** How well its outline must part the colours of the thing from those around for that, and how much of it must stay. */
const leastParting = 0.8;
const leastKept = 0.6;
/** Where more of the ground than this has its colour, colours cannot tell where it ends. */
const mostAlike = 0.12;

/** How the thing moved, and its points that say so: none where its colours do. */
interface Moved {
  readonly pace: Affine;
  readonly matches: readonly Match[];
}

interface Frame {
  readonly picture: Picture;
  readonly pyramid: readonly Plane[];
}

/** Carries one mask, frame by frame in either direction of time. */
export class MaskCarrier {
  readonly #key: Frame;
  readonly #keyMask: Plane;
  readonly #keyArea: number;
  readonly #keyOutline: Outline;
  readonly #palette: Float32Array;
  readonly #outline: OutlineFit;
  #last: Frame;
  #mask: Plane;
  /** From the key to the last frame. */
  #whole: Affine = still;
  /** From the frame before the last to the last. */
  #pace: Affine = still;

  constructor(picture: Picture, mask: Plane) {
    this.#key = frameOf(picture);
    this.#keyMask = mask;
    this.#keyArea = sumOf(mask);
    const around = withinPicture(grown(boundsOf(mask) ?? wholeOf(mask), 1.6), mask);
    this.#keyOutline = { mask, around };
    this.#palette = paletteOf(picture, this.#keyOutline);
    this.#outline = new OutlineFit(picture, this.#keyOutline);
    this.#last = this.#key;
    this.#mask = mask;
  }

  /** The next frame. After a loss no further frame may be given. */
  next(picture: Picture): Step {
    const frame = frameOf(picture);
    if (isCut(this.#last.pyramid, frame.pyramid)) return { lost: 'cut' };
    const bounds = boundsOf(this.#mask);
    if (!bounds || sumOf(this.#mask) < 12) return { lost: 'left' };
    const isLeaving = this.#isLeaving(bounds);
    const around = withinPicture(grown(bounds, 1.6), picture);
    const thing = { mask: this.#mask, around };
    const colours = matchColours(this.#last.picture, thing, picture);
    const moved = this.#agreeOn(this.#moveOn(frame, bounds), colours, isLeaving);
    if (!moved || colours.agreement(moved.pace) < leastLikeness * colours.own)
      return { lost: isLeaving ? 'left' : 'hidden' };
    const { pace } = moved;
    const behind = this.#moveBehind(frame, bounds);
    const isOwn = ownMatches(behind, pace);
    const matches = moved.matches.filter(isOwn);
    const isByColour = moved.matches.length === 0;
    const roughly = isByColour
      ? matchColours(this.#last.picture, thing, picture, this.#keyOutline).align(chained(this.#whole, pace)).motion
      : chained(this.#whole, pace);
    const within = partAround(bounds, pace, picture);
    const anchored = isByColour
      ? null
      : this.#anchor(frame, roughly, within, behind && chained(inverseOf(pace), behind));
    const fitted = isByColour ? this.#fit(picture, roughly, within) : null;
    this.#whole = anchored?.motion ?? fitted ?? roughly;
    // without points of its own nothing is known of its parts
    const isRigid = anchored ? anchored.share >= rigidShare : isByColour;
    const bend = isRigid ? null : bendOf(matches, pace, within);
    const carried = isRigid
      ? warpPlane(this.#keyMask, this.#whole, within)
      : sharpened(warpPlane(this.#mask, pace, within, bend));
    const expected = sumOf(carried);
    if (expected < Math.max(12, 0.02 * this.#keyArea)) return { lost: 'left' };
    const shown = isRigid
      ? warpPicture(this.#key.picture, this.#whole, within)
      : warpPicture(this.#last.picture, pace, within, bend);
    const uncovered = withoutCovered(carried, shown, picture, within, this.#palette);
    const before = isRigid ? warpPlane(this.#mask, pace, within) : carried;
    const seen = withoutNewHoles(uncovered, carried, before, within);
    // little by little the mask may have become what is not covered: the key's shape says how much there should be
    const whole = isRigid ? expected : Math.max(expected, sumOf(warpPlane(this.#keyMask, this.#whole, within)));
    if (sumOf(seen) < leastSeen * whole) return { lost: isLeaving ? 'left' : 'hidden' };
    const mask = refineEdge(picture, seen, within, isRigid ? 2 : 4);
    this.#last = frame;
    this.#mask = mask;
    this.#pace = pace;
    return { mask };
  }

  /** Lays the key's outline where its colours end; null where they do not part the thing from what is around it. */
  #fit(picture: Picture, guess: Affine, within: Rect): Affine | null {
    if (this.#outline.own < leastParting) return null;
    const placed = warpPlane(this.#keyMask, guess, within);
    if (this.#outline.alikeAround(picture, placed, within) > mostAlike) return null;
    const { motion, score } = this.#outline.near(picture, guess, placed, within);
    return score >= leastKept * this.#outline.own ? motion : null;
  }

  /** How the thing moves to the next frame; null where too few of its points are found again. */
  #moveOn(frame: Frame, bounds: Rect): Moved | null {
    const spacing = Math.max(3, Math.min(9, Math.sqrt(areaOf(bounds)) / 11));
    const { pyramid } = this.#last;
    // what goes out of the picture now cannot be found again
    const points = cornersIn(pyramid[0]!, this.#mask, bounds, mostCorners, spacing).filter((point) =>
      isInside(applied(this.#pace, point), this.#mask),
    );
    if (points.length < 8) return null;
    const masks = masksOf(this.#mask, bounds, pyramid.length);
    let best: (Moved & { count: number }) | null = null;
    for (const guess of [this.#pace, still]) {
      const there = trackPoints(pyramid, frame.pyramid, points, (point) => applied(guess, point), masks);
      const matches = matchesOf(points, there);
      const fitted = fitMotion(matches);
      if (fitted && fitted.inliers.length > (best?.count ?? 0))
        best = { pace: fitted.motion, matches, count: fitted.inliers.length };
      // the second guess is for a thing that changed its pace at once
      if (best && best.count >= 0.5 * points.length) break;
    }
    return best && best.count >= Math.max(3, leastFound * points.length) ? best : null;
  }

  /** Whether the thing is on its way out of the picture. */
  #isLeaving(bounds: Rect): boolean {
    const { width, height } = this.#mask;
    const { c, f } = shiftOf(this.#pace, bounds);
    return (
      (bounds.left <= 2 && c < 0) ||
      (bounds.top <= 2 && f < 0) ||
      (bounds.right >= width - 2 && c > 0) ||
      (bounds.bottom >= height - 2 && f > 0)
    );
  }

  /** How what surrounds the thing moves; null where that is not one motion. */
  #moveBehind(frame: Frame, bounds: Rect): Affine | null {
    const { pyramid } = this.#last;
    const around = withinPicture(grown(bounds, 1.8), this.#mask);
    const wide = offMask(this.#mask, around, 4);
    const spacing = Math.max(8, Math.sqrt(areaOf(around)) / 9);
    const points = cornersIn(pyramid[0]!, wide, around, 40, spacing);
    const masks = masksOf(wide, around, pyramid.length);
    const fitted = fitMotion(
      matchesOf(
        points,
        trackPoints(pyramid, frame.pyramid, points, (p) => p, masks),
      ),
    );
    return fitted && fitted.inliers.length >= Math.max(6, 0.3 * points.length) ? fitted.motion : null;
  }

  /**
   * Points may stick to what lies behind a thing that has hardly any of its own: where the thing's colours are clearly
   * elsewhere, they decide. null where neither says where it is.
   */
  #agreeOn(moved: Moved | null, colours: ColourMatch, isLeaving: boolean): Moved | null {
    const byPoints = moved ? colours.agreement(moved.pace) : -1;
    // what moves inside the thing tells more than colours that the ground may come to share
    const isPlain =
      colours.own >= 0.8 && (moved?.matches.length ?? 0) < fewMatches && this.#tracksInside(moved) < fewInside;
    if (moved && !isPlain && byPoints >= 0.8 * colours.own) return moved;
    const aligned = colours.align(moved?.pace ?? this.#pace);
    const fromPace = colours.align(this.#pace);
    const best = fromPace.score > aligned.score ? fromPace : aligned;
    const byColour = best.score > byPoints + 0.1 && best.score >= 0.6 * colours.own && colours.own >= 0.3;
    if (isPlain && best.score > byPoints + 0.01) return { pace: best.motion, matches: [] };
    if (byColour) return { pace: best.motion, matches: [] };
    // what is on its way out has ever fewer points: it goes on as it went, as long as it looks like itself
    return moved ?? (isLeaving ? { pace: this.#pace, matches: [] } : null);
  }

  /** How many of the matches that fit the motion lie well inside the thing, not at its outline. */
  #tracksInside(moved: Moved | null): number {
    if (!moved) return 0;
    const { data, width, height } = this.#mask;
    const isIn = (x: number, y: number): boolean =>
      x >= 0 && y >= 0 && x < width && y < height && data[Math.round(y) * width + Math.round(x)]! >= 0.5;
    return moved.matches.filter(({ from, to }) => {
      const there = applied(moved.pace, from);
      const { x, y } = from;
      return (
        Math.hypot(to.x - there.x, to.y - there.y) < 1.5 &&
        isIn(x - insidePx, y) &&
        isIn(x + insidePx, y) &&
        isIn(x, y - insidePx) &&
        isIn(x, y + insidePx)
      );
    }).length;
  }

  /** The motion from the key straight to this frame, as its points there show it; null where they do not. */
  #anchor(
    frame: Frame,
    roughly: Affine,
    within: Rect,
    behind: Affine | null,
  ): { motion: Affine; share: number } | null {
    const grey = warpPlane(this.#key.pyramid[0]!, roughly, within);
    const mask = warpPlane(this.#keyMask, roughly, within);
    const spacing = Math.max(3, Math.min(10, Math.sqrt(areaOf(within)) / 12));
    const points = cornersIn(grey, mask, within, 70, spacing);
    if (points.length < leastAnchors) return null;
    const [fine, coarse] = [grey, halved(grey)];
    const masks = [mask, halved(mask)];
    const there = trackPoints([fine, coarse], frame.pyramid.slice(0, 2), points, (point) => point, masks);
    const matches = matchesOf(points, there);
    const fitted = fitMotion(matches);
    if (!fitted || fitted.inliers.length < leastAnchors) return null;
    const own = matches.filter(ownMatches(behind, fitted.motion)).length;
    return { motion: chained(roughly, fitted.motion), share: fitted.inliers.length / Math.max(1, own) };
  }
}

/**
 * Which matches are the thing's own: not those that stay with what lies behind it, where that moves otherwise.
 */
function ownMatches(behind: Affine | null, motion: Affine): (match: Match) => boolean {
  return ({ from, to }) => {
    if (!behind) return true;
    const [own, other] = [applied(motion, from), applied(behind, from)];
    const apart = Math.hypot(own.x - other.x, own.y - other.y);
    return apart < 1.5 || Math.hypot(to.x - other.x, to.y - other.y) > Math.min(1.5, apart / 3);
  };
}

/** How the middle of a rectangle moves. */
function shiftOf(motion: Affine, { left, top, right, bottom }: Rect): { c: number; f: number } {
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const there = applied(motion, middle);
  return { c: there.x - middle.x, f: there.y - middle.y };
}

function wholeOf({ width, height }: Plane): Rect {
  return { left: 0, top: 0, right: width, bottom: height };
}

function isInside({ x, y }: Point, { width, height }: Plane): boolean {
  return x >= 3 && y >= 3 && x <= width - 4 && y <= height - 4;
}

function frameOf(picture: Picture): Frame {
  return { picture, pyramid: pyramidOf(greyOf(picture), levels) };
}

/** The mask and its halves; nothing of it lies outside `within`. */
function masksOf(mask: Plane, within: Rect, count: number): Plane[] {
  const masks = [mask];
  let part = within;
  while (masks.length < count) {
    masks.push(halved(masks.at(-1)!, part));
    part = {
      left: (part.left >> 1) - 1,
      top: (part.top >> 1) - 1,
      right: (part.right >> 1) + 2,
      bottom: (part.bottom >> 1) + 2,
    };
  }
  return masks;
}

/** 1 in the part of the picture that lies off the mask by more than `reach` px; 0 elsewhere. */
function offMask({ data, width, height }: Plane, within: Rect, reach: number): Plane {
  const [partWidth, partHeight] = [within.right - within.left, within.bottom - within.top];
  const part = planeOf(partWidth, partHeight);
  for (let y = 0; y < partHeight; y++) {
    const from = (within.top + y) * width + within.left;
    part.data.set(data.subarray(from, from + partWidth), y * partWidth);
  }
  const wide = boxMean(part, reach);
  const made = planeOf(width, height);
  for (let y = 0; y < partHeight; y++)
    for (let x = 0; x < partWidth; x++)
      made.data[(within.top + y) * width + within.left + x] = wide.data[y * partWidth + x]! > 0.02 ? 0 : 1;
  return made;
}

function matchesOf(points: readonly Point[], there: readonly (Point | null)[]): Match[] {
  return points.flatMap((from, index) => {
    const to = there[index];
    return to ? [{ from, to }] : [];
  });
}

function sumOf({ data }: Plane): number {
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += data[at]!;
  return sum;
}

/** Where the mask can be in the next frame. */
function partAround(bounds: Rect, pace: Affine, picture: Picture): Rect {
  const corners = [
    { x: bounds.left, y: bounds.top },
    { x: bounds.right, y: bounds.top },
    { x: bounds.left, y: bounds.bottom },
    { x: bounds.right, y: bounds.bottom },
  ].map((corner) => applied(pace, corner));
  const margin = 16;
  return withinPicture(
    {
      left: Math.min(...corners.map(({ x }) => x)) - margin,
      top: Math.min(...corners.map(({ y }) => y)) - margin,
      right: Math.max(...corners.map(({ x }) => x)) + margin,
      bottom: Math.max(...corners.map(({ y }) => y)) + margin,
    },
    picture,
  );
}

/** A mask that was resampled gets its edge back. */
function sharpened({ data, width, height }: Plane): Plane {
  return { data: data.map((value) => Math.max(0, Math.min(1, (value - 0.5) * 1.6 + 0.5))), width, height };
}

/**
 * The mask without what does not look like the thing any more and has none of its colours: something has come before
 * it. A part of the thing that moves over another stays.
 */
function withoutCovered(mask: Plane, shown: Picture, picture: Picture, within: Rect, palette: Float32Array): Plane {
  const width = within.right - within.left;
  const height = within.bottom - within.top;
  const difference = planeOf(width, height);
  const foreign = planeOf(width, height);
  const counts = new Uint32Array(256);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (within.top + y) * mask.width + within.left + x;
      if (mask.data[at]! < 0.5) continue;
      let sum = 0;
      for (let channel = 0; channel < 3; channel++)
        sum += Math.abs(shown.data[at * 3 + channel]! - picture.data[at * 3 + channel]!);
      difference.data[y * width + x] = sum / 3;
      foreign.data[y * width + x] = palette[binAt(picture, at)]! < 0.3 ? 1 : 0;
      counts[Math.round(sum / 3)]!++;
      count++;
    }
  }
  if (count === 0) return mask;
  // where most of it is covered, the middle value is that of the cover
  const usual = Math.min(16, valueAt(counts, 0.3 * count));
  const unlike = 26 + 2.5 * usual;
  const mean = boxMean(difference, 3);
  const mostly = boxMean(foreign, 3);
  const made: Plane = { data: Float32Array.from(mask.data), width: mask.width, height: mask.height };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (mean.data[y * width + x]! > unlike && mostly.data[y * width + x]! > 0.5)
        made.data[(within.top + y) * mask.width + within.left + x] = 0;
  return made;
}

/** The value that `below` of the counted ones lie under. */
function valueAt(counts: Uint32Array, below: number): number {
  let seen = 0;
  for (let value = 0; value < counts.length; value++) if ((seen += counts[value]!) > below) return value;
  return counts.length - 1;
}

/** Whether two frames belong to different shots: hardly any of the picture looks as before, wherever it went. */
function isCut(before: readonly Plane[], after: readonly Plane[]): boolean {
  const [a, b] = [before.at(-1)!, after.at(-1)!];
  const bins = 32;
  const histogram = ({ data }: Plane): Float32Array => {
    const counts = new Float32Array(bins);
    for (const value of data) counts[Math.min(bins - 1, Math.floor(value / (256 / bins)))]! += 1 / data.length;
    return counts;
  };
  const [ha, hb] = [histogram(a), histogram(b)];
  let apart = 0;
  for (let bin = 0; bin < bins; bin++) apart += Math.abs(ha[bin]! - hb[bin]!) / 2;
  let difference = 0;
  for (let i = 0; i < a.data.length; i++) difference += Math.abs(a.data[i]! - b.data[i]!);
  difference /= a.data.length;
  return difference > 28 && apart > 0.35;
}
