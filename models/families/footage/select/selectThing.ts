/**
 * What a click or a box selects in a picture. The detector's boxes and the click say where to look, U2-Netp says
 * which pixels there are the subject, the guided filter puts the edge on the picture's own. What is not found twice the
 * same, from two distances, is not found: no mask is better than a wrong one.
 */
import type { GraphSession } from '../../pipeline.ts';
import { guidedFilter } from './guidedFilter.ts';
import { findThings, type Thing } from './nanodet.ts';
import {
  areaOf,
  boundsOf,
  grown,
  piecesOf,
  planeOf,
  withinPicture,
  type Picture,
  type Plane,
  type Rect,
  sharedArea,
} from './raster.ts';
import { peopleIn, subjectOf } from './subject.ts';

/** The graphs of the footage pack that selecting uses. */
export interface SelectGraphs {
  things(): Promise<GraphSession>;
  subject(): Promise<GraphSession>;
  people(): Promise<GraphSession>;
}

/** What is to be selected; places in px of the picture. */
export type Wanted =
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  | { readonly kind: 'box'; readonly box: Rect }
  | { readonly kind: 'people' };

/** A crop is this much larger than the box that it looks into: the subject needs some surroundings. */
const cropFactor = 1.3;
/** Sides of the squares around a click that no box explains, in parts of the picture's longer side. */
const squares = [0.25, 0.45, 0.8];
/** Of a mask found twice, from two distances: intersection over union. */
const leastAgreement = 0.72;
/** Mean probability inside a mask that counts as found. */
const leastSurety = 0.8;
/** Share of a crop's border (where the picture goes on) that a whole thing may touch. */
const mostTouching = 0.16;
const smallestPx = 24;

/** The mask as opacity 0..1 at the picture's size; null = nothing found. Throws what `checkCancelled` throws. */
export async function selectThing(
  picture: Picture,
  wanted: Wanted,
  graphs: SelectGraphs,
  checkCancelled: () => void = () => undefined,
): Promise<Plane | null> {
  checkCancelled();
  switch (wanted.kind) {
    case 'people':
      return selectPeople(picture, graphs);
    case 'box':
      return selectInBox(picture, wanted.box, graphs);
    case 'point':
      return selectAtPoint(picture, wanted, graphs, checkCancelled);
  }
}

/** One reading of a part: the piece that was meant, and how sure it is. */
interface Reading {
  /** Probability in the part, 0 outside the piece that was meant. */
  readonly plane: Plane;
  readonly part: Rect;
  /** Box of the piece in px of the picture. */
  readonly bounds: Rect;
  /** Mean probability inside. */
  readonly surety: number;
  /** Share of the part's border, where the picture goes on beyond it, that the piece touches. */
  readonly touching: number;
}

async function selectAtPoint(
  picture: Picture,
  point: { readonly x: number; readonly y: number },
  graphs: SelectGraphs,
  checkCancelled: () => void,
): Promise<Plane | null> {
  const things = await findThings(await graphs.things(), picture);
  const inside = things
    .filter(({ box }) => point.x >= box.left && point.x < box.right && point.y >= box.top && point.y < box.bottom)
    .toSorted((a, b) => areaOf(a.box) - areaOf(b.box));
  for (const { box } of inside.slice(0, 2)) {
    checkCancelled();
    const reading = await readAt(picture, grown(box, cropFactor), point, graphs);
    if (reading && isSure(reading) && overlaps(reading.bounds, box)) return finished(picture, reading);
  }
  const longer = Math.max(picture.width, picture.height);
  for (const share of squares) {
    checkCancelled();
    const reading = await readAt(picture, squareAt(point, longer * share, picture), point, graphs);
    if (!reading || !isSure(reading)) continue;
    const again = await readAt(picture, grown(reading.bounds, cropFactor), point, graphs);
    if (again && isSure(again) && agreement(reading, again) >= leastAgreement) return finished(picture, again);
  }
  return null;
}

function isSure({ surety, touching, bounds }: Reading): boolean {
  return surety >= leastSurety && touching <= mostTouching && areaOf(bounds) >= smallestPx;
}

