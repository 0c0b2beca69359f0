/** Where the picture's corners lie on every frame of a stretch, and on which ones its anchor was not found. */
import { setImmediate } from 'node:timers/promises';
import type { Cv } from '../opencv/openCv.node.ts';
import { movedX, movedY, scaled, type Homography } from '../plate/homography.ts';
import type { FrameSpan } from '../plate/plateRun.ts';
import type { Size } from '../../../render/place.ts';
import type { AddRun, Gap } from './addRun.ts';
import { AnchorTracker, type TrackModel } from './anchorTracker.node.ts';
import { placeOfMask, steadyPlaces } from './followThing.ts';
import { betweenQuads, boundsOf, isConvex, mapQuad, movedQuad, placeIn, type Point, type Quad } from './quad.ts';
import { shrunkMask, type MaskReader, type SmallFrames } from './smallFrames.node.ts';

/** Corners of each frame; null where the picture is not shown. */
export interface AnchorTrack {
  readonly quads: readonly (Quad | null)[];
  readonly gaps: readonly Gap[];
  readonly bridged: readonly FrameSpan[];
}

/** What an anchor is followed in. */
export interface Footage {
  readonly cv: Cv;
  readonly frames: SmallFrames;
  readonly rate: AddRun['rate'];
  readonly occluder: MaskReader | null;
  readonly thing: MaskReader | null;
  /** After each frame, 0..1. Throws where the work is cancelled. */
  progress(fraction: number): void;
}

/** Frames without the anchor, at most, whose place is taken from those before and after. Seconds. */
const bridgedSeconds = 1;
/** An anchor that is lost is looked for as long as this. Seconds. */
const searchedSeconds = 2;
/** Around a point, a share of the frame's longer side. */
const pointRadius = 0.055;
const mostPointRadius = 0.11;
/** How much wider than the picture the surface under it is, at first and at most. */
const surfaceMargins = [0.25, 0.6, 1.2] as const;
/** Mean change of all pixels that a cut has at least, levels. */
const cutChange = 12;

type Miss = Gap['why'];

/** Follows the run's anchor. */
export async function trackAnchor(run: AddRun, footage: Footage): Promise<AnchorTrack> {
  const { frameCount, quad, anchor } = run;
  if (anchor === 'frame' || frameCount === 1) return { quads: Array(frameCount).fill(quad), gaps: [], bridged: [] };
  const found = anchor === 'thing' ? followThing(run, footage) : await followPicture(run, footage);
  return bridge(found, run);
}

interface Found {
  readonly quads: (Quad | null)[];
  /** Of each frame without a place. */
  readonly missed: (Miss | null)[];
  /** Where it would be on frames on which it was not found, if it moved as the whole picture did. */
  readonly guesses: readonly (Quad | null)[];
}

function followThing({ frameCount, picture, quad, atFrame }: AddRun, { thing, progress }: Footage): Found {
  const places = steadyPlaces(
    Array.from({ length: frameCount }, (_, frame) => {
      progress((frame + 1) / frameCount);
      return placeOfMask(thing!.at(frame), picture);
    }),
  );
  // placed on a frame without the thing: the nearest one with it
  const first = nearest(places, atFrame);
  const quads = places.map((place) => {
    if (!place || !first) return null;
    const scale = place.size / first.size;
    const along = (from: number, to: number, value: number) => to + (value - from) * scale;
    return mapQuad(quad, ({ x, y }) => ({ x: along(first.x, place.x, x), y: along(first.y, place.y, y) }));
  });
  return { quads, missed: quads.map((each) => (each ? null : 'noThing')), guesses: [] };
}

function nearest<T>(values: readonly (T | null)[], at: number): T | null {
  for (let away = 0; away < values.length; away++) {
    const near = values[at - away] ?? values[at + away];
    if (near) return near;
  }
  return null;
}

