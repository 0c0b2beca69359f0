/** Where the subject is along one axis of the picture, look by look: what a narrower frame has to keep. Pure. */
import type { SeenLook } from '../../contract/seen.ts';
import type { Ticks } from '../../time/ticks.ts';

/** Where a look wants the middle of the frame, in fractions of the picture; null where it shows nothing to follow. */
export interface Wish {
  readonly ticks: Ticks;
  readonly middle: number | null;
}

/** An axis of the picture, and how much of it the frame shows. */
export interface Axis {
  readonly along: 'x' | 'y';
  readonly shown: number;
}

const people = new Set(['person']);
/** Furniture and fittings are where people are; they are no subject. */
const places = new Set([
  ...['bench', 'chair', 'couch', 'bed', 'dining table', 'toilet', 'tv', 'sink', 'refrigerator', 'oven', 'microwave'],
  ...['traffic light', 'fire hydrant', 'stop sign', 'parking meter', 'potted plant', 'clock'],
]);
const leastScore = { people: 0.42, things: 0.5 };
/** How much of a subject's weight it costs to move by the width of the frame. */
const movingCosts = 0.35;
/** Room above a head, as a share of the frame. */
const headroom = 0.1;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** The wishes of looks in order; each leans to the one before. A cut is where that ends: call it for each shot. */
export function wishesOf(looks: readonly SeenLook[], axis: Axis): Wish[] {
  let before: number | null = null;
  return looks.map(({ ticks, things }) => {
    const middle = middleOf(subjectsOf(things, axis), axis.shown, before);
    before = middle ?? before;
    return { ticks, middle };
  });
}

/** People where there are any, else other things. */
function subjectsOf(things: SeenLook['things'], { along, shown }: Axis): Stretch[] {
  const persons = things.filter(({ name, score }) => people.has(name) && score >= leastScore.people);
  const others = things.filter(({ name, score }) => !places.has(name) && score >= leastScore.things);
  const isPerson = persons.length > 0;
  return (isPerson ? persons : others).map(({ score, box: [left, top, width, height] }) => {
    const weight = score * Math.sqrt(width * height);
    if (along === 'x') return { from: left, to: left + width, weight };
    // of a person who does not fit, the head is kept
    const to = isPerson ? Math.min(top + height, top + shown * (1 - 2 * headroom)) : top + height;
    return { from: top, to, weight };
  });
}

/** The place of a frame `shown` wide that keeps most of them, near where it was. */
function middleOf(subjects: readonly Stretch[], shown: number, before: number | null): number | null {
  if (subjects.length === 0) return null;
  const within = (middle: number) => Math.min(1 - shown / 2, Math.max(shown / 2, middle));
  const total = subjects.reduce((sum, { weight }) => sum + weight, 0);
  const all = { from: Math.min(...subjects.map((s) => s.from)), to: Math.max(...subjects.map((s) => s.to)) };
  if (all.to - all.from <= shown * 0.92) return within((all.from + all.to) / 2);
  const kept = (middle: number) => {
    const [from, to] = [middle - shown / 2, middle + shown / 2];
    return subjects.reduce((sum, subject) => {
      const length = Math.max(1e-6, subject.to - subject.from);
      const inside = Math.max(0, Math.min(to, subject.to) - Math.max(from, subject.from));
      // half of a thing is worth less than half
      return sum + subject.weight * Math.min(1, inside / Math.min(length, shown)) ** 1.5;
    }, 0);
  };
  const centres = subjects.map(({ from, to }) => (from + to) / 2);
  const pairs = centres.flatMap((a, i) => centres.slice(i + 1).map((b) => (a + b) / 2));
  const costOf = (middle: number) =>
    before === null ? 0 : (movingCosts * total * Math.abs(middle - before)) / Math.max(shown, 0.2);
  const candidates = [...centres, ...pairs, ...(before === null ? [] : [before])].map(within);
  return candidates.reduce((best, each) => (kept(each) - costOf(each) > kept(best) - costOf(best) ? each : best));
}
