/**
 * How figures move: closed forms of time, the ones the world's clips were drawn with (models/training/world/render.py,
 * `_pose` and `layout`), stretched to clips of any length. Lengths in frame heights, time in seconds, y downwards.
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
export type MotionName = (typeof motionNames)[number];

/** Frame heights a second. */
const speeds: Partial<Record<MotionName, number>> = {
  walk: 0.26,
  run: 0.5,
  drive: 0.5,
  fly: 0.42,
  swim: 0.3,
  roll: 0.4,
  slide: 0.45,
};

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

export interface Camera {
  /** Frame heights a second. */
  readonly pan: number;
  /** Growth a second; below nothing it moves out. */
  readonly zoom: number;
  /** Frame heights a second, downwards. */
  readonly tilt: number;
  readonly shakes: boolean;
  readonly rolls: boolean;
}

const still: Camera = { pan: 0, zoom: 0, tilt: 0, shakes: false, rolls: false };
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

/** How much of the camera's pan a figure's plane moves by. */
const figureParallax = 0.4 + 0.75 * 0.7;
/** The painted world was never seen larger. */
const largestZoom = 1.5;
/** How far the camera travels before it comes to rest: the world beyond was never painted. */
const longestPan = 0.5;
/** A camera that tilts, shakes or rolls stands a little nearer, so that it never sees past the picture's edge. */
const nearer = { tilt: 1.15, shake: 1.06, roll: 1.16, pullOut: 1.24 } as const;
const farthestTilt = 0.06;
const twoPi = 2 * Math.PI;

/** Seconds until the camera has come to rest; without end where it never does. */
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

/** Where it looks at `t` of `duration` seconds: pan and tilt in frame heights, roll in radians. */
function viewAt(
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
  if (camera.rolls) return { pan, tilt: 0, zoom: nearer.roll, roll: 0.07 * Math.sin((twoPi * t) / 2.4) };
  return {
    pan,
    tilt: 0,
    zoom: camera.zoom < 0 ? Math.max(1, nearer.pullOut + camera.zoom * t) : Math.min(largestZoom, 1 + camera.zoom * t),
    roll: 0,
  };
}

/** Numbers that say where the camera looks at one moment. */
export const cameraLength = 5;

/**
 * The camera at `t` of `duration` seconds as the figure plane is told of it (contract.ts, `camera`): told, pan, tilt,
 * zoom, roll.
 */
export function cameraAt(
  camera: Camera,
  t: number,
  duration: number,
): readonly [told: 1, pan: number, tilt: number, zoom: number, roll: number] {
  const { pan, tilt, zoom, roll } = viewAt(camera, t, duration);
  return [1, pan, tilt, zoom, roll];
}

interface Pose {
  x: number;
  foot: number;
  lift: number;
  rotation: number;
  stretchX: number;
  stretchY: number;
  gait: number;
  wave: number;
}

const wrap = (value: number): number => value - Math.floor(value);

/** Where a directed figure is after `t` of `duration` seconds; long clips go to and fro, and it turns at the ends. */
function travel(figure: PlacedFigure, t: number, duration: number): { x: number; moved: number; facing: number } {
  const speed = speeds[figure.motion] ?? 0;
  // Counted from the middle of the clip, as the world's renderer counts: the gait's phase comes from it.
  const moved = speed * (t - figure.lag - duration / 2);
  if (speed * duration <= 2 * figure.reach) return { x: figure.x + figure.way * moved, moved, facing: 1 };
  const length = 2 * figure.reach;
  const along = (((moved + (speed * duration) / 2 + length * 0.15) % (2 * length)) + 2 * length) % (2 * length);
  const back = along > length;
  const toTurn = Math.min(along % length, length - (along % length));
  const facing = Math.max(0.06, Math.min(1, toTurn / 0.05)) * (back ? -1 : 1);
  return { x: figure.x + figure.way * ((back ? 2 * length - along : along) - figure.reach), moved, facing };
}

