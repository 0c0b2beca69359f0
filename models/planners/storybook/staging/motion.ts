/**
 * The motions of figures. Here and beside: lengths in frame heights, time in seconds, y downwards; closed forms of
 * time, as the training's clips were drawn (models/training/world), for clips of any length.
 */
export const motionNames = [
  'walk',
  'run',
  'jump',
  'stand',
  'dance',
  'spin',
  'drive',
  'fly',
  'float',
  'swim',
  'bounce',
  'roll',
  'slide',
  'fall',
  'rise',
  'swing',
  'shake',
] as const;
/** One of the motions. */
export type MotionName = (typeof motionNames)[number];

/** Frame heights a second of motions that travel. */
export const speeds: Partial<Record<MotionName, number>> = {
  walk: 0.26,
  run: 0.5,
  drive: 0.5,
  fly: 0.42,
  swim: 0.3,
  roll: 0.4,
  slide: 0.45,
};

/** Whether a motion travels. */
export function isDirected(motion: MotionName): boolean {
  return motion in speeds;
}

/** One figure of the plan. */
export interface PlacedFigure {
  readonly motion: MotionName;
  /** +1 to the right, -1 to the left. */
  readonly way: 1 | -1;
  /** Middle of its path, from the frame's middle. */
  readonly x: number;
  /** Where its feet stand, 0 the frame's top, 1 its bottom. */
  readonly foot: number;
  readonly height: number;
  /** Of its drawing. */
  readonly aspect: number;
  /** Of its cycle at the start, 0..1. */
  readonly phase: number;
  /** Half of the stretch that it keeps to when it goes to and fro. */
  readonly reach: number;
  readonly legged: boolean;
  /** Fish, and whoever swims: the body waves. */
  readonly waves: boolean;
  /** Standing on the ground; else hanging in water or space. */
  readonly grounded: boolean;
  /** Flyers and swimmers turn in the air. */
  readonly airborne: boolean;
  /** Seconds by which it lags behind its own path: followers. */
  readonly lag: number;
}
