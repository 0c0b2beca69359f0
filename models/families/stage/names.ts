/** Names that a scene is described with. */

/** Motions of figures. */
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

/** Times of day. */
export const timeNames = ['day', 'sunset', 'night'] as const;
/** One of the times of day. */
export type TimeName = (typeof timeNames)[number];

/** Kinds of weather. */
export const weatherNames = ['clear', 'rain', 'snowfall', 'fog', 'leaves', 'sparks'] as const;
/** One of the kinds of weather. */
export type WeatherName = (typeof weatherNames)[number];
