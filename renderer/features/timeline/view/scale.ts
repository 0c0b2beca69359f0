/** Ticks to pixels and back, and what zooming and fitting mean. */
import { ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';

export interface TimeScale {
  readonly pixelsPerSecond: number;
  /** Tick at the left edge of the lanes. */
  readonly scrollTicks: Ticks;
}

/** From a day in a window to single frames wider than a thumb. */
export const minPixelsPerSecond = 0.02;
/** Closest zoom of the timeline. */
export const maxPixelsPerSecond = 2400;

/** Length in px of a duration in ticks. */
export function pxFromTicks(ticks: Ticks, pixelsPerSecond: number): number {
  return (ticks / ticksPerSecond) * pixelsPerSecond;
}

/** Duration in whole ticks of a length in px. */
export function ticksFromPx(px: number, pixelsPerSecond: number): Ticks {
  return Math.round((px / pixelsPerSecond) * ticksPerSecond);
}

/** Tick under a point of the lanes, `xPx` from their left edge. */
export function ticksAtX(xPx: number, scale: TimeScale): Ticks {
  return scale.scrollTicks + ticksFromPx(xPx, scale.pixelsPerSecond);
}

/** Distance in px of a tick from the left edge of the lanes. */
export function xAtTicks(ticks: Ticks, scale: TimeScale): number {
  return pxFromTicks(ticks - scale.scrollTicks, scale.pixelsPerSecond);
}

/** Keeps a zoom within the limits of the timeline. */
export function clampZoom(pixelsPerSecond: number): number {
  return Math.min(maxPixelsPerSecond, Math.max(minPixelsPerSecond, pixelsPerSecond));
}

/** Zooms so that the tick under `xPx` stays under it. */
export function zoomAround(scale: TimeScale, xPx: number, pixelsPerSecond: number): TimeScale {
  const next = clampZoom(pixelsPerSecond);
  const anchorTicks = ticksAtX(xPx, scale);
  return { pixelsPerSecond: next, scrollTicks: Math.max(0, anchorTicks - ticksFromPx(xPx, next)) };
}

/** The whole cut with a little air at its end. An empty one gets a minute. */
export function fitScale(durationTicks: Ticks, widthPx: number): TimeScale {
  const seconds = durationTicks > 0 ? durationTicks / ticksPerSecond : 60;
  return { pixelsPerSecond: clampZoom((Math.max(40, widthPx) * 0.98) / seconds), scrollTicks: 0 };
}

/** Zoom slider: 0..1 on a logarithmic scale, so that each step feels the same. */
export function sliderFromZoom(pixelsPerSecond: number): number {
  return Math.log(clampZoom(pixelsPerSecond) / minPixelsPerSecond) / Math.log(maxPixelsPerSecond / minPixelsPerSecond);
}

/** Zoom for a slider position from 0 (out) to 1 (in), on a logarithmic scale. */
export function zoomFromSlider(position: number): number {
  return minPixelsPerSecond * (maxPixelsPerSecond / minPixelsPerSecond) ** Math.min(1, Math.max(0, position));
}
