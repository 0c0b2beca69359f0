/** The pose of a figure at one moment. */
import { isDirected, speeds, type MotionName, type PlacedFigure } from './motion.ts';

/** A pose; lengths are in frame heights. */
export interface Pose {
  /** Its centre, from the frame's middle. */
  readonly x: number;
  readonly foot: number;
  /** Height above `foot`. */
  readonly lift: number;
  /** Radians. */
  readonly rotation: number;
  /** Negative if turned round. */
  readonly stretchX: number;
  readonly stretchY: number;
  /** Swing of the legs, -1..1. */
  readonly gait: number;
  /** Phase of the body's wave, in cycles. */
  readonly wave: number;
}

const twoPi = 2 * Math.PI;
/** Height of flying and floating figures above their ground. */
const hover = 0.16;

/** The fraction of a cycle, 0..1. */
export const wrap = (value: number): number => value - Math.floor(value);

/** The pose at `t` of `duration` seconds. */
export function poseAt(figure: PlacedFigure, t: number, duration: number): Pose {
  const rest: Pose = {
    x: figure.x,
    foot: figure.foot,
    lift: 0,
    rotation: 0,
    stretchX: 1,
    stretchY: 1,
    gait: 0,
    wave: 0,
  };
  const { motion } = figure;
  if (!isDirected(motion)) return { ...rest, ...(inPlace[motion] ?? breathe)(figure, t) };
  const step = travel(figure, t, duration);
  const cycle = twoPi * (figure.phase + step.moved / (strides[motion] ?? 0.3));
  return { ...rest, x: step.x, stretchX: step.facing, ...(directed[motion] ?? swim)(figure, { ...step, cycle }) };
}

interface Step {
  readonly x: number;
  /** Distance from the position in the middle of the clip. */
  readonly moved: number;
  /** -1..1; passes through 0 while turning. */
  readonly facing: number;
}

/** Position of a directed figure; in long clips it goes back and forth and turns at the ends of its reach. */
function travel(figure: PlacedFigure, t: number, duration: number): Step {
  const speed = speeds[figure.motion] ?? 0;
  // Measured from the middle of the clip, as in training: the gait's phase depends on it.
  const moved = speed * (t - figure.lag - duration / 2);
  if (speed * duration <= 2 * figure.reach) return { x: figure.x + figure.way * moved, moved, facing: 1 };
  const length = 2 * figure.reach;
  const along = (((moved + (speed * duration) / 2 + length * 0.15) % (2 * length)) + 2 * length) % (2 * length);
  const isBack = along > length;
  const toTurn = Math.min(along % length, length - (along % length));
  const facing = Math.max(0.06, Math.min(1, toTurn / 0.05)) * (isBack ? -1 : 1);
  return { x: figure.x + figure.way * ((isBack ? 2 * length - along : along) - figure.reach), moved, facing };
}

type Directed = (figure: PlacedFigure, step: Step & { readonly cycle: number }) => Partial<Pose>;
type InPlace = (figure: PlacedFigure, t: number) => Partial<Pose>;

/** Distance covered by one cycle. */
const strides: Partial<Record<MotionName, number>> = { walk: 0.17, run: 0.24 };

const wayOf = (figure: PlacedFigure, facing: number): number => figure.way * Math.sign(facing);

const onFoot =
  (swing: number, bounce: number, sway: number): Directed =>
  (figure, { cycle, facing }) => ({
    gait: Math.sin(cycle) * swing,
    lift: bounce * Math.abs(Math.sin(cycle)),
    rotation: wayOf(figure, facing) * sway * Math.sin(cycle + 0.5),
    stretchY: 1 - 0.02 * Math.cos(2 * cycle),
  });

const swim: Directed = (_figure, { cycle }) => ({
  wave: cycle / twoPi,
  lift: 0.025 * Math.sin(cycle * 0.5),
  gait: 0.6 * Math.sin(cycle),
});

