/**
 * The camera: true perspective over a flat ground. World lengths are in people's heights (x right, y up, z away from
 * the viewer), screen lengths in frame heights from the frame's middle (x right, y down).
 */

/** Where the camera stands at a moment. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Focal length in frame heights. */
  readonly focal: number;
  /** The horizon's place on the screen; negative is above the middle. */
  readonly horizon: number;
  /** Radians, clockwise. */
  readonly roll: number;
  /** Enlargement about the frame's middle. */
  readonly zoom: number;
}

/** The view from which places are painted. */
export const homeView: View = { x: 0, y: 0.95, z: 0, focal: 1.5, horizon: -0.05, roll: 0, zoom: 1 };

/** Whether the camera rests where places are painted from. */
export const isAtHome = (view: View): boolean =>
  view.x === homeView.x &&
  view.z === homeView.z &&
  view.horizon === homeView.horizon &&
  view.zoom === 1 &&
  view.roll === 0;

/** A point on the screen before roll and zoom, and the length of one world unit there. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Projects a point of the world. `z` must lie in front of the camera. */
export function project(view: View, x: number, y: number, z: number): Projected {
  const scale = view.focal / (z - view.z);
  return { x: scale * (x - view.x), y: view.horizon + scale * (view.y - y), scale };
}

/** Distance of the ground that the home view shows at screen height `y` below the horizon. */
export const groundDistance = (view: View, y: number): number => (view.focal * view.y) / (y - view.horizon);
