/** A painted billboard at one depth: hills, a row of trees, a house. Painted once a clip, at the size it is seen. */
import type { Rgb } from '../colour.ts';
import { homeView, isAtHome, project, type View } from '../camera.ts';
import { createSurface, fillSmoothly, type Surface } from '../surface.node.ts';
import { paintStrokes, type Brush } from './strokes.node.ts';

/** Size and reach of the picture that a place is painted for. */
export interface Easel {
  /** Height of the frame in pixels. */
  readonly height: number;
  /** Width over height. */
  readonly aspect: number;
  /** How far the camera may travel sideways, in people's heights. */
  readonly travel: number;
}

/** A painted layer. */
export interface Layer {
  readonly surface: Surface;
  readonly z: number;
  /** World place of the surface's left and top edge. */
  readonly left: number;
  readonly top: number;
  /** Pixels of the surface to one unit of the world. */
  readonly perUnit: number;
  /** Share of its height by which wind moves its top. */
  readonly sway: number;
}

/** Pixels to one unit at depth `z`, seen from home. */
export const pixelsPerUnit = (easel: Easel, z: number): number => (homeView.focal / z) * easel.height;

/** An empty layer as wide as the camera may see, from `bottom` to `top`. */
export function emptyLayer(easel: Easel, z: number, top: number, bottom = -0.15, sway = 0): Layer {
  const perUnit = pixelsPerUnit(easel, z);
  const half = ((easel.aspect / 2) * z) / homeView.focal + easel.travel + 0.3;
  return { surface: createSurface(2 * half * perUnit, (top - bottom) * perUnit), z, left: -half, top, perUnit, sway };
}

/** The land under a profile. */
export interface Land {
  readonly z: number;
  /** Highest point of the profile. */
  readonly top: number;
  readonly bottom?: number;
  /** Height of the profile at world `x`. */
  readonly profile: (x: number) => number;
  /** Colour at a point below the profile, light and haze included. */
  readonly colourAt: (x: number, y: number) => Rgb;
  readonly brush: Omit<Brush, 'size'> & { /** In shares of the frame's height. */ readonly size: number };
}

/** Paints land: its edge is a path, so it is crisp at any size. */
export function paintLand(easel: Easel, land: Land): Layer {
  const layer = emptyLayer(easel, land.z, land.top, land.bottom);
  const { surface, left, top, perUnit } = layer;
  const { context } = surface;
  context.save();
  context.beginPath();
  context.moveTo(0, surface.height);
  for (let x = 0; x <= surface.width + 2; x += 2) context.lineTo(x, (top - land.profile(left + x / perUnit)) * perUnit);
  context.lineTo(surface.width + 2, surface.height);
  context.clip();
  const colourAt = (x: number, y: number): Rgb => land.colourAt(left + x / perUnit, top - y / perUnit);
  fillSmoothly(surface, 6, colourAt);
  paintStrokes(surface, { ...land.brush, size: land.brush.size * easel.height }, colourAt);
  context.restore();
  return layer;
}

/** Draws a layer as the view sees it, onto a frame of `width` x `height` pixels. `seconds` moves what sways. */
export function drawLayer(frame: Surface, view: View, layer: Layer, seconds: number): void {
  if (layer.z - view.z < 0.2) return;
  const { context, height, width } = frame;
  const at = project(view, layer.left, layer.top, layer.z);
  const enlarge = (at.scale * height) / layer.perUnit;
  // on whole pixels where the camera rests: a layer painted at the size it shows stays as crisp as it was painted
  const place = isAtHome(view) && Math.abs(enlarge - 1) < 1e-6 ? Math.round : (value: number) => value;
  const x = place(width / 2 + at.x * height);
  const y = place(height / 2 + at.y * height);
  const shown = { width: layer.surface.width * enlarge, height: layer.surface.height * enlarge };
  if (layer.sway === 0) {
    context.drawImage(layer.surface.canvas, x, y, shown.width, shown.height);
    return;
  }
  const lean = layer.sway * Math.sin(1.6 * seconds + 1.3 * layer.left);
  context.save();
  context.transform(1, 0, -lean, 1, x, y + shown.height);
  context.drawImage(layer.surface.canvas, 0, -shown.height, shown.width, shown.height);
  context.restore();
}
