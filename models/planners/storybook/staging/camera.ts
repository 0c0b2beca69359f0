/** A camera move, defined for clips of any length. */
export interface Camera {
  /** Frame heights per second. */
  readonly pan: number;
  /** Change of scale per second; negative zooms out. */
  readonly zoom: number;
  /** Frame heights per second, downwards. */
  readonly tilt: number;
  readonly shakes: boolean;
  readonly rolls: boolean;
}

const still: Camera = { pan: 0, zoom: 0, tilt: 0, shakes: false, rolls: false };
/** Camera moves by the pack's names. */
export const cameras: Readonly<Record<string, Camera>> = {
  still,
  'pan left': { ...still, pan: -0.16 },
  'pan right': { ...still, pan: 0.16 },
  'push in': { ...still, zoom: 0.12 },
  'pull out': { ...still, zoom: -0.12 },
  'tilt up': { ...still, tilt: -0.12 },
  'tilt down': { ...still, tilt: 0.12 },
  shake: { ...still, shakes: true },
  roll: { ...still, rolls: true },
};

/** Largest zoom of the painted world in training. */
const largestZoom = 1.5;
/** How far the camera travels before it rests, in frame heights: the world in training ends there. */
const longestPan = 0.5;
/** Scale of cameras that tilt, shake or roll, large enough that they never see past the picture's edge. */
const nearer = { tilt: 1.15, shake: 1.06, roll: 1.16, pullOut: 1.24 } as const;
const farthestTilt = 0.06;

/** Seconds until the camera comes to rest; Infinity if it never does. */
export function secondsUntilRest(camera: Camera): number {
  if (camera.shakes || camera.rolls) return Infinity;
  if (camera.pan !== 0) return longestPan / Math.abs(camera.pan);
  if (camera.tilt !== 0) return (2 * farthestTilt) / Math.abs(camera.tilt);
  return camera.zoom === 0
    ? 0
    : camera.zoom > 0
      ? (largestZoom - 1) / camera.zoom
      : (nearer.pullOut - 1) / -camera.zoom;
}

/** The view at `t` of `duration` seconds: pan and tilt in frame heights, roll in radians. */
export function viewAt(
  camera: Camera,
  t: number,
  duration: number,
): { pan: number; tilt: number; zoom: number; roll: number } {
  const pan =
    Math.sign(camera.pan) * Math.min(longestPan, Math.abs(camera.pan) * Math.max(0, t)) -
    camera.pan * Math.min(0.5, duration / 2);
  if (camera.tilt !== 0)
    return {
      pan,
      tilt: Math.max(-farthestTilt, Math.min(farthestTilt, camera.tilt * t - Math.sign(camera.tilt) * farthestTilt)),
      zoom: nearer.tilt,
      roll: 0,
    };
  if (camera.shakes)
    return {
      pan: pan + 0.012 * Math.sin(23 * t) + 0.008 * Math.sin(37 * t),
      tilt: 0.012 * Math.sin(29 * t + 1),
      zoom: nearer.shake,
      roll: 0,
    };
  if (camera.rolls) return { pan, tilt: 0, zoom: nearer.roll, roll: 0.07 * Math.sin((2 * Math.PI * t) / 2.4) };
  return {
    pan,
    tilt: 0,
    zoom: camera.zoom < 0 ? Math.max(1, nearer.pullOut + camera.zoom * t) : Math.min(largestZoom, 1 + camera.zoom * t),
    roll: 0,
  };
}

/** Length of the plane's input `camera` for one moment. */
export const cameraLength = 5;

/** The view at `t` of `duration` seconds in the form of the plane's input `camera` (families/video/contract.ts). */
export function cameraAt(
  camera: Camera,
  t: number,
  duration: number,
): readonly [told: 1, pan: number, tilt: number, zoom: number, roll: number] {
  const { pan, tilt, zoom, roll } = viewAt(camera, t, duration);
  return [1, pan, tilt, zoom, roll];
}
