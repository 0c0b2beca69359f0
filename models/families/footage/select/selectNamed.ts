/** What words select in a picture: things by the detector, each cut out where it is; the subject; the sky. */
import { findSky, type NoSky } from './findSky.ts';
import { fullSizeEdge } from './fullSizeEdge.ts';
import { findThings, type Thing, type ThingName } from './nanodet.ts';
import { areaOf, boundsOf, planeOf, sharedArea, type Picture, type Plane, type Rect } from './raster.ts';
import type { Kind, Named, Which } from './readWords.ts';
import { cutOutPerson, selectThing, type SelectGraphs } from './selectThing.ts';

/** How many of a kind were seen, and how many of them taken. */
export interface Taken {
  readonly kind: Kind;
  readonly which: Which;
  readonly seen: number;
  readonly taken: number;
}

/** What came of the words. */
export type NamedResult =
  | { readonly outcome: 'taken'; readonly mask: Plane; readonly things: readonly Taken[] }
  /** `others`: what is seen instead. */
  | {
      readonly outcome: 'notSeen';
      readonly kind: Kind;
      readonly others: readonly { readonly kind: ThingName; readonly count: number }[];
    }
  /** `count` of them are there, fewer than were counted to. */
  | { readonly outcome: 'tooFew'; readonly kind: Kind; readonly count: number }
  /** Seen, but its outline was not found. */
  | { readonly outcome: 'noOutline'; readonly kind: Kind; readonly count: number }
  | { readonly outcome: 'noSky'; readonly reason: NoSky };

/** Sure enough to be named. */
const leastScore: Readonly<Partial<Record<ThingName, number>>> = { person: 0.45 };
const usualLeast = 0.38;
/** Of the subject found twice: intersection over union. */
const leastAgreement = 0.6;

/** Selects what is named; `isExcept`: everything else. Throws what `checkCancelled` throws. */
export async function selectNamed(
  picture: Picture,
  { named, isExcept }: { readonly named: readonly Named[]; readonly isExcept: boolean },
  graphs: SelectGraphs,
  checkCancelled: () => void = () => undefined,
): Promise<NamedResult> {
  const all = planeOf(picture.width, picture.height);
  const things: Taken[] = [];
  const seen = await findThings(await graphs.things(), picture);
  for (const each of named) {
    checkCancelled();
    const found = await selectOne(picture, each, seen, graphs, checkCancelled);
    if (found.outcome !== 'taken') return found;
    things.push(...found.things);
    for (let at = 0; at < all.data.length; at++) all.data[at] = Math.max(all.data[at]!, found.mask.data[at]!);
  }
  if (isExcept) for (let at = 0; at < all.data.length; at++) all.data[at] = 1 - all.data[at]!;
  return { outcome: 'taken', mask: all, things };
}

async function selectOne(
  picture: Picture,
  { kind, which }: Named,
  seen: readonly Thing[],
  graphs: SelectGraphs,
  checkCancelled: () => void,
): Promise<NamedResult> {
  const one = (mask: Plane): NamedResult => ({
    ...{ outcome: 'taken', mask, things: [{ kind, which: { by: 'best' }, seen: 1, taken: 1 }] },
  });
  if (kind === 'sky') {
    const sky = findSky(picture, seen);
    if (typeof sky === 'string') return { outcome: 'noSky', reason: sky };
    const bytes = fullSizeEdge(sky, picture);
    return one({ ...picture, data: Float32Array.from(bytes, (value) => value / 255) });
  }
  if (kind === 'subject') {
    const mask = await findSubject(picture, graphs, checkCancelled);
    return mask ? one(mask) : { outcome: 'notSeen', kind, others: countsOf(seen) };
  }
  const found = ofKind(seen, kind);
  // small things may be seen from nearer, and whoever counts wants all of them
  const isEnough = found.length > 0 && ['best', 'largest'].includes(which.by);
  const those = isEnough ? found : merged(found, ofKind(await lookNearer(picture, graphs), kind));
  if (those.length === 0) return { outcome: 'notSeen', kind, others: countsOf(seen) };
  const chosen = isElsewhere(those, which, picture) ? [] : choose(those, which);
  if (chosen.length === 0) return { outcome: 'tooFew', kind, count: those.length };
  return cutOut(picture, kind, which, those.length, chosen, graphs, checkCancelled);
}

/** What stands out in the whole picture, if a second look at it from nearer finds the same. */
async function findSubject(picture: Picture, graphs: SelectGraphs, checkCancelled: () => void): Promise<Plane | null> {
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const first = await selectThing(picture, { kind: 'box', box: whole }, graphs, checkCancelled);
  const box = first && boundsOf(first);
  const again = box && (await selectThing(picture, { kind: 'box', box }, graphs, checkCancelled));
  return again && likeness(first, again) >= leastAgreement ? again : null;
}

