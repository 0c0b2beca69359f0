/** Camera moves as closed forms of time, for shots of any length. */
import { homeView, type View } from './camera.ts';
import { clamp } from './noise.ts';

/** Names of the moves. */
export const cameraMoves = [
  'still',
  'pan left',
  'pan right',
  'push in',
  'pull out',
  'tilt up',
  'tilt down',
  'shake',
  'roll',
] as const;
/** One of the moves. */
export type CameraMove = (typeof cameraMoves)[number];

/** People's heights a second, and how far at most. */
const pan = { speed: 0.34, farthest: 1.1 } as const;
const zoom = { speed: 0.07, largest: 1.45 } as const;
const tilt = { speed: 0.05, farthest: 0.07 } as const;

/** How far sideways a move may take the camera, so that places are painted wide enough. */
export const travelOf = (move: CameraMove): number =>
  move.startsWith('pan') ? pan.farthest : move === 'shake' ? 0.06 : 0.02;

/** The view of a move at `seconds` of a shot of `duration` seconds. */
export function viewAt(move: CameraMove, seconds: number, duration: number): View {
  const way = move === 'pan right' || move === 'tilt down' ? 1 : -1;
  switch (move) {
    case 'still':
      return homeView;
    case 'pan left':
    case 'pan right':
      return { ...homeView, x: way * along(seconds, duration, pan.speed, pan.farthest) };
    case 'push in':
      return { ...homeView, zoom: Math.min(zoom.largest, 1 + zoom.speed * seconds) };
    case 'pull out':
      return {
        ...homeView,
        zoom: Math.max(1, 1 + zoom.speed * Math.max(1, Math.min(duration, 5)) - zoom.speed * seconds),
      };
    case 'tilt up':
    case 'tilt down':
      return {
        ...homeView,
        zoom: 1.12,
        horizon: homeView.horizon - way * along(seconds, duration, tilt.speed, tilt.farthest),
      };
    case 'shake':
      return {
        ...homeView,
        zoom: 1.05,
        x: 0.03 * Math.sin(23 * seconds) + 0.018 * Math.sin(37 * seconds),
        horizon: homeView.horizon + 0.008 * Math.sin(29 * seconds + 1),
      };
    case 'roll':
      return { ...homeView, zoom: 1.16, roll: 0.06 * Math.sin((2 * Math.PI * seconds) / 2.6) };
  }
}

/** From one side of the middle to the other, at rest where the move ends. */
function along(seconds: number, duration: number, speed: number, farthest: number): number {
  const half = Math.min(farthest, (speed * duration) / 2);
  return clamp(speed * seconds - half, -half, half);
}
