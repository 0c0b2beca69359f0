/**
 * The motions of figures. In this folder lengths are in frame heights, times in seconds, y downwards. Motions are
 * closed forms of time for clips of any length, as in the training clips (models/training/world).
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

/** Speed of motions that travel, in frame heights per second. */
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

/** One figure of a plan. */
export interface PlacedFigure {
  readonly motion: MotionName;
  /** +1 to the right, -1 to the left. */
  readonly way: 1 | -1;
  /** Middle of its path, from the frame's middle. */
  readonly x: number;
  /** Position of its feet, 0 at the frame's top, 1 at its bottom. */
  readonly foot: number;
  readonly height: number;
  /** Width over height of its drawing. */
  readonly aspect: number;
  /** Phase of its cycle at the start, 0..1. */
  readonly phase: number;
  /** Half the distance between its turning points. */
  readonly reach: number;
  readonly legged: boolean;
  /** The body waves, as that of fish and swimmers. */
  readonly waves: boolean;
  /** Stands on the ground; otherwise floats in water or space. */
  readonly grounded: boolean;
  /** Flies or swims, and turns without touching the ground. */
  readonly airborne: boolean;
  /** Seconds by which it lags behind its path, for followers. */
  readonly lag: number;
}
