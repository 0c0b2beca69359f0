/**
 * A scene as a take carries it: everything that decides its pixels. The same scene draws the same frames on every
 * machine, so an edit changes the scene and leaves untouched pixels identical.
 */
import type { CameraMove } from './cameraMoves.ts';
import type { MotionName, TimeName, WeatherName } from './names.ts';
import type { PlaceName } from './places/places.ts';

/** One figure of a scene. Lengths are in people's heights; x from the middle, z from the viewer. */
export interface StageFigure {
  /** Name in the cast. */
  readonly name: string;
  /** '' as drawn. */
  readonly colour: string;
  /** 'red hat', 'crown'; '' for nothing. */
  readonly wears: string;
  /** Skin tone, 1 light to 5 dark; 0 as drawn. */
  readonly tone: number;
  readonly height: number;
  readonly motion: MotionName;
  /** 1 to the right, -1 to the left. */
  readonly way: 1 | -1;
  /** Middle of its path. */
  readonly x: number;
  readonly z: number;
  /** Height of its feet above the ground: flyers, and what stands on something. */
  readonly y: number;
  /** Where its cycle stands at the beginning, 0 to 1. */
  readonly phase: number;
  /** Half the way between its turning points. */
  readonly reach: number;
  /** Seconds by which it follows its path, for followers. */
  readonly lag: number;
  /** What it sits on: it goes where that goes. */
  readonly carried?: { readonly motion: MotionName; readonly height: number };
}

/** A scene. */
export interface StageScene {
  readonly version: 1;
  readonly seed: number;
  readonly place: PlaceName;
  readonly time: TimeName;
  readonly weather: WeatherName;
  readonly camera: CameraMove;
  /** Seconds of the shot: paths are centred in it. */
  readonly duration: number;
  readonly figures: readonly StageFigure[];
}
