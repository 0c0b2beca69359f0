/** Where a figure is and what it does at a moment: closed forms of time, so frames may be drawn in any order. */
import type { MotionName } from './names.ts';
import type { StageFigure } from './scene.ts';

/** Speeds of what travels, in the figure's own heights a second, and lengths of a cycle in heights. */
const travelling: Partial<Record<MotionName, { readonly speed: number; readonly stride: number }>> = {
  walk: { speed: 0.55, stride: 0.44 },
  run: { speed: 1.2, stride: 0.64 },
  drive: { speed: 1.3, stride: 1 },
  fly: { speed: 1, stride: 0.7 },
  swim: { speed: 0.7, stride: 0.5 },
  roll: { speed: 0.9, stride: Math.PI },
  slide: { speed: 1.1, stride: 1 },
};

/** A figure at a moment; lengths are in people's heights. */
export interface Moment {
  readonly x: number;
  readonly z: number;
  /** Height of its feet above the ground. */
  readonly lift: number;
  /** Radians, clockwise as seen. */
  readonly rotation: number;
  readonly stretchX: number;
  readonly stretchY: number;
  /** 1 towards its own way, -1 back; in between it turns. */
  readonly facing: number;
  /** Cycle in turns, and its length in the figure's heights; a stride of 0 stands. */
  readonly phase: number;
  readonly stride: number;
  /** 0 walks, 1 runs. */
  readonly run: number;
  /** Seconds on its own clock, for what moves in place. */
  readonly clock: number;
}

/** The figure at `seconds` of a shot of `duration` seconds. */
export function momentOf(figure: StageFigure, seconds: number, duration: number): Moment {
  const { carried, ...alone } = figure;
  if (carried && carried.motion !== 'stand') {
    const under = momentOf({ ...alone, ...carried }, seconds, duration);
    return { ...under, phase: figure.phase, stride: 0, run: 0, stretchX: 1, stretchY: 1 };
  }
  const clock = seconds - figure.lag;
  const still: Moment = {
    x: figure.x,
    z: figure.z,
    lift: figure.y,
    rotation: 0,
    stretchX: 1,
    stretchY: 1,
    facing: 1,
    phase: figure.phase,
    stride: 0,
    run: 0,
    clock,
  };
  const travel = travelling[figure.motion];
  if (!travel) return { ...still, ...(inPlace[figure.motion] ?? breathe)(figure, clock) };
  const path = pathAt(figure, clock, duration, travel.speed * figure.height);
  const phase = figure.phase + path.moved / (travel.stride * figure.height);
  const base = { ...still, x: path.x, facing: path.facing, phase, stride: travel.stride };
  return { ...base, ...(underway[figure.motion] ?? glide)(figure, base) };
}

interface Path {
  readonly x: number;
  readonly moved: number;
  readonly facing: number;
}

/** How long a turn takes, in seconds. */
const turnSeconds = 0.45;

/** Straight on where the shot is short enough; else back and forth between the turning points. */
function pathAt(figure: StageFigure, clock: number, duration: number, speed: number): Path {
  const moved = speed * (clock - duration / 2);
  if (speed * duration <= 2 * figure.reach) return { x: figure.x + figure.way * moved, moved, facing: 1 };
  const length = 2 * figure.reach;
  const walked = moved + (speed * duration) / 2 + length * 0.15;
  const along = ((walked % (2 * length)) + 2 * length) % (2 * length);
  const isBack = along > length;
  const toTurn = Math.min(along % length, length - (along % length)) / speed;
  const facing = Math.min(1, toTurn / (turnSeconds / 2)) * (isBack ? -1 : 1);
  return { x: figure.x + figure.way * ((isBack ? 2 * length - along : along) - figure.reach), moved: walked, facing };
}

type Change = (figure: StageFigure, moment: Moment) => Partial<Moment>;

const turns = 2 * Math.PI;

const onFoot =
  (run: number): Change =>
  (figure, { phase }) => ({
    run,
    lift: figure.y + figure.height * (0.012 + 0.028 * run) * Math.abs(Math.sin(turns * phase)),
    rotation: figure.way * (0.02 + 0.03 * run) * Math.sin(turns * phase + 0.5),
    stretchY: 1 - 0.015 * Math.cos(2 * turns * phase),
  });

const glide: Change = () => ({});