const directed: Partial<Record<MotionName, Directed>> = {
  walk: onFoot(0.7, 0.012, 0.025),
  run: onFoot(1, 0.03, 0.06),
  roll: (figure, { x }) => ({ rotation: (x - figure.x) / (figure.height * 0.5), stretchX: 1 }),
  drive: (_figure, { cycle }) => ({
    lift: 0.004 * Math.abs(Math.sin(cycle * 3)),
    rotation: 0.008 * Math.sin(cycle * 2),
  }),
  slide: (figure, { cycle, facing }) => ({ rotation: -wayOf(figure, facing) * (0.07 + 0.03 * Math.sin(cycle * 0.3)) }),
  fly: (figure, { cycle }) => ({
    lift: (figure.grounded ? hover : 0) + 0.03 * Math.sin(cycle * 0.5),
    rotation: 0.1 * Math.cos(cycle * 0.5),
  }),
  swim,
};

/** A standing figure breathes. */
const breathe: InPlace = ({ phase }, t) => ({ stretchY: 1 + 0.015 * Math.sin(twoPi * (phase + t / 2)) });

const jump: InPlace = ({ phase }, t) => {
  const p = wrap(phase + t / 0.8);
  const crouch = p < 0.22 ? Math.sin((p / 0.22) * Math.PI) : 0;
  const air = Math.min(1, Math.max(0, (p - 0.22) / 0.58));
  const isFlying = p > 0.22 && p < 0.8;
  const land = p >= 0.8 ? Math.sin(((p - 0.8) / 0.2) * Math.PI) : 0;
  const stretchY = 1 - 0.14 * crouch - 0.16 * land + (isFlying ? 0.08 * (1 - Math.abs(2 * air - 1)) : 0);
  return { lift: isFlying ? 4 * air * (1 - air) * 0.17 : 0, stretchY, stretchX: 2 - stretchY };
};

const bounce: InPlace = ({ phase }, t) => {
  const fall = 2 * wrap(phase + t / 0.7) - 1;
  const lift = 0.22 * (1 - fall * fall);
  const touch = Math.max(0, 1 - 6 * lift);
  return { lift, stretchY: 1 - 0.18 * touch, stretchX: 1 + 0.14 * touch };
};

const dance: InPlace = ({ x, phase }, t) => {
  const beat = twoPi * (phase + t / 0.75);
  return {
    rotation: 0.16 * Math.sin(beat),
    x: x + 0.04 * Math.sin(beat),
    stretchY: 1 - 0.06 * Math.cos(2 * beat),
    stretchX: 1 + 0.05 * Math.cos(2 * beat),
    lift: 0.012 * Math.abs(Math.sin(beat)),
  };
};

const spin: InPlace = ({ phase, airborne, grounded }, t) => ({
  stretchX: Math.cos(twoPi * (phase + t / 1.6)),
  lift: airborne && grounded ? 0.1 : 0,
});

const float: InPlace = ({ phase, grounded }, t) => {
  const bob = twoPi * (phase + t / 1.5);
  return { lift: (grounded ? hover : 0) + 0.04 * Math.sin(bob), rotation: 0.08 * Math.sin(bob + 0.8) };
};

const fallOrRise =
  (isFall: boolean): InPlace =>
  ({ phase, grounded }, t) => {
    const p = wrap(phase + t / 2);
    const there = isFall ? 1 - p * p : p * (2 - p);
    const lift = grounded ? 0.34 * there : 0.3 * there - 0.15;
    const rotation = 0.1 * Math.sin(twoPi * 2 * p);
    if (!isFall || !grounded) return { lift, rotation };
    const touch = Math.max(0, 1 - 8 * lift);
    return { lift, rotation, stretchY: 1 - 0.16 * touch, stretchX: 1 + 0.12 * touch };
  };

const swing: InPlace = ({ x, phase }, t) => {
  const rotation = 0.5 * Math.sin(twoPi * (phase + t / 1.8));
  return { rotation, x: x - 0.34 * Math.sin(rotation), lift: 0.06 + 0.34 * (1 - Math.cos(rotation)) };
};

const shake: InPlace = ({ x, phase }, t) => {
  const beat = twoPi * (phase + t / 0.19);
  return { x: x + 0.012 * Math.sin(beat), rotation: 0.035 * Math.sin(beat + 0.7) };
};

const inPlace: Partial<Record<MotionName, InPlace>> = {
  jump,
  bounce,
  dance,
  spin,
  float,
  fall: fallOrRise(true),
  rise: fallOrRise(false),
  swing,
  shake,
};