/** A square around a point, moved into the picture where it fits. */
function squareAt({ x, y }: { x: number; y: number }, side: number, { width, height }: Picture): Rect {
  const [across, down] = [Math.min(side, width), Math.min(side, height)];
  const left = Math.max(0, Math.min(width - across, x - across / 2));
  const top = Math.max(0, Math.min(height - down, y - down / 2));
  return { left, top, right: left + across, bottom: top + down };
}

/** The piece of the subject under a point; null where the point is outside the subject. */
async function readAt(
  picture: Picture,
  around: Rect,
  point: { readonly x: number; readonly y: number },
  graphs: SelectGraphs,
): Promise<Reading | null> {
  const part = withinPicture(around, picture);
  const plane = await subjectOf(await graphs.subject(), picture, part);
  const { labels } = piecesOf(plane);
  const label = labelNear(labels, plane, Math.floor(point.x) - part.left, Math.floor(point.y) - part.top);
  return label === 0 ? null : readingOf(plane, part, picture, (at) => labels[at] === label);
}

/** The piece at a place, or the nearest within a fiftieth of the part: a click may miss a thin thing by a little. */
function labelNear(labels: Int32Array, { width, height }: Plane, x: number, y: number): number {
  const reach = Math.max(2, Math.round(Math.max(width, height) / 50));
  let [best, nearest] = [0, Infinity];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const [px, py] = [x + dx, y + dy];
      if (px < 0 || py < 0 || px >= width || py >= height || dx * dx + dy * dy >= nearest) continue;
      const label = labels[py * width + px]!;
      if (label !== 0) [best, nearest] = [label, dx * dx + dy * dy];
    }
  }
  return best;
}

function readingOf(plane: Plane, part: Rect, picture: Picture, isMeant: (at: number) => boolean): Reading | null {
  const { width, height } = plane;
  // a soft edge belongs to the piece: values just outside it stay, others go
  const near = nearTo(plane, isMeant);
  const data = plane.data.map((value, at) => (near[at] === 1 ? value : 0));
  const bounds = boundsOf({ data, width, height });
  if (!bounds) return null;
  let [sum, count] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    if (!isMeant(at)) continue;
    sum += data[at]!;
    count++;
  }
  return {
    plane: { data, width, height },
    part,
    bounds: {
      left: part.left + bounds.left,
      top: part.top + bounds.top,
      right: part.left + bounds.right,
      bottom: part.top + bounds.bottom,
    },
    surety: sum / count,
    touching: touchingOf({ data, width, height }, part, picture),
  };
}

/** Pixels of the piece and those a few px around it. */
function nearTo({ width, height }: Plane, isMeant: (at: number) => boolean): Uint8Array {
  const reach = Math.max(2, Math.round(Math.max(width, height) / 80));
  const rows = new Uint8Array(width * height);
  const near = new Uint8Array(width * height);
  for (let at = 0; at < rows.length; at++) {
    if (!isMeant(at)) continue;
    const from = at - (at % width);
    rows.fill(1, Math.max(from, at - reach), Math.min(from + width, at + reach + 1));
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (rows[y * width + x] === 0) continue;
      for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) near[row * width + x] = 1;
    }
  }
  return near;
}

function touchingOf({ data, width, height }: Plane, part: Rect, picture: Picture): number {
  let [touched, length] = [0, 0];
  const look = (at: number): void => {
    length++;
    if (data[at]! >= 0.5) touched++;
  };
  for (let x = 0; x < width; x++) {
    if (part.top > 0) look(x);
    if (part.bottom < picture.height) look((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    if (part.left > 0) look(y * width);
    if (part.right < picture.width) look(y * width + width - 1);
  }
  return length === 0 ? 0 : touched / length;
}

function overlaps(a: Rect, b: Rect): boolean {
  return sharedArea(a, b) >= 0.5 * Math.max(areaOf(a), areaOf(b));
}

/** Intersection over union of two readings of one picture. */
function agreement(a: Reading, b: Reading): number {
  let [both, either] = [0, 0];
  const left = Math.min(a.part.left, b.part.left);
  const top = Math.min(a.part.top, b.part.top);
  const right = Math.max(a.part.right, b.part.right);
  const bottom = Math.max(a.part.bottom, b.part.bottom);
  const isIn = ({ plane, part }: Reading, x: number, y: number): boolean =>
    x >= part.left &&
    x < part.right &&
    y >= part.top &&
    y < part.bottom &&
    plane.data[(y - part.top) * plane.width + x - part.left]! >= 0.5;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [inA, inB] = [isIn(a, x, y), isIn(b, x, y)];
      if (inA && inB) both++;
      if (inA || inB) either++;
    }
  }
  return either === 0 ? 0 : both / either;
}