const underway: Partial<Record<MotionName, Change>> = {
  walk: onFoot(0),
  run: onFoot(1),
  drive: (figure, { phase }) => ({
    lift: figure.y + figure.height * 0.008 * Math.abs(Math.sin(3 * turns * phase)),
    rotation: 0.008 * Math.sin(2 * turns * phase),
  }),
  fly: (figure, { phase }) => ({
    lift: figure.y + figure.height * 0.08 * Math.sin(0.5 * turns * phase),
    rotation: figure.way * -0.06 * Math.cos(0.5 * turns * phase),
  }),
  swim: (figure, { phase }) => ({ lift: figure.y + figure.height * 0.06 * Math.sin(0.5 * turns * phase) }),
  roll: (figure, { x }) => ({ rotation: (x - figure.x) / (figure.height * 0.5), facing: 1 }),
  slide: (figure) => ({ rotation: -figure.way * 0.06 }),
};

type InPlace = (figure: StageFigure, clock: number) => Partial<Moment>;

const cycle = (figure: StageFigure, clock: number, seconds: number): number => {
  const turn = figure.phase + clock / seconds;
  return turn - Math.floor(turn);
};

const breathe: InPlace = ({ phase }, clock) => ({ stretchY: 1 + 0.012 * Math.sin(turns * (phase + clock / 2.2)) });

const inPlace: Partial<Record<MotionName, InPlace>> = {
  jump: (figure, clock) => {
    const at = cycle(figure, clock, 0.9);
    const crouch = at < 0.22 ? Math.sin((at / 0.22) * Math.PI) : 0;
    const air = Math.min(1, Math.max(0, (at - 0.22) / 0.58));
    const land = at >= 0.8 ? Math.sin(((at - 0.8) / 0.2) * Math.PI) : 0;
    const stretchY = 1 - 0.14 * crouch - 0.16 * land + (air > 0 && air < 1 ? 0.08 * (1 - Math.abs(2 * air - 1)) : 0);
    return { lift: figure.y + 4 * air * (1 - air) * 0.4 * figure.height, stretchY, stretchX: 2 - stretchY };
  },
  bounce: (figure, clock) => {
    const fall = 2 * cycle(figure, clock, 0.7) - 1;
    const lift = 0.5 * figure.height * (1 - fall * fall);
    const touch = Math.max(0, 1 - (6 * lift) / figure.height);
    return { lift: figure.y + lift, stretchY: 1 - 0.18 * touch, stretchX: 1 + 0.14 * touch };
  },
  dance: (figure, clock) => {
    const beat = turns * (figure.phase + clock / 1);
    return {
      rotation: 0.09 * Math.sin(beat),
      x: figure.x + 0.07 * figure.height * Math.sin(beat),
      stretchY: 1 - 0.045 * Math.cos(2 * beat),
      stretchX: 1 + 0.035 * Math.cos(2 * beat),
      lift: figure.y + 0.025 * figure.height * Math.abs(Math.sin(beat)),
    };
  },
  spin: (figure, clock) => ({ facing: Math.cos(turns * (figure.phase + clock / 1.6)) }),
  float: (figure, clock) => {
    const bob = turns * (figure.phase + clock / 2.4);
    return { lift: figure.y + figure.height * 0.1 * Math.sin(bob), rotation: 0.07 * Math.sin(bob + 0.8) };
  },
  fall: (figure, clock) => {
    const at = cycle(figure, clock, 2);
    const lift = figure.height * 1.2 * (1 - at * at);
    const touch = Math.max(0, 1 - (8 * lift) / figure.height);
    return {
      lift: figure.y + lift,
      rotation: 0.1 * Math.sin(2 * turns * at),
      stretchY: 1 - 0.16 * touch,
      stretchX: 1 + 0.12 * touch,
    };
  },
  rise: (figure, clock) => {
    const at = cycle(figure, clock, 2.6);
    return { lift: figure.y + figure.height * 1.2 * at * (2 - at), rotation: 0.06 * Math.sin(2 * turns * at) };
  },
  swing: (figure, clock) => {
    const rotation = 0.45 * Math.sin(turns * (figure.phase + clock / 1.8));
    return {
      rotation,
      x: figure.x - figure.height * 0.8 * Math.sin(rotation),
      lift: figure.y + figure.height * (0.12 + 0.8 * (1 - Math.cos(rotation))),
    };
  },
  shake: (figure, clock) => {
    const beat = turns * (figure.phase + clock / 0.19);
    return { x: figure.x + figure.height * 0.025 * Math.sin(beat), rotation: 0.035 * Math.sin(beat + 0.7) };
  },
};
