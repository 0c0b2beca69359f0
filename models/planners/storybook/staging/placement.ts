/** Maps a figure's drawing onto the frame. */
import { viewAt, type Camera } from './camera.ts';
import type { PlacedFigure } from './motion.ts';
import { poseAt, wrap } from './pose.ts';

/** Share of the camera's pan by which figures move. */
const figureParallax = 0.4 + 0.75 * 0.7;

/** Length of the plane's input `layout` for a figure at a moment: used, a..f, legs, wave height, wave phase. */
export const placementLength = 10;

/**
 * The figure's placement at `t` of `duration` seconds in the form of the plane's input `layout`
 * (families/video/contract.ts). `offset`, in frame heights, is that of a moving mask that carries the figure.
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
  // Rotation as seen: the figure's less the camera's.
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

/** The first and the last frame of latent `k` of a request, the two moments that describe it. */
export function momentsOf(k: number): readonly [number, number] {
  return k === 0 ? [0, 0] : [4 * k - 3, 4 * k];
}
