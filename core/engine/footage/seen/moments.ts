/** What was seen in looks and heard, gathered into stretches that can be searched. Pure. */
import type { Seen, SeenLook, SeenMoment } from '../../../contract/seen.ts';
import { ticksFromSeconds, type Ticks } from '../../../time/ticks.ts';
import type { CameraStretch } from './cameraMoves.ts';
import type { PictureQuality } from './pictureQuality.ts';
import { shotSize } from './shotSize.ts';
import type { SoundStretch } from './soundLevels.ts';

/** A look with what was measured in it. */
export interface JudgedLook extends SeenLook {
  readonly quality: PictureQuality;
}

/** Everything found in a file. */
export interface Found {
  readonly durationTicks: Ticks;
  /** Distance of two looks; 0 for a picture. */
  readonly everyTicks: Ticks;
  /** Width over height of the picture. */
  readonly aspect: number;
  readonly looks: readonly JudgedLook[];
  readonly cuts: Seen['cuts'];
  readonly camera: readonly CameraStretch[];
  readonly sound: readonly SoundStretch[];
}

/** The detector's score that a stretch needs once, and that a thing in it needs to count. */
const scores = { sure: 0.55, counted: 0.42 };
/** Set on the clips named in README.md. */
const limits = { blur: 0.6, dark: 42, darkBrightest: 110, clipped: 0.22, light: 200 };

/** All stretches, by their start. A thing that is seen in one look of a film only is left out. */
export function momentsOf(found: Found): SeenMoment[] {
  const { looks, aspect } = found;
  const names = new Set(looks.flatMap(({ things }) => things.map(({ name }) => name)));
  const things = [...names].flatMap((name) => thingMoments(found, name));
  const shots = (['closeUp', 'medium', 'wide'] as const).flatMap((name) =>
    runs(found, (look) => shotSize(look.things, aspect) === name).map((run) => moment('shot', name, run)),
  );
  const pictures = (['soft', 'dark', 'overexposed'] as const).flatMap((name) =>
    runs(found, ({ quality }) => qualities[name](quality)).map((run) => moment('picture', name, run)),
  );
  const inTicks = <S extends CameraStretch | SoundStretch>({ name, fromSeconds, toSeconds }: S) => ({
    name: name as S['name'],
    fromTicks: ticksFromSeconds(fromSeconds),
    toTicks: Math.min(found.durationTicks, ticksFromSeconds(toSeconds)),
  });
  const camera = found.camera.map((each): SeenMoment => ({ kind: 'camera', ...inTicks(each) }));
  const sound = found.sound.map((each): SeenMoment => ({ kind: 'sound', ...inTicks(each) }));
  return [...things, ...shots, ...pictures, ...camera, ...sound]
    .filter(({ fromTicks, toTicks }) => toTicks > fromTicks || found.durationTicks === 0)
    .toSorted((a, b) => a.fromTicks - b.fromTicks);
}

const qualities = {
  soft: ({ blur }: PictureQuality) => blur !== null && blur > limits.blur,
  dark: ({ light, brightest }: PictureQuality) => light < limits.dark && brightest < limits.darkBrightest,
  overexposed: ({ clipped, light }: PictureQuality) => clipped > limits.clipped && light > limits.light / 2,
} as const;

interface Run {
  readonly looks: readonly JudgedLook[];
  readonly fromTicks: Ticks;
  readonly toTicks: Ticks;
}

function moment(kind: 'shot' | 'picture', name: string, { fromTicks, toTicks }: Run): SeenMoment {
  return { kind, name, fromTicks, toTicks } as SeenMoment;
}

function thingMoments(found: Found, name: string): SeenMoment[] {
  const isSure = ({ things }: SeenLook) => things.some((each) => each.name === name && each.score >= scores.sure);
  return runs(found, (look) => countOf(look, name) > 0)
    .filter(({ looks }) => looks.some(isSure))
    .map(({ looks, fromTicks, toTicks }) => {
      const counts = looks.map((look) => countOf(look, name)).toSorted((a, b) => b - a);
      // the most that a third of the looks agree on
      const agreeing = Math.min(counts.length, Math.max(2, Math.ceil(counts.length / 3)));
      return { kind: 'thing', name, count: counts[agreeing - 1]!, fromTicks, toTicks };
    });
}

/** A box that lies in another one of its kind is a part of the same thing. */
function countOf({ things }: SeenLook, name: string): number {
  const boxes = things.filter((thing) => thing.name === name && thing.score >= scores.counted).map(({ box }) => box);
  const kept: (typeof boxes)[number][] = [];
  for (const box of boxes) if (kept.every((other) => sharedShare(box, other) < 0.7)) kept.push(box);
  return kept.length;
}

/** How much of the smaller box the other one covers. */
function sharedShare(a: JudgedLook['things'][number]['box'], b: typeof a): number {
  const across = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const down = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return across <= 0 || down <= 0 ? 0 : (across * down) / Math.min(a[2] * a[3], b[2] * b[3]);
}

/**
 * Stretches of looks in which something holds; one look in which it does not is passed over. In films two looks have to
 * agree, unless the shot has no more.
 */
function runs(found: Found, holds: (look: JudgedLook) => boolean): Run[] {
  const { everyTicks, durationTicks, looks, cuts } = found;
  const shotOf = (ticks: Ticks) => cuts.filter((cut) => cut.ticks <= ticks).length;
  const made: JudgedLook[][] = [];
  let before: JudgedLook | null = null;
  for (const look of looks) {
    if (!holds(look)) continue;
    const goesOn =
      before !== null && look.ticks - before.ticks <= 2.5 * everyTicks && shotOf(look.ticks) === shotOf(before.ticks);
    if (goesOn) made.at(-1)!.push(look);
    else made.push([look]);
    before = look;
  }
  return made
    .filter((run) => run.length > 1 || onlyLook(found, run[0]!, shotOf))
    .map((run) => {
      const [first, last] = [run[0]!, run.at(-1)!];
      const shot = shotOf(first.ticks);
      const ends = cuts[shot]?.ticks ?? durationTicks;
      const begins = shot === 0 ? 0 : cuts[shot - 1]!.ticks;
      // a look stands for the time around it
      return {
        looks: run,
        fromTicks: Math.max(begins, first.ticks - Math.round(everyTicks / 2)),
        toTicks: Math.max(first.ticks, Math.min(ends, last.ticks + Math.round(everyTicks / 2))),
      };
    });
}

function onlyLook({ looks }: Found, look: JudgedLook, shotOf: (ticks: Ticks) => number): boolean {
  return looks.filter(({ ticks }) => shotOf(ticks) === shotOf(look.ticks)).length === 1;
}