async function followPicture(run: AddRun, footage: Footage): Promise<Found> {
  const { frameCount, picture, quad, atFrame, anchor, point } = run;
  const { size } = footage.frames;
  const [sx, sy] = [picture.width / size.width, picture.height / size.height];
  const quads: (Quad | null)[] = Array(frameCount).fill(null);
  const missed: (Miss | null)[] = Array(frameCount).fill(null);
  const guesses: (Quad | null)[] = Array(frameCount).fill(null);
  quads[atFrame] = quad;
  const place = (motion: Homography): Quad => {
    const whole = scaled(motion, sx, sy);
    if (anchor === 'surface') return movedQuad(quad, whole);
    if (anchor === 'scene') return movedQuad(quad, uprightAt(whole, placeIn(quad, 0.5, 1)));
    const [dx, dy] = [movedX(whole, point.x, point.y) - point.x, movedY(whole, point.x, point.y) - point.y];
    return mapQuad(quad, ({ x, y }) => ({ x: x + dx, y: y + dy }));
  };
  let done = 0;
  for (const step of [1, -1]) {
    const tracker = startTracker(run, footage);
    const search = new Search(run, step);
    for (let frame = atFrame + step; frame >= 0 && frame < frameCount; frame += step) {
      const grey = footage.frames.at(frame);
      const hidden = footage.occluder && shrunkMask(footage.occluder.at(frame), picture, size);
      const motion = search.isOver ? null : tracker.follow(grey, hidden);
      const placed = motion && place(motion);
      if (placed && isConvex(placed)) quads[frame] = placed;
      guesses[frame] = tracker.guess && place(tracker.guess);
      search.saw(quads[frame] !== null, grey, footage.frames, frame);
      if (quads[frame] === null) missed[frame] = search.isCutAway ? 'cut' : 'lost';
      footage.progress(++done / Math.max(1, frameCount - 1));
      await setImmediate();
    }
  }
  return { quads, missed, guesses };
}

/** Ends looking for an anchor after a cut, or when it was gone for long. */
class Search {
  isOver = false;
  isCutAway = false;
  private lostFor = 0;
  private readonly step: number;
  private readonly patience: number;

  constructor({ rate }: AddRun, step: number) {
    this.step = step;
    this.patience = Math.max(4, Math.round((searchedSeconds * (rate?.num ?? 25)) / (rate?.den ?? 1)));
  }

  saw(isFound: boolean, grey: Uint8Array, frames: SmallFrames, frame: number): void {
    if (isFound) {
      this.lostFor = 0;
      return;
    }
    this.lostFor++;
    if (this.lostFor === 1 && changeBetween(grey, frames.at(frame - this.step)) > cutChange) this.isCutAway = true;
    if (this.lostFor > this.patience) this.isOver = true;
  }
}

/** Mean change of the pixels that change most, levels: at a cut all of the picture does. */
function changeBetween(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 5) sum += Math.abs(a[i]! - b[i]!);
  return (sum * 5) / a.length;
}

/** A motion as it moves, turns and scales what stands at a point: what stands there is not sheared with the ground. */
function uprightAt(motion: Homography, { x, y }: Point): Homography {
  const [u, v] = [movedX(motion, x, y), movedY(motion, x, y)];
  const [ax, ay] = [movedX(motion, x + 1, y) - u, movedY(motion, x + 1, y) - v];
  const [bx, by] = [movedX(motion, x, y + 1) - u, movedY(motion, x, y + 1) - v];
  const [c, s] = [(ax + by) / 2, (ay - bx) / 2];
  return Float64Array.of(c, -s, u - c * x + s * y, s, c, v - s * x - c * y, 0, 0, 1);
}

function startTracker(run: AddRun, { cv, frames, occluder }: Footage): AnchorTracker {
  const { picture, atFrame, anchor } = run;
  const { size } = frames;
  const grey = frames.at(atFrame);
  const hidden = occluder && shrunkMask(occluder.at(atFrame), picture, size);
  const model: TrackModel = anchor === 'point' ? 'similarity' : 'plane';
  let tracker: AnchorTracker | null = null;
  for (const region of regionsOf(run, size)) {
    const seen = hidden ? region.map((value, i) => (hidden[i]! >= 128 ? 0 : value)) : region;
    tracker = new AnchorTracker(cv, size, grey, seen, model);
    if (tracker.isWell) break;
  }
  return tracker!;
}

