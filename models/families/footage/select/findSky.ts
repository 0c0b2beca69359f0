/**
 * The sky of a picture, by what skies have in common: it begins at the top, it is smooth, it is blue, or bright and
 * grey, or warm at dusk, and the rest of the picture is otherwise. What only might be a sky is refused.
 */
import type { Thing, ThingName } from './nanodet.ts';
import { planeOf, resizedPart, type Picture, type Plane } from './raster.ts';

/** Longer side of the picture that is looked at, px. */
const lookedAtPx = 320;
/** Of colours 0..255: between neighbours inside a sky, and from the sky's mean in their row. */
const mostStep = 9;
const mostAway = 52;
/** Mean step of a sky: more is foliage, water or a wall with a pattern. */
const mostTexture = 5;
const leastArea = 0.04;
/** Share of the top row that a sky must reach. */
const leastTop = 0.25;

// prettier-ignore
/** Who sees these is indoors: what is smooth and bright at the top is a wall or a ceiling. */
const indoors = new Set<ThingName>(['couch', 'bed', 'dining table', 'toilet', 'tv', 'laptop', 'mouse', 'remote',
  'keyboard', 'microwave', 'oven', 'toaster', 'sink', 'refrigerator', 'book', 'vase', 'bowl', 'cup', 'wine glass',
  'fork', 'knife', 'spoon', 'hair drier', 'toothbrush']);

/** Why no sky was taken. */
export type NoSky = 'indoors' | 'notThere' | 'unsure';

/** The sky as a small mask of 0 and 1. `things`: what the detector sees. */
export function findSky(picture: Picture, things: readonly Thing[]): Plane | NoSky {
  if (things.some(({ name, score }) => indoors.has(name) && score >= 0.45)) return 'indoors';
  const scale = Math.min(1, lookedAtPx / Math.max(picture.width, picture.height));
  const width = Math.max(8, Math.round(picture.width * scale));
  const height = Math.max(8, Math.round(picture.height * scale));
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const small: Small = { colours: resizedPart(picture, whole, width, height), width, height };
  const sky = grownFromTop(small);
  fillGaps(sky, small);
  if (!isSky(sky, small)) return 'notThere';
  // somebody close before a grey plane may as well be under a ceiling
  const isClose = things.some(
    ({ name, score, box }) => name === 'person' && score >= 0.45 && box.bottom - box.top > 0.5 * picture.height,
  );
  return isClose && isGrey(sky, small) ? 'unsure' : sky;
}

interface Small {
  /** 0..255, [height, width, 3]. */
  readonly colours: Float32Array;
  readonly width: number;
  readonly height: number;
}

function stepBetween({ colours }: Small, a: number, b: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++)
    most = Math.max(most, Math.abs(colours[a * 3 + channel]! - colours[b * 3 + channel]!));
  return most;
}

/** From the smooth and sky-coloured places of the top row down and aside, as long as little changes. */
function grownFromTop(small: Small): Plane {
  const { colours, width, height } = small;
  const sky = planeOf(width, height);
  const rowSums = new Float64Array(height * 4);
  let front: number[] = [];
  const take = (at: number): void => {
    sky.data[at] = 1;
    const row = Math.floor(at / width) * 4;
    for (let channel = 0; channel < 3; channel++) rowSums[row + channel]! += colours[at * 3 + channel]!;
    rowSums[row + 3]!++;
    front.push(at);
  };
  for (let x = 0; x < width; x++) if (isSkyColour(colours, x) && isSmooth(small, x)) take(x);
  while (front.length > 0) {
    const now = front;
    front = [];
    for (const at of now) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= sky.data.length || sky.data[next] === 1) continue;
        if (stepBetween(small, at, next) > mostStep) continue;
        if (awayFromRow(colours, next, rowSums, y * 4) > mostAway) continue;
        take(next);
      }
    }
  }
  return sky;
}

function awayFromRow(colours: Float32Array, at: number, sums: Float64Array, row: number): number {
  const count = Math.max(1, sums[row + 3]!);
  let most = 0;
  for (let channel = 0; channel < 3; channel++)
    most = Math.max(most, Math.abs(colours[at * 3 + channel]! - sums[row + channel]! / count));
  return most;
}

function isSmooth(small: Small, at: number): boolean {
  const { width, height } = small;
  const x = at % width;
  return [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, at + (height > 1 ? width : 0)].every(
    (next) => stepBetween(small, at, next) <= mostStep,
  );
}

/** Blue, bright and grey, or the warm light of dusk. */
function isSkyColour(colours: Float32Array, at: number): boolean {
  const [r, g, b] = [colours[at * 3]!, colours[at * 3 + 1]!, colours[at * 3 + 2]!];
  const light = 0.299 * r + 0.587 * g + 0.114 * b;
  const isBlue = b > r + 8 && b >= g - 6 && light > 45;
  const isGrey = Math.max(r, g, b) - Math.min(r, g, b) < 34 && light > 130;
  const isWarm = r > b + 10 && r >= g && g > b - 30 && light > 120;
  return isBlue || isGrey || isWarm;
}

/** Clouds and noise: what lies between sky above and sky below, and could be sky by its colour. */
function fillGaps(sky: Plane, { colours, width, height }: Small): void {
  for (let x = 0; x < width; x++) {
    let lowest = -1;
    for (let y = height - 1; y >= 0 && lowest < 0; y--) if (sky.data[y * width + x] === 1) lowest = y;
    for (let y = 0; y < lowest; y++)
      if (sky.data[y * width + x] === 0 && isSkyColour(colours, y * width + x)) sky.data[y * width + x] = 1;
  }
}

function isGrey({ data }: Plane, { colours }: Small): boolean {
  let [red, blue, count] = [0, 0, 0];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    red += colours[at * 3]!;
    blue += colours[at * 3 + 2]!;
    count++;
  }
  return Math.abs(blue - red) < 24 * count;
}

function isSky(sky: Plane, small: Small): boolean {
  const { colours, width, height } = small;
  let [count, top, bottom, steps, pairs] = [0, 0, 0, 0, 0];
  const inside = [0, 0, 0];
  const outside = [0, 0, 0];
  for (let at = 0; at < sky.data.length; at++) {
    const isIn = sky.data[at] === 1;
    for (let channel = 0; channel < 3; channel++) (isIn ? inside : outside)[channel]! += colours[at * 3 + channel]!;
    if (!isIn) continue;
    count++;
    if (at < width) top++;
    if (at >= width * (height - 1)) bottom++;
    if (at % width < width - 1 && sky.data[at + 1] === 1) {
      steps += stepBetween(small, at, at + 1);
      pairs++;
    }
  }
  const all = width * height;
  if (count < leastArea * all || top < leastTop * width || bottom > 0.05 * width || count > 0.92 * all) return false;
  if (steps / Math.max(1, pairs) > mostTexture) return false;
  const [r, g, b] = inside.map((sum) => sum / count) as [number, number, number];
  const [or, og, ob] = outside.map((sum) => sum / Math.max(1, all - count)) as [number, number, number];
  const isBrighter = 0.3 * r + 0.59 * g + 0.11 * b > 0.3 * or + 0.59 * og + 0.11 * ob + 14;
  const isBluer = b - r > ob - or + 14 && b > g - 6;
  return isBrighter || isBluer;
}
