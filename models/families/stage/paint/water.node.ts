/**
 * Water in perspective: what stands above the horizon mirrored and broken by waves, deep colour near the viewer where
 * one looks into it, and glints that drift. Drawn anew in every frame.
 */
import { css, mixRgb, type Rgb } from '../colour.ts';
import { homeView, project, type View } from '../camera.ts';
import type { Light } from '../light.ts';
import { unitAt } from '../noise.ts';
import { createSurface, type Surface } from '../surface.node.ts';

/** A water. */
export interface Water {
  readonly deep: Rgb;
  readonly shallow: Rgb;
  /** 1 as a lake; more is rougher. */
  readonly waves: number;
  /** Depths between which it lies. */
  readonly far: number;
  readonly near: number;
  /** Its edge is a wall instead of a bank. */
  readonly hasQuay?: boolean;
}

/** Strips that the mirror is cut into, thicker towards the viewer. */
const strips = 110;
const glints = 260;

/** A water and the surface that it keeps for what it mirrors. */
export interface PreparedWater extends Water {
  readonly above: Surface;
}

/** The mirror is kept at half the frame's density: waves break it anyway. */
const density = 0.5;

/** Makes a water ready for frames of a size. */
export const prepareWater = (
  water: Water,
  size: { readonly width: number; readonly height: number },
): PreparedWater => {
  const above = createSurface(size.width * density, size.height * density * 0.62);
  above.context.imageSmoothingQuality = 'low';
  return { ...water, above };
};

/** Draws the water over a frame whose land and sky are drawn; `drawBehind` draws the sky alone. */
export function drawWater(
  frame: Surface,
  view: View,
  light: Light,
  water: PreparedWater,
  seconds: number,
  drawBehind: (surface: Surface) => void,
): void {
  const { context, height, width } = frame;
  const horizon = height / 2 + view.horizon * height;
  const rowOf = (z: number): number => horizon + (view.focal * view.y * height) / z;
  const from = water.far === Infinity ? horizon : rowOf(water.far);
  const to = water.near === 0 ? height : Math.min(height, rowOf(water.near));
  if (to <= from) return;
  copyAbove(frame, view, water.above, drawBehind);
  drawMirror(context, water.above, { from, to, horizon, width, height }, water.waves, seconds);
  tintWater(context, light, water, from, to, width);
  drawGlints(frame, view, light, water, { from, to }, seconds);
}

/** What the frame shows above the water, with its zoom and roll undone; sky where they cut it off. */
function copyAbove(frame: Surface, view: View, above: Surface, drawBehind: (surface: Surface) => void): void {
  const { context } = above;
  const { height, width } = frame;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (view.zoom !== 1 || view.roll !== 0) drawBehind({ ...above, width: width * density, height: height * density });
  else context.clearRect(0, 0, above.width, above.height);
  context.scale(density, density);
  context.translate(width / 2, height * 0.56);
  context.scale(1 / view.zoom, 1 / view.zoom);
  context.rotate(-view.roll);
  context.translate(-width / 2, -height * 0.56);
  context.drawImage(frame.canvas, 0, 0);
}

interface Band {
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly width: number;
  readonly height: number;
}

function drawMirror(context: Surface['context'], above: Surface, band: Band, waves: number, seconds: number): void {
  const { from, height, horizon, to, width } = band;
  for (let strip = 0; strip < strips; strip++) {
    const top = from + (to - from) * (strip / strips) ** 1.6;
    const bottom = from + (to - from) * ((strip + 1) / strips) ** 1.6;
    const down = (top + bottom) / 2 - horizon;
    const near = down / (height / 2);
    const roll = Math.sin(0.9 * strip - 2.3 * seconds) + 0.6 * Math.sin(2.1 * strip + 1.7 * seconds);
    const shift = roll * waves * near * 0.012 * height;
    const source = (horizon - down * 1.02 - roll * waves * near * 0.014 * height) * density;
    const row = Math.max(0, Math.min(above.height - 1, source));
    context.drawImage(above.canvas, 0, row, width * density, 1, shift - 8, top, width + 16, bottom - top + 0.7);
  }
}

function tintWater(
  context: Surface['context'],
  light: Light,
  { deep, shallow }: Water,
  from: number,
  to: number,
  width: number,
): void {
  const lit = (colour: Rgb): Rgb => {
    const channel = (index: 0 | 1 | 2): number =>
      colour[index] * (light.ambient[index] * light.ambientStrength + 0.8 * light.key[index] * light.keyStrength);
    return [channel(0), channel(1), channel(2)];
  };
  const fill = context.createLinearGradient(0, from, 0, to);
  fill.addColorStop(0, css(lit(mixRgb(shallow, light.haze, 0.3)), 0.18));
  fill.addColorStop(0.35, css(lit(shallow), 0.46));
  fill.addColorStop(1, css(lit(deep), 0.74));
  context.fillStyle = fill;
  context.fillRect(0, from, width, to - from);
}

/** Short strokes of sky's light at places of the water that drift towards the viewer and fade in and out. */
function drawGlints(
  frame: Surface,
  view: View,
  light: Light,
  water: Water,
  band: { from: number; to: number },
  seconds: number,
): void {
  const { context, height, width } = frame;
  const bright = mixRgb(light.sky.at(-1)!, [1, 1, 1], light.isMoon ? 0.1 : 0.5);
  const nearest = Math.max(2.3, water.near);
  const farthest = Math.min(34, water.far);
  for (let glint = 0; glint < glints; glint++) {
    const z = nearest + (farthest - nearest) * unitAt(glint, 1, 77) ** 1.7;
    const wide = ((width / height) * z) / homeView.focal + 2;
    const at = project(view, (unitAt(glint, 2, 77) - 0.5) * wide + 0.06 * Math.sin(seconds + glint), 0, z);
    const y = height / 2 + at.y * height;
    if (y < band.from || y > band.to) continue;
    const shine = Math.sin(1.7 * seconds * (0.7 + 0.6 * unitAt(glint, 3, 77)) + 6.28 * unitAt(glint, 4, 77));
    if (shine <= 0.1) continue;
    const size = at.scale * height * (0.05 + 0.09 * unitAt(glint, 5, 77));
    context.fillStyle = css(bright, (shine - 0.1) * 0.5);
    context.beginPath();
    context.ellipse(width / 2 + at.x * height, y, size, Math.max(0.7, size * 0.075), 0, 0, 2 * Math.PI);
    context.fill();
  }
}
