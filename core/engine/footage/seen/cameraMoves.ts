/** What the camera does over a shot, in words, from how the picture as a whole moves. Pure. */
import type { momentNames } from '../../../contract/seen.ts';

/** A word for the camera. */
export type CameraName = (typeof momentNames.camera)[number];

/** From one looked-at frame to the next. */
export interface CameraStep {
  /** Seconds of the file at the later frame. */
  readonly seconds: number;
  /** How far the picture's middle went, in widths of the picture: to the right and down. */
  readonly right: number;
  readonly down: number;
  /** How many times as large things became. */
  readonly zoom: number;
}

/** A stretch with its word, s of the file. */
export interface CameraStretch {
  readonly name: CameraName;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Set on the clips named in README.md. */
const thresholds = {
  /** Widths a second. */
  pan: 0.045,
  tilt: 0.04,
  /** Growth a second. */
  zoom: 0.05,
  /** Root mean square of what is left of a second's path beside a smooth one, widths. */
  shake: 0.0022,
  /** Widths a second below which a camera counts as still. */
  still: 0.006,
  stillShake: 0.0008,
};
const windowSeconds = 1.2;
/** Shorter stretches are left out. */
const shortestSeconds = 0.8;

/** Words for one shot; several may hold at once. */
export function cameraMoves(fromSeconds: number, steps: readonly CameraStep[], isStill: boolean): CameraStretch[] {
  const toSeconds = steps.at(-1)?.seconds ?? fromSeconds;
  if (toSeconds - fromSeconds < shortestSeconds) return [];
  if (isStill) return [{ name: 'still', fromSeconds, toSeconds }];
  const stretches: CameraStretch[] = [];
  const hop = windowSeconds / 2;
  for (let from = fromSeconds; from < toSeconds; from += hop) {
    const to = Math.min(toSeconds, from + windowSeconds);
    const inside = steps.filter(({ seconds }) => seconds > from && seconds <= to + 1e-6);
    if (inside.length < 4) break;
    // a window's middle stands for it: its words are those of half a window on each side
    const middle = (from + to) / 2;
    const span = { fromSeconds: from === fromSeconds ? from : middle - hop / 2, toSeconds: middle + hop / 2 };
    const isLast = from + hop >= toSeconds || to === toSeconds;
    for (const name of namesOf(inside, to - from))
      extend(stretches, { name, ...span, toSeconds: isLast ? toSeconds : span.toSeconds });
    if (to === toSeconds) break;
  }
  return stretches.filter((stretch) => stretch.toSeconds - stretch.fromSeconds >= shortestSeconds);
}

function extend(stretches: CameraStretch[], next: CameraStretch): void {
  const at = stretches.findLastIndex(({ name }) => name === next.name);
  const last = stretches[at];
  if (last && next.fromSeconds - last.toSeconds < 0.1) stretches[at] = { ...last, toSeconds: next.toSeconds };
  else stretches.push(next);
}

function namesOf(steps: readonly CameraStep[], seconds: number): CameraName[] {
  const names: CameraName[] = [];
  const right = steps.reduce((sum, step) => sum + step.right, 0) / seconds;
  const down = steps.reduce((sum, step) => sum + step.down, 0) / seconds;
  const growth = steps.reduce((sum, step) => sum + Math.log(step.zoom), 0) / seconds;
  const shake = Math.hypot(roughness(steps.map((step) => step.right)), roughness(steps.map((step) => step.down)));
  // what is seen goes the other way
  if (Math.abs(right) > thresholds.pan && Math.abs(right) > Math.abs(down))
    names.push(right > 0 ? 'panLeft' : 'panRight');
  if (Math.abs(down) > thresholds.tilt && Math.abs(down) > Math.abs(right))
    names.push(down > 0 ? 'tiltUp' : 'tiltDown');
  if (Math.abs(growth) > thresholds.zoom) names.push(growth > 0 ? 'zoomIn' : 'zoomOut');
  if (shake > thresholds.shake) names.push('shaky');
  if (names.length === 0 && Math.hypot(right, down) < thresholds.still && shake < thresholds.stillShake)
    names.push('still');
  return names;
}

/** Root mean square of a path's distance from the parabola through it. */
function roughness(steps: readonly number[]): number {
  let sum = 0;
  const path = [0, ...steps.map((step) => (sum += step))];
  const fit = parabola(path);
  const squares = path.reduce((total, value, i) => total + (value - fit(i)) ** 2, 0);
  return Math.sqrt(squares / path.length);
}

/** Least squares on a grid centred on its middle, where the odd and even parts do not mix. */
function parabola(values: readonly number[]): (index: number) => number {
  const middle = (values.length - 1) / 2;
  let [s2, s4, y, xy, x2y] = [0, 0, 0, 0, 0];
  values.forEach((value, i) => {
    const x = i - middle;
    s2 += x * x;
    s4 += x ** 4;
    y += value;
    xy += x * value;
    x2y += x * x * value;
  });
  const count = values.length;
  const determinant = count * s4 - s2 * s2;
  const c = determinant === 0 ? 0 : (count * x2y - s2 * y) / determinant;
  const a = (y - c * s2) / count;
  const b = s2 === 0 ? 0 : xy / s2;
  return (index) => a + b * (index - middle) + c * (index - middle) ** 2;
}