/** Where corners may lie, the nearest first; wider ones where there are too few. */
function* regionsOf({ anchor, quad, point, picture }: AddRun, size: Size): Generator<Uint8Array> {
  const [sx, sy] = [size.width / picture.width, size.height / picture.height];
  const small = (at: Point): Point => ({ x: at.x * sx, y: at.y * sy });
  if (anchor === 'point') {
    const longest = Math.max(size.width, size.height);
    for (const radius of [pointRadius, (pointRadius + mostPointRadius) / 2, mostPointRadius])
      yield disc(small(point), Math.max(12, radius * longest), size);
  } else if (anchor === 'surface') {
    const corners = mapQuad(quad, small);
    const middle = { x: mean(corners.map(({ x }) => x)), y: mean(corners.map(({ y }) => y)) };
    for (const margin of surfaceMargins) {
      const wide = mapQuad(corners, ({ x, y }) => ({
        x: middle.x + (x - middle.x) * (1 + margin),
        y: middle.y + (y - middle.y) * (1 + margin),
      }));
      yield filled(wide, size);
    }
  } else yield new Uint8Array(size.width * size.height).fill(255);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function disc({ x, y }: Point, radius: number, { width, height }: Size): Uint8Array {
  const made = new Uint8Array(width * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (Math.hypot(column - x, row - y) <= radius) made[row * width + column] = 255;
  return made;
}

/** Where the box around the corners is. */
function filled(quad: Quad, { width, height }: Size): Uint8Array {
  const made = new Uint8Array(width * height);
  const box = boundsOf([quad], 0, width, height);
  if (!box) return made;
  for (let row = box.y; row < box.y + box.height; row++)
    made.fill(255, row * width + box.x, row * width + box.x + box.width);
  return made;
}

/** Short gaps between two found places are filled from both; what is left is told. */
function bridge({ quads, missed, guesses }: Found, { rate }: AddRun): AnchorTrack {
  const most = Math.round((bridgedSeconds * (rate?.num ?? 25)) / (rate?.den ?? 1));
  const made = [...quads];
  const gaps: Gap[] = [];
  const bridged: FrameSpan[] = [];
  for (let start = 0; start < quads.length; start++) {
    if (quads[start]) continue;
    let end = start;
    while (end < quads.length && !quads[end]) end++;
    const [before, after] = [quads[start - 1], quads[end]];
    const span = { startFrame: start, endFrame: end };
    if (before && after && end - start <= most) {
      for (let frame = start; frame < end; frame++) {
        const at = (frame - start + 1) / (end - start + 1);
        made[frame] = corrected(guesses, frame, [start - 1, before], [end, after]) ?? betweenQuads(before, after, at);
      }
      bridged.push(span);
    } else gaps.push({ ...span, why: missed.slice(start, end).includes('cut') ? 'cut' : (missed[start] ?? 'lost') });
    start = end;
  }
  return { quads: made, gaps, bridged };
}

type Known = readonly [frame: number, quad: Quad];

/** A guess in a gap, moved so that the one for the frame where the anchor was found again is right. */
function corrected(guesses: Found['guesses'], frame: number, before: Known, after: Known): Quad | null {
  const guess = guesses[frame];
  const [from, to] = guesses[after[0]] ? [before, after] : [after, before];
  const missed = guesses[to[0]];
  if (!guess || !missed) return null;
  const share = (frame - from[0]) / (to[0] - from[0]);
  return mapQuad(guess, ({ x, y }, index) => ({
    x: x + share * (to[1][index].x - missed[index].x),
    y: y + share * (to[1][index].y - missed[index].y),
  }));
}