function poseAt(figure: PlacedFigure, t: number, duration: number): Pose {
  const pose: Pose = {
    x: figure.x,
    foot: figure.foot,
    lift: 0,
    rotation: 0,
    stretchX: 1,
    stretchY: 1,
    gait: 0,
    wave: 0,
  };
  const { motion, phase } = figure;
  if (isDirected(motion)) {
    const { x, moved, facing } = travel(figure, t, duration);
    pose.x = x;
    pose.stretchX = facing;
    const cycle = twoPi * (phase + moved / (motion === 'walk' ? 0.17 : motion === 'run' ? 0.24 : 0.3));
    const way = figure.way * Math.sign(facing);
    if (motion === 'walk' || motion === 'run') {
      const run = motion === 'run';
      pose.gait = Math.sin(cycle) * (run ? 1 : 0.7);
      pose.lift = (run ? 0.03 : 0.012) * Math.abs(Math.sin(cycle));
      pose.rotation = way * (run ? 0.06 : 0.025) * Math.sin(cycle + 0.5);
      pose.stretchY = 1 - 0.02 * Math.cos(2 * cycle);
    } else if (motion === 'roll') {
      pose.rotation = (x - figure.x) / (figure.height * 0.5);
      pose.stretchX = 1;
    } else if (motion === 'drive') {
      pose.lift = 0.004 * Math.abs(Math.sin(cycle * 3));
      pose.rotation = 0.008 * Math.sin(cycle * 2);
    } else if (motion === 'slide') {
      pose.rotation = -way * (0.07 + 0.03 * Math.sin(cycle * 0.3));
    } else if (motion === 'fly') {
      pose.lift = (figure.grounded ? 0.16 : 0) + 0.03 * Math.sin(cycle * 0.5);
      pose.rotation = 0.1 * Math.cos(cycle * 0.5);
    } else {
      pose.wave = cycle / twoPi;
      pose.lift = 0.025 * Math.sin(cycle * 0.5);
      pose.gait = 0.6 * Math.sin(cycle);
    }
  } else if (motion === 'jump') {
    const p = wrap(phase + t / 0.8);
    const crouch = p < 0.22 ? Math.sin((p / 0.22) * Math.PI) : 0;
    const air = Math.min(1, Math.max(0, (p - 0.22) / 0.58));
    const flying = p > 0.22 && p < 0.8;
    const land = p >= 0.8 ? Math.sin(((p - 0.8) / 0.2) * Math.PI) : 0;
    pose.lift = flying ? 4 * air * (1 - air) * 0.17 : 0;
    pose.stretchY = 1 - 0.14 * crouch - 0.16 * land + (flying ? 0.08 * (1 - Math.abs(2 * air - 1)) : 0);
    pose.stretchX = 2 - pose.stretchY;
  } else if (motion === 'bounce') {
    const fall = 2 * wrap(phase + t / 0.7) - 1;
    pose.lift = 0.22 * (1 - fall * fall);
    const touch = Math.max(0, 1 - 6 * pose.lift);
    pose.stretchY = 1 - 0.18 * touch;
    pose.stretchX = 1 + 0.14 * touch;
  } else if (motion === 'dance') {
    const beat = twoPi * (phase + t / 0.75);
    pose.rotation = 0.16 * Math.sin(beat);
    pose.x += 0.04 * Math.sin(beat);
    pose.stretchY = 1 - 0.06 * Math.cos(2 * beat);
    pose.stretchX = 1 + 0.05 * Math.cos(2 * beat);
    pose.lift = 0.012 * Math.abs(Math.sin(beat));
  } else if (motion === 'spin') {
    pose.stretchX = Math.cos(twoPi * (phase + t / 1.6));
    pose.lift = figure.airborne && figure.grounded ? 0.1 : 0;
  } else if (motion === 'float') {
    const bob = twoPi * (phase + t / 1.5);
    pose.lift = (figure.grounded ? 0.16 : 0) + 0.04 * Math.sin(bob);
    pose.rotation = 0.08 * Math.sin(bob + 0.8);
  } else if (motion === 'fall' || motion === 'rise') {
    const p = wrap(phase + t / 2);
    const there = motion === 'fall' ? 1 - p * p : p * (2 - p);
    pose.lift = figure.grounded ? 0.34 * there : 0.3 * there - 0.15;
    pose.rotation = 0.1 * Math.sin(twoPi * 2 * p);
    if (motion === 'fall' && figure.grounded) {
      const touch = Math.max(0, 1 - 8 * pose.lift);
      pose.stretchY = 1 - 0.16 * touch;
      pose.stretchX = 1 + 0.12 * touch;
    }
  } else if (motion === 'swing') {
    pose.rotation = 0.5 * Math.sin(twoPi * (phase + t / 1.8));
    pose.x -= 0.34 * Math.sin(pose.rotation);
    pose.lift = 0.06 + 0.34 * (1 - Math.cos(pose.rotation));
  } else if (motion === 'shake') {
    const beat = twoPi * (phase + t / 0.19);
    pose.x += 0.012 * Math.sin(beat);
    pose.rotation = 0.035 * Math.sin(beat + 0.7);
  } else {
    pose.stretchY = 1 + 0.015 * Math.sin(twoPi * (phase + t / 2));
  }
  return pose;
}

/** Numbers that say where a figure is at one moment: used, the affine map a..f, legs, wave height, wave phase. */
export const placementLength = 10;

/**
 * The figure's placement at `t` of `duration` seconds (contract.ts, `layout`). `offset` moves it by what carries it: a
 * mask
 * that moves, in frame heights.
 */
export function placementAt(
  figure: PlacedFigure,
  t: number,
  duration: number,
  camera: Camera,
  frameAspect: number,
  offset: { x: number; y: number } = { x: 0, y: 0 },
): number[] {
  const pose = poseAt(figure, t, duration);
  const { pan, tilt, zoom, roll } = viewAt(camera, t, duration);
  const hub = figure.height * (figure.motion === 'roll' ? 0.5 : 0.35);
  const cos = Math.cos(pose.rotation);
  const sin = Math.sin(pose.rotation);
  // As seen: the figure's turn less the camera's.
  const seenCos = Math.cos(pose.rotation - roll) / zoom;
  const seenSin = Math.sin(pose.rotation - roll) / zoom;
  const stretchX = Math.abs(pose.stretchX) < 0.06 ? 0.06 : pose.stretchX;
  const across = (2 * figure.way) / (figure.height * figure.aspect * stretchX);
  const down = 2 / (figure.height * pose.stretchY);
  const shiftX = pose.x + offset.x - pan * figureParallax;
  const shiftY = (0.5 - 0.6) / zoom + 0.6 + tilt - (pose.foot + offset.y - pose.lift) + hub;
  const half = frameAspect / 2;
  return [
    1,
    across * seenCos * half,
    across * seenSin * 0.5,
    across * (-cos * shiftX + sin * shiftY),
    -down * seenSin * half,
    down * seenCos * 0.5,
    down * (sin * shiftX + cos * shiftY - hub) + 1,
    figure.legged ? pose.gait : 0,
    figure.waves ? 0.045 : 0,
    wrap(pose.wave),
  ];
}

/** Moments, in frames of the request, that its latent `k` stands for: its first and last frame. */
export function momentsOf(k: number): readonly [number, number] {
  return k === 0 ? [0, 0] : [4 * k - 3, 4 * k];
}