/** The subject inside a box that the user drew: what lies outside the box by more than a tenth is not meant. */
async function selectInBox(picture: Picture, box: Rect, graphs: SelectGraphs): Promise<Plane | null> {
  const reading = await readInBox(picture, box, async (part) => subjectOf(await graphs.subject(), picture, part));
  return reading && reading.surety >= leastSurety - 0.1 ? finished(picture, reading) : null;
}

async function readInBox(picture: Picture, box: Rect, read: (part: Rect) => Promise<Plane>): Promise<Reading | null> {
  const part = withinPicture(grown(box, cropFactor), picture);
  const meant = withinPicture(grown(box, 1.12), picture);
  const plane = await read(part);
  const { labels, sizes } = piecesOf(plane);
  const within = sizes.map(() => 0);
  labels.forEach((label, at) => {
    const [x, y] = [part.left + (at % plane.width), part.top + Math.floor(at / plane.width)];
    if (x >= meant.left && x < meant.right && y >= meant.top && y < meant.bottom) within[label]!++;
  });
  // pieces that lie mostly in the box, the crumbs left out
  const largest = Math.max(...within.slice(1), 0);
  if (largest < 0.02 * areaOf(box)) return null;
  const chosen = sizes.map(
    (size, label) => label > 0 && within[label]! >= 0.6 * size && within[label]! >= 0.08 * largest,
  );
  return chosen.some(Boolean) ? readingOf(plane, part, picture, (at) => chosen[labels[at]!]!) : null;
}

/** Everybody in the picture: each person the detector sees, cut out where it sees them. */
async function selectPeople(picture: Picture, graphs: SelectGraphs): Promise<Plane | null> {
  const things = await findThings(await graphs.things(), picture);
  return selectBoxes(picture, peopleOf(things), async (part) => peopleIn(await graphs.people(), picture, part));
}

/** The person in a box, by the people's own graph; null where it is not sure. */
export async function cutOutPerson(picture: Picture, box: Rect, graphs: SelectGraphs): Promise<Plane | null> {
  return selectBoxes(picture, [box], async (part) => peopleIn(await graphs.people(), picture, part));
}

function peopleOf(things: readonly Thing[]): Rect[] {
  return things.filter(({ name, score }) => name === 'person' && score >= 0.45).map(({ box }) => box);
}

async function selectBoxes(
  picture: Picture,
  boxes: readonly Rect[],
  read: (part: Rect) => Promise<Plane>,
): Promise<Plane | null> {
  const all = planeOf(picture.width, picture.height);
  let found = false;
  for (const box of boxes) {
    const reading = await readInBox(picture, box, read);
    if (!reading || reading.surety < leastSurety) continue;
    found = true;
    const one = finished(picture, reading);
    one.data.forEach((value, at) => (all.data[at] = Math.max(all.data[at]!, value)));
  }
  return found ? all : null;
}

/** A reading as opacity at the picture's size, its edge on the picture's own. */
function finished(picture: Picture, { plane, part, bounds }: Reading): Plane {
  const { width, height } = plane;
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((part.top + y) * picture.width + part.left + x) * 3;
      const [r, g, b] = [picture.data[from]!, picture.data[from + 1]!, picture.data[from + 2]!];
      grey[y * width + x] = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    }
  }
  const size = Math.sqrt(areaOf(bounds));
  const radius = Math.max(2, Math.round(size / 40));
  const edged = guidedFilter({ data: grey, width, height }, plane, radius, 1e-4);
  const mask = planeOf(picture.width, picture.height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // the filter leaves a veil over what has the thing's grey: stretched away, a half stays a half
      const value = Math.max(0, Math.min(1, (edged.data[y * width + x]! - 0.5) * 2 + 0.5));
      mask.data[(part.top + y) * picture.width + part.left + x] = value;
    }
  }
  return mask;
}