function likeness(a: Plane, b: Plane): number {
  let [both, either] = [0, 0];
  for (let at = 0; at < a.data.length; at++) {
    const [inA, inB] = [a.data[at]! >= 0.5, b.data[at]! >= 0.5];
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return either === 0 ? 0 : both / either;
}

/** The things of a first look with those that another look saw besides. */
function merged(first: readonly Thing[], others: readonly Thing[]): Thing[] {
  const all = [...first];
  for (const thing of others) if (all.every(({ box }) => sharedOf(box, thing.box) < 0.5)) all.push(thing);
  return all;
}

async function cutOut(
  picture: Picture,
  kind: ThingName,
  which: Which,
  seen: number,
  chosen: readonly Thing[],
  graphs: SelectGraphs,
  checkCancelled: () => void,
): Promise<NamedResult> {
  const mask = planeOf(picture.width, picture.height);
  let taken = 0;
  for (const { box } of chosen) {
    checkCancelled();
    const cut =
      (await selectThing(picture, { kind: 'box', box }, graphs, checkCancelled)) ??
      (kind === 'person' ? await cutOutPerson(picture, box, graphs) : null);
    if (!cut) continue;
    taken++;
    for (let at = 0; at < mask.data.length; at++) mask.data[at] = Math.max(mask.data[at]!, cut.data[at]!);
  }
  if (taken === 0) return { outcome: 'noOutline', kind, count: seen };
  return { outcome: 'taken', mask, things: [{ kind, which, seen, taken }] };
}

function ofKind(things: readonly Thing[], kind: ThingName): Thing[] {
  return things.filter(({ name, score }) => name === kind && score >= (leastScore[kind] ?? usualLeast));
}

function countsOf(things: readonly Thing[]): { kind: ThingName; count: number }[] {
  const counts = new Map<ThingName, number>();
  for (const { name, score } of things)
    if (score >= (leastScore[name] ?? usualLeast)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

/** The detector's look at squares of the picture, side by side and overlapping. */
async function lookNearer(picture: Picture, graphs: SelectGraphs): Promise<Thing[]> {
  const { width, height } = picture;
  const side = Math.min(Math.min(width, height), 0.75 * Math.max(width, height));
  const steps = Math.max(2, Math.ceil((Math.max(width, height) / side) * 1.4));
  const session = await graphs.things();
  const found: Thing[] = [];
  for (let step = 0; step < steps; step++) {
    const shift = (step / (steps - 1)) * (Math.max(width, height) - side);
    const part = {
      left: Math.floor(width > height ? shift : 0),
      top: Math.floor(width > height ? 0 : shift),
      width: Math.floor(side),
      height: Math.floor(side),
    };
    for (const thing of await findThings(session, croppedTo(picture, part))) {
      const { left, top, right, bottom } = thing.box;
      const box = {
        left: left + part.left,
        top: top + part.top,
        right: right + part.left,
        bottom: bottom + part.top,
      };
      if (found.every((other) => other.name !== thing.name || sharedOf(other.box, box) < 0.5))
        found.push({ ...thing, box });
    }
  }
  return found;
}

/** Share of the smaller box that lies in the other. */
function sharedOf(a: Rect, b: Rect): number {
  return sharedArea(a, b) / Math.max(1, Math.min(areaOf(a), areaOf(b)));
}

function croppedTo(
  picture: Picture,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * 3;
    data.set(picture.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { data, width, height };
}

/** The only one seen lies on the other side of the picture: the words mean one that was not seen. */
export function isElsewhere(things: readonly Thing[], which: Which, { width, height }: Omit<Picture, 'data'>): boolean {
  const [only, ...others] = things;
  if (!only || others.length > 0) return false;
  const { left, top, right, bottom } = only.box;
  const [x, y] = [(left + right) / 2 / width, (top + bottom) / 2 / height];
  const share = { left: x, right: 1 - x, top: y, bottom: 1 - y };
  return which.by in share && share[which.by as keyof typeof share] > 0.5;
}

/** The things that the words mean; none where they count beyond those that are there. */
export function choose(things: readonly Thing[], which: Which): readonly Thing[] {
  const weight = ({ box, score }: Thing): number => Math.sqrt(areaOf(box)) * score;
  const middle = ({ box }: Thing): number => (box.left + box.right) / 2;
  const height = ({ box }: Thing): number => (box.top + box.bottom) / 2;
  const by = (key: (thing: Thing) => number): readonly Thing[] => things.toSorted((a, b) => key(a) - key(b));
  switch (which.by) {
    case 'all':
      return things;
    case 'best':
      return by((thing) => -weight(thing)).slice(0, 1);
    case 'largest':
      return by((thing) => -areaOf(thing.box)).slice(0, 1);
    case 'smallest':
      return by((thing) => areaOf(thing.box)).slice(0, 1);
    case 'middle': {
      const ordered = by(middle);
      return ordered.slice(Math.floor((ordered.length - 1) / 2)).slice(0, 1);
    }
    case 'left':
      return by(middle).slice(which.index, which.index + 1);
    case 'right':
      return by((thing) => -middle(thing)).slice(which.index, which.index + 1);
    case 'top':
      return by(height).slice(which.index, which.index + 1);
    case 'bottom':
      return by((thing) => -height(thing)).slice(which.index, which.index + 1);
  }
}
